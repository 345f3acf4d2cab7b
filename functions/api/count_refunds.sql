-- Requires: functions/internal/lists/list_counts.sql
-- Requires: functions/internal/lists/count_statement.sql
create or replace function api.count_refunds(
  p_statuses text[] default null,
  p_methods text[] default null,
  p_order_id uuid default null,
  p_payment_id uuid default null,
  p_order_return_id uuid default null,
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
      'api.refund', 'status', 'id',
      jsonb_build_object(
        'status', p_statuses,
        'method', p_methods,
        'order_id', p_order_id,
        'payment_id', p_payment_id,
        'order_return_id', p_order_return_id
      ),
      p_from, p_to)) as c;
end;

grant execute on function api.count_refunds(text[], text[], uuid, uuid, uuid, date, date)
  to commerce_member, commerce_buyer;
comment on function api.count_refunds(text[], text[], uuid, uuid, uuid, date, date) is
  'How many refunds match all given filters, by status, for the tabs of a board; counted up to 1000. It takes the filters of list_refunds. SCTEN, SCVAL with the field.
@rowName refund_count
@param statuses {refund.status} Which statuses; all when it is left out.
@param methods {refund.method} Which ways; all when it is left out.
@param order_id Only those of this order.
@param payment_id Only those of this payment.
@param order_return_id Only those of this return.
@param from The first day on which it was asked for, in the shop''s time zone.
@param to The last day.
@returns status! {refund.status}
@returns row_count! How many; 1000 where there are more.
@returns is_at_least! Whether there are more than row_count.';
