create or replace function internal.thread_for_message(
  p_channel_id uuid,
  p_customer_id uuid,
  p_is_silent boolean default false,
  out thread commerce.conversation_thread,
  out is_new boolean
)
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
begin
  is_new := false;
  -- The lock keeps the thread from being closed under a message, and its status as the message found it. A new thread
  -- is missing for all who begin at once: the unique key lets one insert, the others wait for it and look again.
  loop
    select t.*
      into thread
      from commerce.conversation_thread as t
     where t.tenant_id = v_tenant_id
       and t.channel_id = p_channel_id
       and t.customer_id = p_customer_id
       -- A message that opens no thread joins the latest one, even a closed one. A thread that was never open is opened
       -- by the first message that does.
       and (p_is_silent or t.status <> 'closed' or t.closed_at = t.created_at)
     order by t.status <> 'closed' desc, t.created_at desc
     limit 1
       for no key update;
    if found and thread.status = 'closed' and not p_is_silent then
      update commerce.conversation_thread as t
         set status = 'open', closed_at = null, version = t.version
       where t.tenant_id = v_tenant_id and t.id = thread.id
      returning * into thread;
      is_new := true;
    end if;
    exit when found;

    insert into commerce.conversation_thread (tenant_id, channel_id, customer_id, status, closed_at)
    values (
      v_tenant_id, p_channel_id, p_customer_id, case when p_is_silent then 'closed' else 'open' end,
      case when p_is_silent then now() end
    )
    on conflict do nothing
    returning * into thread;
    is_new := found and not p_is_silent;
    exit when found;
  end loop;
end
$$;

grant execute on function internal.thread_for_message(uuid, uuid, boolean) to commerce_definer;
comment on function internal.thread_for_message(uuid, uuid, boolean) is
  'The thread of a customer in a channel that is not closed, locked, or a new one where there is none; for a message that opens no thread, the latest one, even a closed one, or a new one that is closed. is_new: this message begins the conversation.';
