-- Requires: functions/internal/lists/list_counts.sql
-- Requires: functions/internal/lists/count_statement.sql
create or replace function api.count_complaints(
  p_statuses text[] default null,
  p_tiers text[] default null,
  p_types text[] default null,
  p_user_id uuid default null,
  p_order_id uuid default null,
  p_product_id uuid default null,
  p_thread_id uuid default null,
  p_assigned_member_id uuid default null,
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
      'api.complaints', 'status', 'id',
      jsonb_build_object(
        'status', p_statuses,
        'tier', p_tiers,
        'type', p_types,
        'user_id', p_user_id,
        'order_id', p_order_id,
        'product_id', p_product_id,
        'thread_id', p_thread_id,
        'assigned_member_id', p_assigned_member_id
      ),
      p_from, p_to)) as c;
end;

grant execute on function api.count_complaints(text[], text[], text[], uuid, uuid, uuid, uuid, uuid, date, date)
  to commerce_member, commerce_buyer;
comment on function api.count_complaints(text[], text[], text[], uuid, uuid, uuid, uuid, uuid, date, date) is
  'How many complaints match all given filters, by status, for the tabs of a board; counted up to 1000. It takes the filters of list_complaints. SCTEN, SCVAL with the field.
@rowName complaint_count
@param statuses {complaints.status} Which statuses; all when it is left out.
@param tiers {complaints.tier} Which tiers; all when it is left out.
@param types {complaints.type} Which kinds; all when it is left out.
@param user_id Only those of this person.
@param order_id Only those about this order.
@param product_id Only those about this product.
@param thread_id Only those that came up in this conversation.
@param assigned_member_id Only those that this member deals with.
@param from The first day on which a complaint was filed, in the shop''s time zone.
@param to The last day.
@returns status! {complaints.status}
@returns row_count! How many; 1000 where there are more.
@returns is_at_least! Whether there are more than row_count.';
