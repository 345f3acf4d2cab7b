create or replace function internal.own_thread_for_update(p_thread_id uuid)
  returns commerce.conversation_thread
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_thread commerce.conversation_thread;
begin
  if internal.session_role() is distinct from 'commerce_anonymous' then
    perform internal.require_buyer();
  end if;
  select t.*
    into v_thread
    from commerce.conversation_thread as t
    join commerce.channel as c
      on c.tenant_id = v_tenant_id and c.id = t.channel_id and c.channel_type in ('web_chat', 'storefront')
   where t.tenant_id = v_tenant_id and t.id = p_thread_id and t.customer_id = internal.customer_id()
     for no key update of t;
  if not found then
    perform internal.refuse_missing('thread_id');
  end if;
  return v_thread;
end
$$;

grant execute on function internal.own_thread_for_update(uuid) to commerce_definer;
comment on function internal.own_thread_for_update(uuid) is
  'Locks a thread of the current shopper or visitor in the shop''s own chat. SCTEN, SCPRM, SCNTF.';
