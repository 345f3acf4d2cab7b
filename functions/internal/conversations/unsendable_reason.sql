create or replace function internal.unsendable_reason(p_message_id uuid)
  returns text
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select case
           when c.is_deleted then 'channel_disconnected'
           when u.is_deleted then 'customer_deleted'
           when u.is_blocked then 'customer_blocked'
           when i.id is null then 'recipient_unknown'
           when i.customer_id <> h.customer_id then 'customer_merged'
           when h.sender_type = 'bot' and h.sender_user_id is not null and internal.is_answered_by_person(t)
             then 'person_answers'
           when h.template_name is null and (
             internal.reply_window(
               t.last_inbound_at, t.reply_window_ends_at, c, h.sender_type = 'merchant')).is_closed
             then 'reply_window_closed'
           when h.template_name is not null and not exists (
             select
               from commerce.message_template as m
              where m.tenant_id = internal.tenant_id()
                and m.channel_id = h.channel_id
                and m.name = h.template_name
                and m.language = h.language
                and m.status = 'approved'
           ) then 'template_not_approved'
           when k.attempts >= 8 and k.expires_at <= now() then 'attempts_exhausted'
         end
    from commerce.conversation_history as h
    join commerce.conversation_thread as t on t.tenant_id = internal.tenant_id() and t.id = h.thread_id
    join commerce.channel as c on c.tenant_id = internal.tenant_id() and c.id = h.channel_id
    join commerce.customer as u on u.tenant_id = internal.tenant_id() and u.id = h.customer_id
    left join commerce.customer_identity as i on i.tenant_id = internal.tenant_id() and i.id = h.identity_id
    left join internal.message_claim as k on k.tenant_id = internal.tenant_id() and k.message_id = h.id
   where h.tenant_id = internal.tenant_id() and h.id = p_message_id
$$;

grant execute on function internal.unsendable_reason(uuid) to commerce_definer;
comment on function internal.unsendable_reason(uuid) is
  'Why a message that waits can no longer be sent; NULL when it can be sent.';
