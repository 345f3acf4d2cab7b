-- Requires: functions/internal/lists/list_page.sql
-- Requires: functions/internal/lists/page_statement.sql
create or replace function api.list_refunds(
  p_statuses text[] default null,
  p_methods text[] default null,
  p_order_id uuid default null,
  p_payment_id uuid default null,
  p_order_return_id uuid default null,
  p_from date default null,
  p_to date default null,
  p_order text default 'newest',
  p_first integer default 20,
  p_after text default null,
  p_before text default null
)
  returns table (refund_id uuid, cursor text)
  rows 20  -- a page
  language sql
  stable
  security invoker
begin atomic
  select p.id, p.cursor
    from internal.list_page(internal.page_statement(
      'api.refund', 'id',
      jsonb_build_object(
        'status', p_statuses,
        'method', p_methods,
        'order_id', p_order_id,
        'payment_id', p_payment_id,
        'order_return_id', p_order_return_id
      ),
      p_from, p_to, p_order, p_first, p_after, p_before)) as p;
end;

grant execute on function api.list_refunds(text[], text[], uuid, uuid, uuid, date, date, text, integer, text, text)
  to commerce_member, commerce_buyer;
comment on function api.list_refunds(text[], text[], uuid, uuid, uuid, date, date, text, integer, text, text) is
  'Refunds that match all given filters, the newest first unless order says otherwise, in pages that go forwards and backwards. SCTEN, SCVAL with the field.
@rowName listed_refund
@param statuses {refund.status} Which statuses; all when it is left out.
@param methods {refund.method} Which ways; all when it is left out.
@param order_id Only those of this order.
@param payment_id Only those of this payment.
@param order_return_id Only those of this return.
@param from The first day on which it was asked for, in the shop''s time zone.
@param to The last day.
@param order {list_order} Which rows come first: newest, which is the default, or oldest.
@param first How many, from 1.
@param after The cursor of the last row that was read: the rows behind it.
@param before The cursor of the first row that was read: the rows before it, in the order of the list.
@returns refund_id! {refund.id} The refund.
@returns cursor! The cursor to read on behind this row, or before it.';
