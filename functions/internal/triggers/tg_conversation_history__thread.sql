-- The trigger fires once for each statement. Every value is a maximum, a minimum or a sum, so that messages may arrive
-- in any order, and many at once.
create or replace function internal.tg_conversation_history__thread()
  returns trigger
  language plpgsql
  security definer  -- lends: writing the counters and status of threads
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_waits boolean;
begin
  -- The threads are locked in the order of their ids, so that two statements over several threads never deadlock, and
  -- in a statement of its own: the next one then sees what others committed while this one waited.
  -- Messages hold a key share lock on their thread by foreign key, which does not conflict with this lock.
  with locked as materialized (
    select t.status
      from commerce.conversation_thread as t
     where (t.tenant_id, t.id) in (select r.tenant_id, r.thread_id from new_rows as r)
     order by t.id
       for no key update
  )
  select bool_or(k.status in ('pending', 'snoozed', 'resolved')) into v_waits from locked as k;

  update commerce.conversation_thread as t
     set last_message_at = coalesce(greatest(t.last_message_at, m.last_at), m.last_silent_at),
         last_inbound_at = greatest(t.last_inbound_at, m.last_inbound_at),
         reply_window_ends_at = case
           when m.last_inbound_at = greatest(t.last_inbound_at, m.last_inbound_at)
             then m.last_inbound_at + make_interval(mins => c.reply_window_minutes)
           else t.reply_window_ends_at
         end,
         unread_count = t.unread_count + m.inbound_count,
         customer_unread_count = t.customer_unread_count
           + case when c.channel_type in ('web_chat', 'storefront') then m.outbound_count else 0 end,
         -- The earliest answer that went out and follows a message of the customer. A pair of both is complete when
         -- its second half arrives, so only answers from the earliest new message on can change it.
         first_response_at = least(
           t.first_response_at,
           (
             select min(a.occurred_at)
               from commerce.conversation_history as a
              where a.tenant_id = m.tenant_id
                and a.thread_id = m.thread_id
                and a.direction = 'outbound'
                and a.sender_type in ('merchant', 'bot')
                and a.delivery_status in ('sent', 'delivered', 'read')
                and not a.is_silent
                and a.occurred_at >= m.first_at
                and a.occurred_at >= (
                  select min(i.occurred_at)
                    from commerce.conversation_history as i
                   where i.tenant_id = m.tenant_id and i.thread_id = m.thread_id and i.direction = 'inbound'
                     and not i.is_silent
                )
           )
         )
    from (
      select r.tenant_id, r.thread_id, r.channel_id,
             min(r.occurred_at) as first_at,
             max(r.occurred_at) filter (where not r.is_silent) as last_at,
             max(r.occurred_at) as last_silent_at,
             max(r.occurred_at) filter (where r.direction = 'inbound' and not r.is_silent) as last_inbound_at,
             count(*) filter (where r.direction = 'inbound' and not r.is_silent) as inbound_count,
             count(*) filter (where r.direction = 'outbound' and not r.is_silent) as outbound_count
        from new_rows as r
       group by r.tenant_id, r.thread_id, r.channel_id
    ) as m
    join commerce.channel as c on c.tenant_id = m.tenant_id and c.id = m.channel_id
   where t.tenant_id = m.tenant_id and t.id = m.thread_id;

  -- A message of the customer brings the thread back to the staff who answer. Unlike the counters, status
  -- is edited by people: a person who read it before learns of the change by a version conflict.
  if v_waits then
    update commerce.conversation_thread as t
       set status = 'open', snoozed_until = null, version = t.version
     where (t.tenant_id, t.id) in (
             select r.tenant_id, r.thread_id
               from new_rows as r
              where r.direction = 'inbound' and not r.is_silent
           )
       and t.status in ('pending', 'snoozed', 'resolved');
  end if;
  return null;
end
$$;

alter function internal.tg_conversation_history__thread() owner to commerce_definer;
comment on function internal.tg_conversation_history__thread() is
  'Trigger: keeps the counters, times and reply window of a thread, and reopens one that waited when its customer writes.';
