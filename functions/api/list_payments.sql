-- Requires: functions/internal/lists/list_page.sql
-- Requires: functions/internal/lists/page_statement.sql
create or replace function api.list_payments(
  p_statuses text[] default null,
  p_payment_types text[] default null,
  p_providers text[] default null,
  p_order_id uuid default null,
  p_from date default null,
  p_to date default null,
  p_order text default 'newest',
  p_first integer default 20,
  p_after text default null,
  p_before text default null
)
  returns table (payment_id uuid, cursor text)
  rows 20  -- a page
  language sql
  stable
  security invoker
begin atomic
  select p.id, p.cursor
    from internal.list_page(internal.page_statement(
      'api.payment', 'id',
      jsonb_build_object(
        'status', p_statuses,
        'payment_type', p_payment_types,
        'provider', p_providers,
        'order_id', p_order_id
      ),
      p_from, p_to, p_order, p_first, p_after, p_before)) as p;
end;

grant execute on function api.list_payments(text[], text[], text[], uuid, date, date, text, integer, text, text)
  to commerce_member, commerce_buyer;
comment on function api.list_payments(text[], text[], text[], uuid, date, date, text, integer, text, text) is
  'Payments that match all given filters, the newest first unless order says otherwise, in pages that go forwards and backwards. SCTEN, SCVAL with the field.
@rowName listed_payment
@param statuses {payment.status} Which statuses; all when it is left out.
@param payment_types {payment.payment_type} Which means of payment; all when it is left out.
@param providers Which payment providers; all when it is left out.
@param order_id Only those of this order.
@param from The first day on which a payment was begun, in the shop''s time zone.
@param to The last day.
@param order {list_order} Which rows come first: newest, which is the default, or oldest.
@param first How many, from 1.
@param after The cursor of the last row that was read: the rows behind it.
@param before The cursor of the first row that was read: the rows before it, in the order of the list.
@returns payment_id! {payment.id} The payment.
@returns cursor! The cursor to read on behind this row, or before it.';
