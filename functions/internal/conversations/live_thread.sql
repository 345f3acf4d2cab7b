create or replace function internal.live_thread(p_channel_id uuid, p_customer_id uuid)
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
  -- Several may begin at once: the unique key lets one insert, the others wait for it and look again.
  loop
    select t.*
      into v_thread
      from commerce.conversation_thread as t
     where t.tenant_id = v_tenant_id
       and t.channel_id = p_channel_id
       and t.customer_id = p_customer_id
       and t.status <> 'closed'
       for no key update;
    exit when found;

    insert into commerce.conversation_thread (tenant_id, channel_id, customer_id)
    values (v_tenant_id, p_channel_id, p_customer_id)
    on conflict do nothing
    returning * into v_thread;
    exit when found;
  end loop;
  return v_thread;
end
$$;

grant execute on function internal.live_thread(uuid, uuid) to commerce_definer;
comment on function internal.live_thread(uuid, uuid) is
  'The thread of a customer in a channel that is not closed, locked; a new one where there is none.';
