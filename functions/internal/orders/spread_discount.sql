create or replace function internal.spread_discount(p_order_id uuid)
  returns void
  language sql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  -- The discount is spread from what was given, never from what the lines had before, so that edits leave no trace.
  -- Staff's discount comes first; the code takes its part of what is left of the lines that it is for. Each is spread
  -- by what the lines cost, up to and including each line in turn: rounding leaves nothing over.
  with given as (
    select o.tenant_id, c.minor_unit, d.product_id, d.amount, d.rate,
           coalesce(sum(i.subtotal), 0) as subtotal,
           coalesce(sum(i.subtotal), 0) >= coalesce(d.minimum_amount, 0) as is_enough,
           case
             when coalesce(sum(i.subtotal), 0) >= o.discount_basis then o.discount_sum
             else round(o.discount_sum * coalesce(sum(i.subtotal), 0) / o.discount_basis, c.minor_unit)
           end + round(o.discount_rate * coalesce(sum(i.subtotal), 0), c.minor_unit) as discount
      from commerce.orders as o
      join commerce.currency as c on c.code = o.currency_code
      -- A basket that was emptied and filled again may have another currency than its code's sum.
      left join commerce.discount as d
        on d.tenant_id = o.tenant_id and d.code = o.discount_code
       and coalesce(d.currency_code, o.currency_code) = o.currency_code
      left join commerce.order_items as i on i.tenant_id = o.tenant_id and i.order_id = o.id
     where o.tenant_id = internal.require_tenant() and o.id = p_order_id
     group by o.tenant_id, c.minor_unit, o.discount_sum, o.discount_basis, o.discount_rate, d.id
  ), by_staff as (
    select l.tenant_id, l.id, l.order_id, l.line_number, l.subtotal, g.minor_unit, g.amount, g.rate,
           coalesce(
             round(g.discount * sum(l.subtotal) over lines / nullif(g.subtotal, 0), g.minor_unit)
             - round(g.discount * (sum(l.subtotal) over lines - l.subtotal) / nullif(g.subtotal, 0), g.minor_unit),
             0) as discount,
           g.is_enough and l.product_id = coalesce(g.product_id, l.product_id) as is_in_scope
      from given as g
      join commerce.order_items as l on l.tenant_id = g.tenant_id and l.order_id = p_order_id
    window lines as (order by l.line_number)
  ), left_over as (
    select b.*, l.amount as left_amount,
           sum(l.amount) over () as left_sum,
           sum(l.amount) over (order by b.line_number) as left_until
      from by_staff as b
     cross join lateral (
       select case when b.is_in_scope then b.subtotal - b.discount else 0 end as amount
     ) as l
  ), by_code as (
    -- least(NULL, …) would return the other value.
    select l.*,
           case
             when l.amount is not null then least(l.amount, l.left_sum)
             else coalesce(round(l.rate * l.left_sum, l.minor_unit), 0)
           end as code_discount
      from left_over as l
  )
  update commerce.order_items as i
     set discount_amount = s.discount, tax_amount = s.tax
    from (
      select c.tenant_id, c.id, c.subtotal, d.discount,
             internal.line_tax(c.subtotal - d.discount, i.tax_rate, c.minor_unit, o.prices_include_tax) as tax
        from by_code as c
        join commerce.orders as o on o.tenant_id = c.tenant_id and o.id = c.order_id
        join commerce.order_items as i on i.tenant_id = c.tenant_id and i.id = c.id
       cross join lateral (
         select c.discount + coalesce(
                  round(c.code_discount * c.left_until / nullif(c.left_sum, 0), c.minor_unit)
                  - round(c.code_discount * (c.left_until - c.left_amount) / nullif(c.left_sum, 0), c.minor_unit),
                  0) as discount
       ) as d
    ) as s
   where i.tenant_id = s.tenant_id and i.id = s.id and (i.discount_amount, i.tax_amount) <> (s.discount, s.tax)
$$;

grant execute on function internal.spread_discount(uuid) to commerce_definer;
comment on function internal.spread_discount(uuid) is
  'Spreads the discounts of an order that the caller has locked, staff''s and then its code''s, over its lines, and taxes what is left at each line''s rate.';
