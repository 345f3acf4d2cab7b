create or replace function internal.recipient_identity(p_thread_id uuid, p_reply_to_id uuid)
  returns uuid
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select coalesce(
    (
      select h.identity_id
        from commerce.conversation_history as h
       where h.tenant_id = internal.tenant_id() and h.thread_id = p_thread_id and h.id = p_reply_to_id
    ),
    (
      select h.identity_id
        from commerce.conversation_history as h
       where h.tenant_id = internal.tenant_id()
         and h.thread_id = p_thread_id
         and h.direction = 'inbound'
         and h.identity_id is not null
       order by h.arrival desc
       limit 1
    ),
    (
      select i.id
        from commerce.conversation_thread as t
        join commerce.customer_identity as i
          on i.tenant_id = internal.tenant_id() and i.customer_id = t.customer_id and i.channel_id = t.channel_id
       where t.tenant_id = internal.tenant_id() and t.id = p_thread_id
       order by i.last_seen_at desc nulls last, i.id desc
       limit 1
    ))
$$;

grant execute on function internal.recipient_identity(uuid, uuid) to commerce_definer;
comment on function internal.recipient_identity(uuid, uuid) is
  'The customer''s id to which an answer is sent: that of the message it answers, otherwise the one that last wrote in the thread, otherwise the one last seen in the channel; NULL when none is known.';
