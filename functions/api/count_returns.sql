-- Requires: functions/internal/lists/list_counts.sql
-- Requires: functions/internal/lists/count_statement.sql
create or replace function api.count_returns(
  p_statuses text[] default null,
  p_reasons text[] default null,
  p_order_id uuid default null,
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
      'api.order_returns', 'status', 'id',
      jsonb_build_object(
        'status', p_statuses,
        'reason', p_reasons,
        'order_id', p_order_id
      ),
      p_from, p_to)) as c;
end;

grant execute on function api.count_returns(text[], text[], uuid, date, date)
  to commerce_member, commerce_buyer;
comment on function api.count_returns(text[], text[], uuid, date, date) is
  'How many returns match all given filters, by status, for the tabs of a board; counted up to 1000. It takes the filters of list_returns. SCTEN, SCVAL with the field.
@rowName return_count
@param statuses {order_returns.status} Which statuses; all when it is left out.
@param reasons {order_returns.reason} Which reasons; all when it is left out.
@param order_id Only those of this order.
@param from The first day on which it was asked for, in the shop''s time zone.
@param to The last day.
@returns status! {order_returns.status}
@returns row_count! How many; 1000 where there are more.
@returns is_at_least! Whether there are more than row_count.';
