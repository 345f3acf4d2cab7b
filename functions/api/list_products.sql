-- Requires: functions/internal/lists/list_page.sql
-- Requires: functions/internal/lists/page_statement.sql
create or replace function api.list_products(
  p_product_types text[] default null,
  p_is_active boolean default null,
  p_seller_id uuid default null,
  p_sku text default null,
  p_from date default null,
  p_to date default null,
  p_order text default 'newest',
  p_first integer default 20,
  p_after text default null,
  p_before text default null
)
  returns table (product_id uuid, cursor text)
  rows 20  -- a page
  language sql
  stable
  security invoker
begin atomic
  select p.id, p.cursor
    from internal.list_page(internal.page_statement(
      'api.products', 'id',
      jsonb_build_object(
        'product_type', p_product_types,
        'is_active', p_is_active,
        'seller_id', p_seller_id,
        'sku', p_sku
      ),
      p_from, p_to, p_order, p_first, p_after, p_before)) as p;
end;

grant execute on function api.list_products(text[], boolean, uuid, text, date, date, text, integer, text, text)
  to commerce_member;
comment on function api.list_products(text[], boolean, uuid, text, date, date, text, integer, text, text) is
  'Products that match all given filters, the newest first unless order says otherwise, in pages that go forwards and backwards. SCTEN, SCVAL with the field.
@rowName listed_product
@param product_types {products.product_type} Which kinds; all when it is left out.
@param is_active Whether it is offered to shoppers.
@param seller_id Only what this seller sells.
@param sku {products.sku}
@param from The first day on which it was added, in the shop''s time zone.
@param to The last day.
@param order {list_order} Which rows come first: newest, which is the default, or oldest.
@param first How many, from 1.
@param after The cursor of the last row that was read: the rows behind it.
@param before The cursor of the first row that was read: the rows before it, in the order of the list.
@returns product_id! {products.id} The product.
@returns cursor! The cursor to read on behind this row, or before it.';
