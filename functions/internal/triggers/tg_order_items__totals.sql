-- The trigger fires once for each statement, however many lines it wrote. tg_order_items__added and
-- tg_order_items__frozen hold the lock of every order concerned, so the sums of this later statement see all lines, and there is no deadlock.
create or replace function internal.tg_order_items__totals()
  returns trigger
  language plpgsql
  security definer  -- lends: writing the totals of orders
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_sums record;
begin
  -- An order that was written with its sums, or whose sums stay, is not written again.
  for v_sums in
    select o.tenant_id, o.id, l.*
      from commerce.orders as o
     cross join lateral (
       select coalesce(sum(i.subtotal), 0) as subtotal_amount,
              coalesce(sum(i.discount_amount), 0) as discount_amount,
              coalesce(sum(i.tax_amount), 0) as tax_amount,
              (array_agg(i.product_id order by i.line_number))[1] as product_id
         from commerce.order_items as i
        where i.tenant_id = o.tenant_id and i.order_id = o.id
     ) as l
     where (o.tenant_id, o.id) in (select r.tenant_id, r.order_id from changed_rows as r)
       and (o.subtotal_amount, o.discount_amount, o.tax_amount, o.product_id)
         is distinct from (l.subtotal_amount, l.discount_amount, l.tax_amount, l.product_id)
  loop
    update commerce.orders as o
       set subtotal_amount = v_sums.subtotal_amount,
           discount_amount = v_sums.discount_amount,
           tax_amount = v_sums.tax_amount,
           product_id = v_sums.product_id
     where o.tenant_id = v_sums.tenant_id and o.id = v_sums.id;
  end loop;
  return null;
end
$$;

alter function internal.tg_order_items__totals() owner to commerce_definer;
comment on function internal.tg_order_items__totals() is
  'Trigger: an order''s subtotal, discount and tax are the sums of its lines, and its product_id is the product of the first.';
