-- Requires: functions/internal/lists/list_page.sql
-- Requires: functions/internal/lists/page_statement.sql
create or replace function api.list_threads(
  p_statuses text[] default null,
  p_priorities text[] default null,
  p_channel_id uuid default null,
  p_customer_id uuid default null,
  p_assigned_member_id uuid default null,
  p_is_unassigned boolean default null,
  p_from date default null,
  p_to date default null,
  p_order text default 'newest',
  p_first integer default 20,
  p_after text default null,
  p_before text default null
)
  returns table (thread_id uuid, cursor text)
  rows 20  -- a page
  language sql
  stable
  security invoker
begin atomic
  select p.id, p.cursor
    from internal.list_page(internal.page_statement(
      'api.conversation_thread', 'last_message_at',
      jsonb_build_object(
        'status', p_statuses,
        'priority', p_priorities,
        'channel_id', p_channel_id,
        'customer_id', p_customer_id,
        'assigned_member_id', case when p_is_unassigned then '{}' else to_jsonb(p_assigned_member_id) end
      ),
      p_from, p_to, p_order, p_first, p_after, p_before)) as p;
end;

grant execute on function api.list_threads(text[], text[], uuid, uuid, uuid, boolean, date, date, text, integer, text, text)
  to commerce_member, commerce_buyer;
comment on function api.list_threads(text[], text[], uuid, uuid, uuid, boolean, date, date, text, integer, text, text) is
  'Threads with a message that match all given filters, the newest first unless order says otherwise, in pages that go forwards and backwards. SCTEN, SCVAL with the field.
@rowName listed_thread
@param statuses {conversation_thread.status} Which statuses; all when it is left out.
@param priorities {conversation_thread.priority} Which priorities; all when it is left out.
@param channel_id Only those of this channel.
@param customer_id Only those of this customer.
@param assigned_member_id Only those that this member answers.
@param is_unassigned True for only those that nobody answers.
@param from The first day of a thread''s latest message, in the shop''s time zone.
@param to The last day.
@param order {list_order} Which rows come first: newest, which is the default, or oldest.
@param first How many, from 1.
@param after The cursor of the last row that was read: the rows behind it.
@param before The cursor of the first row that was read: the rows before it, in the order of the list.
@returns thread_id! {conversation_thread.id} The thread.
@returns cursor! The cursor to read on behind this row, or before it.';
