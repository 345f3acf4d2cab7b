-- Requires: functions/internal/lists/list_counts.sql
-- Requires: functions/internal/lists/count_statement.sql
create or replace function api.count_threads(
  p_statuses text[] default null,
  p_priorities text[] default null,
  p_channel_id uuid default null,
  p_customer_id uuid default null,
  p_assigned_member_id uuid default null,
  p_is_unassigned boolean default null,
  p_from date default null,
  p_to date default null
)
  returns table (status text, row_count integer, is_at_least boolean)
  language sql
  stable
  security invoker
begin atomic
  select c.value, c.row_count, c.is_at_least
    from internal.list_counts(internal.count_statement(
      'api.conversation_thread', 'status', 'last_message_at',
      jsonb_build_object(
        'status', p_statuses,
        'priority', p_priorities,
        'channel_id', p_channel_id,
        'customer_id', p_customer_id,
        'assigned_member_id', case when p_is_unassigned then '{}' else to_jsonb(p_assigned_member_id) end
      ),
      p_from, p_to)) as c;
end;

grant execute on function api.count_threads(text[], text[], uuid, uuid, uuid, boolean, date, date)
  to commerce_member, commerce_buyer;
comment on function api.count_threads(text[], text[], uuid, uuid, uuid, boolean, date, date) is
  'How many threads with a message match all given filters, by status, for the tabs of a board; counted up to 1000. It takes the filters of list_threads. SCTEN, SCVAL with the field.
@rowName thread_count
@param statuses {conversation_thread.status} Which statuses; all when it is left out.
@param priorities {conversation_thread.priority} Which priorities; all when it is left out.
@param channel_id Only those of this channel.
@param customer_id Only those of this customer.
@param assigned_member_id Only those that this member answers.
@param is_unassigned True for only those that nobody answers.
@param from The first day of a thread''s latest message, in the shop''s time zone.
@param to The last day.
@returns status! {conversation_thread.status}
@returns row_count! How many; 1000 where there are more.
@returns is_at_least! Whether there are more than row_count.';
