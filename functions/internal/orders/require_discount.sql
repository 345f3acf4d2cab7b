create or replace function internal.require_discount(p_discount commerce.discount, p_order commerce.orders)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not p_discount.is_active or p_discount.is_deleted or p_discount.ends_at <= now() then
    perform internal.refuse_discount('ended');
  elsif p_discount.starts_at > now() then
    perform internal.refuse_discount('not_started');
  elsif p_discount.seller_id <> p_order.seller_id then
    perform internal.refuse_discount('seller');
  elsif p_discount.currency_code <> p_order.currency_code then
    perform internal.refuse_discount('currency');
  elsif p_order.subtotal_amount < p_discount.minimum_amount then
    perform internal.refuse_discount('minimum');
  elsif not exists (
    select
      from commerce.order_items as i
     where i.tenant_id = p_order.tenant_id
       and i.order_id = p_order.id
       and i.product_id = coalesce(p_discount.product_id, i.product_id)
  ) then
    perform internal.refuse_discount('products');
  elsif p_discount.max_uses_per_customer <= (
    select count(*)
      from commerce.orders as o
     where o.tenant_id = p_order.tenant_id
       and o.discount_code = p_discount.code
       and o.customer_id = p_order.customer_id
       and o.status not in ('draft', 'cancelled')
  ) then
    perform internal.refuse_discount('used_by_customer');
  end if;
end
$$;

grant execute on function internal.require_discount(commerce.discount, commerce.orders) to commerce_definer;
comment on function internal.require_discount(commerce.discount, commerce.orders) is
  'Refuses a discount that does not hold for a basket at this moment (SCDSC), whether it is used up set aside.';
