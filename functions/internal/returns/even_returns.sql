create or replace function internal.even_returns(p_order commerce.orders)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_line record;
begin
  for v_line in
    select max(b.id::text)::uuid as return_item_id,
           l.price - sum(b.refund_amount) as amount,
           i.tax_amount - sum(b.refund_tax_amount) as tax
      from commerce.order_items as i
      join commerce.order_return_items as b on b.tenant_id = p_order.tenant_id and b.order_item_id = i.id
     cross join lateral (
       select i.subtotal - i.discount_amount + case when p_order.prices_include_tax then 0 else i.tax_amount end as price
     ) as l
     where i.tenant_id = p_order.tenant_id
       and i.order_id = p_order.id
       and i.returned_quantity = i.quantity
       and b.accepted_quantity > 0
     group by i.tenant_id, i.id, l.price
    having (l.price, i.tax_amount)
      <> (sum(b.refund_amount), sum(b.refund_tax_amount))
  loop
    update commerce.order_return_items as b
       set refund_amount = b.refund_amount + v_line.amount, refund_tax_amount = b.refund_tax_amount + v_line.tax
     where b.tenant_id = p_order.tenant_id and b.id = v_line.return_item_id;
    update commerce.order_returns as r
       set returned_amount = r.returned_amount + v_line.amount,
           refund_amount = case r.refund_amount
             when r.returned_amount then r.returned_amount + v_line.amount
             else least(r.refund_amount, r.returned_amount + v_line.amount)
           end
      from commerce.order_return_items as b
     where b.tenant_id = p_order.tenant_id
       and b.id = v_line.return_item_id
       and r.tenant_id = p_order.tenant_id
       and r.id = b.order_return_id;
  end loop;
end
$$;

grant execute on function internal.even_returns(commerce.orders) to commerce_definer;
comment on function internal.even_returns(commerce.orders) is
  'What came back of a line is worth what the line is, to the last minor unit, once a correction has left nothing else of it. The caller has locked the order.';
