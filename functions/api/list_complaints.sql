-- Requires: functions/internal/lists/list_page.sql
-- Requires: functions/internal/lists/page_statement.sql
create or replace function api.list_complaints(
  p_statuses text[] default null,
  p_tiers text[] default null,
  p_types text[] default null,
  p_user_id uuid default null,
  p_order_id uuid default null,
  p_product_id uuid default null,
  p_thread_id uuid default null,
  p_assigned_member_id uuid default null,
  p_from date default null,
  p_to date default null,
  p_order text default 'newest',
  p_first integer default 20,
  p_after text default null,
  p_before text default null
)
  returns table (complaint_id uuid, cursor text)
  rows 20  -- a page
  language sql
  stable
  security invoker
begin atomic
  select p.id, p.cursor
    from internal.list_page(internal.page_statement(
      'api.complaints', 'id',
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
      p_from, p_to, p_order, p_first, p_after, p_before)) as p;
end;

grant execute on function api.list_complaints(text[], text[], text[], uuid, uuid, uuid, uuid, uuid, date, date, text, integer, text, text)
  to commerce_member, commerce_buyer;
comment on function api.list_complaints(text[], text[], text[], uuid, uuid, uuid, uuid, uuid, date, date, text, integer, text, text) is
  'Complaints that match all given filters, the newest first unless order says otherwise, in pages that go forwards and backwards. SCTEN, SCVAL with the field.
@rowName listed_complaint
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
@param order {list_order} Which rows come first: newest, which is the default, or oldest.
@param first How many, from 1.
@param after The cursor of the last row that was read: the rows behind it.
@param before The cursor of the first row that was read: the rows before it, in the order of the list.
@returns complaint_id! {complaints.id} The complaint.
@returns cursor! The cursor to read on behind this row, or before it.';
