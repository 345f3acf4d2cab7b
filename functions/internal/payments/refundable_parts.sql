-- A part's price less what lowered it is worth something still. What an order holds pays the parts alike, in proportion
-- to that; what it holds beyond belongs to the parts that were lowered after they had been paid.
create or replace function internal.refundable_parts(p_tenant_id uuid, p_order_id uuid)
  returns table (part text, amount numeric)
  language sql
  stable
  security invoker
  rows 4
  set search_path = pg_catalog, pg_temp
as $$
  with prices as (
    select v.part,
           v.price + coalesce(sum(j.amount) filter (where j.amount > 0), 0) as price,
           v.returned - coalesce(sum(j.amount) filter (where j.amount < 0), 0) as lowered
      from commerce.orders as o
     cross join lateral (
       select coalesce(sum(i.refund_amount), 0) as amount, coalesce(sum(i.refund_tax_amount), 0) as tax
         from commerce.order_return_items as i
        where i.tenant_id = p_tenant_id and i.order_id = p_order_id
     ) as b
     -- Tax is a part of its own, whether the prices contain it or not.
     cross join lateral (select o.prices_include_tax::integer as included) as n
     cross join lateral (
       values
         ('goods', o.subtotal_amount - o.discount_amount - o.tax_amount * n.included, b.amount - b.tax),
         ('tax', o.tax_amount + o.shipping_tax_amount + o.fee_tax_amount, b.tax),
         ('shipping', o.shipping_amount - o.shipping_tax_amount * n.included, 0),
         ('fee', o.fee_amount - o.fee_tax_amount * n.included, 0)
     ) as v (part, price, returned)
      left join commerce.order_adjustment as j
        on j.tenant_id = p_tenant_id and j.order_id = p_order_id and j.part = v.part
     where o.tenant_id = p_tenant_id and o.id = p_order_id
     group by v.part, v.price, v.returned
  ), refunds as (
    select r.part, sum(r.amount) as amount
      from commerce.refund as r
      join commerce.orders as o on o.tenant_id = p_tenant_id and o.id = p_order_id
     where r.tenant_id = p_tenant_id
       and r.order_id = p_order_id
       and r.currency_code = o.currency_code
       and r.status in ('pending', 'succeeded')
     group by r.part
  ), parts as (
    select p.part,
           l.worth,
           -- What went back of the part without lowering its price is due again.
           greatest(coalesce(r.amount, 0) - l.lowered, 0) as due_again,
           greatest(l.lowered - coalesce(r.amount, 0), 0) as lowered_left
      from prices as p
      join commerce.orders as o on o.tenant_id = p_tenant_id and o.id = p_order_id
     cross join lateral (
       select case o.status when 'cancelled' then 0 else greatest(p.price - p.lowered, 0) end as worth,
              case o.status when 'cancelled' then p.price else least(p.lowered, p.price) end as lowered
     ) as l
      left join refunds as r on r.part = p.part
  ), held as (
    select o.paid_amount - o.refunded_amount - coalesce((
             select sum(r.amount)
               from commerce.refund as r
              where r.tenant_id = p_tenant_id
                and r.order_id = p_order_id
                and r.currency_code = o.currency_code
                and r.status = 'pending'
           ), 0) + (select sum(p.due_again) from parts as p) as amount,
           (select sum(p.worth) from parts as p) as worth,
           o.currency_code
      from commerce.orders as o
     where o.tenant_id = p_tenant_id and o.id = p_order_id
  )
  select p.part,
         internal.in_currency(
           greatest(p.worth * least(h.amount / nullif(h.worth, 0), 1) - p.due_again, 0)
             + least(p.lowered_left, greatest(h.amount - h.worth, 0)),
           h.currency_code)
    from parts as p
   cross join held as h
   order by array_position('{goods, tax, shipping, fee}', p.part)
$$;

grant execute on function internal.refundable_parts(uuid, uuid) to commerce_definer;
comment on function internal.refundable_parts(uuid, uuid) is
  'How much of each part of an order''s price was paid and has not gone back, nor is on its way back.';
