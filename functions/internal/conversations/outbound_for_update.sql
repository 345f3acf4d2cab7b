create or replace function internal.outbound_for_update(p_message_id uuid)
  returns text
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('conversations.reply');
  v_thread commerce.conversation_thread;
  v_status text;
begin
  -- The thread is locked first, as in every transaction that writes messages.
  select t.*
    into v_thread
    from commerce.conversation_thread as t
    join commerce.conversation_history as h
      on h.tenant_id = v_tenant_id and h.id = p_message_id and h.thread_id = t.id
   where t.tenant_id = v_tenant_id
     for no key update of t;
  perform internal.hold_back_service(v_thread);
  select h.delivery_status
    into v_status
    from commerce.conversation_history as h
   where h.tenant_id = v_tenant_id and h.id = p_message_id and h.direction = 'outbound'
     for no key update;
  if not found then
    perform internal.refuse_missing('message_id');
  end if;
  return v_status;
end
$$;

grant execute on function internal.outbound_for_update(uuid) to commerce_definer;
comment on function internal.outbound_for_update(uuid) is
  'Locks a message of the shop that staff deal with; returns its delivery status. SCTEN, SCPRM, SCNTF.';
