-- Requires: functions/internal/lists/list_counts.sql
-- Requires: functions/internal/lists/count_statement.sql
create or replace function api.count_products(
  p_product_types text[] default null,
  p_is_active boolean default null,
  p_seller_id uuid default null,
  p_sku text default null,
  p_from date default null,
  p_to date default null
)
  returns table (is_active boolean, row_count integer, is_at_least boolean)
  language sql
  stable
  security invoker
begin atomic
  select c.value::boolean, c.row_count, c.is_at_least
    from internal.list_counts(internal.count_statement(
      'api.products', 'is_active', 'id',
      jsonb_build_object(
        'product_type', p_product_types,
        'is_active', p_is_active,
        'seller_id', p_seller_id,
        'sku', p_sku
      ),
      p_from, p_to)) as c;
end;

grant execute on function api.count_products(text[], boolean, uuid, text, date, date)
  to commerce_member;
comment on function api.count_products(text[], boolean, uuid, text, date, date) is
  'How many products match all given filters, by whether they are offered, for the tabs of a board; counted up to 1000. It takes the filters of list_products. SCTEN, SCVAL with the field.
@rowName product_count
@param product_types {products.product_type} Which kinds; all when it is left out.
@param is_active Whether it is offered to shoppers.
@param seller_id Only what this seller sells.
@param sku {products.sku}
@param from The first day on which it was added, in the shop''s time zone.
@param to The last day.
@returns is_active! {products.is_active}
@returns row_count! How many; 1000 where there are more.
@returns is_at_least! Whether there are more than row_count.';
