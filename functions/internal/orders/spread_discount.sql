create or replace function internal.spread_discount(p_order_id uuid)
  returns void
  language sql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  -- Always from what was given, never from what the lines had before, so that edits leave no trace. It is
  -- spread by what each line costs, up to and including each line in turn: rounding leaves nothing over.
  with given as (
    select o.tenant_id, c.minor_unit,
           coalesce(sum(i.subtotal), 0) as subtotal,
           case
             when coalesce(sum(i.subtotal), 0) >= o.discount_basis then o.discount_sum
             else round(o.discount_sum * coalesce(sum(i.subtotal), 0) / o.discount_basis, c.minor_unit)
           end + round(o.discount_rate * coalesce(sum(i.subtotal), 0), c.minor_unit) as discount
      from commerce.orders as o
      join commerce.currency as c on c.code = o.currency_code
      left join commerce.order_items as i on i.tenant_id = o.tenant_id and i.order_id = o.id
     where o.tenant_id = internal.require_tenant() and o.id = p_order_id
     group by o.tenant_id, c.minor_unit, o.discount_sum, o.discount_basis, o.discount_rate
  ), share as (
    select l.tenant_id, l.id, l.subtotal, l.tax_rate, l.currency_code,
           coalesce(
             round(g.discount * sum(l.subtotal) over lines / nullif(g.subtotal, 0), g.minor_unit)
             - round(g.discount * (sum(l.subtotal) over lines - l.subtotal) / nullif(g.subtotal, 0), g.minor_unit),
             0) as discount
      from given as g
      join commerce.order_items as l on l.tenant_id = g.tenant_id and l.order_id = p_order_id
    window lines as (order by l.line_number)
  )
  update commerce.order_items as i
     set discount_amount = s.discount, tax_amount = s.tax
    from (
      select share.*, internal.line_tax(share.subtotal - share.discount, share.tax_rate, share.currency_code) as tax
        from share
    ) as s
   where i.tenant_id = s.tenant_id and i.id = s.id and (i.discount_amount, i.tax_amount) <> (s.discount, s.tax)
$$;

grant execute on function internal.spread_discount(uuid) to commerce_definer;
comment on function internal.spread_discount(uuid) is
  'Spreads the discount that staff gave over the lines of an order that the caller has locked, and taxes what is left at each line''s rate.';
