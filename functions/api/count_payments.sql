-- Requires: functions/internal/lists/list_counts.sql
-- Requires: functions/internal/lists/count_statement.sql
create or replace function api.count_payments(
  p_statuses text[] default null,
  p_payment_types text[] default null,
  p_providers text[] default null,
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
      'api.payment', 'status', 'id',
      jsonb_build_object(
        'status', p_statuses,
        'payment_type', p_payment_types,
        'provider', p_providers,
        'order_id', p_order_id
      ),
      p_from, p_to)) as c;
end;

grant execute on function api.count_payments(text[], text[], text[], uuid, date, date)
  to commerce_member, commerce_buyer;
comment on function api.count_payments(text[], text[], text[], uuid, date, date) is
  'How many payments match all given filters, by status, for the tabs of a board; counted up to 1000. It takes the filters of list_payments. SCTEN, SCVAL with the field.
@rowName payment_count
@param statuses {payment.status} Which statuses; all when it is left out.
@param payment_types {payment.payment_type} Which means of payment; all when it is left out.
@param providers Which payment providers; all when it is left out.
@param order_id Only those of this order.
@param from The first day on which a payment was begun, in the shop''s time zone.
@param to The last day.
@returns status! {payment.status}
@returns row_count! How many; 1000 where there are more.
@returns is_at_least! Whether there are more than row_count.';
