create or replace function internal.require_seen_prices(
  p_tenant_id uuid,
  p_lines jsonb,
  p_product_ids uuid[],
  p_order_ids uuid[] default '{}',
  p_is_basket boolean default false,
  p_expected_totals jsonb default null
)
  returns void
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_lines jsonb;
  v_taxes jsonb;
  v_totals jsonb;
begin
  if p_expected_totals is not null then
    select jsonb_agg(
             jsonb_build_object(
               'currency_code', coalesce(s.currency_code, n.currency_code),
               'seen_total_amount', s.total_amount::text, 'total_amount', n.total_amount::text)
             order by coalesce(s.currency_code, n.currency_code))
      into v_totals
      from jsonb_to_recordset(p_expected_totals) as s (currency_code text, total_amount numeric)
      full join (
        select o.currency_code::text as currency_code, sum(o.total_amount) as total_amount
          from unnest(p_order_ids) as r (id)
         -- offset 0: looked up by the id, as in api.place_order.
         cross join lateral (
            select o.* from commerce.orders as o where o.tenant_id = p_tenant_id and o.id = r.id offset 0
          ) as o
         group by o.currency_code
      ) as n on n.currency_code = s.currency_code
     where s.total_amount is distinct from n.total_amount;
  end if;

  -- A basket shows the prices of its lines; lines that are ordered at once name what was read, if anything. If their
  -- total is not the one that was read, all of them are told, so that the caller can compare each.
  if v_totals is not null or jsonb_path_exists(p_lines, '$[*] ? (@.unit_price != null || @.tax_rate != null)') then
    select jsonb_agg(
             jsonb_build_object(
               'product_id', l.product_id,
               'seen_unit_price', l.unit_price::text, 'unit_price', p.price::text,
               'seen_tax_rate', l.tax_rate::text, 'tax_rate', p.tax_rate::text)
             order by l.line_number)
      into v_lines
      from jsonb_to_recordset(p_lines)
             as l (line_number integer, product_id uuid, unit_price numeric, tax_rate numeric)
      join commerce.products as p on p.tenant_id = p_tenant_id and p.id = any (p_product_ids) and p.id = l.product_id
     where (
         l.unit_price <> p.price
         or l.tax_rate <> p.tax_rate
         or not p_is_basket and v_totals is not null
       );
  end if;

  if p_is_basket then
    select jsonb_build_object(
             'seen_prices_include_tax', o.prices_include_tax, 'prices_include_tax', t.prices_include_tax,
             'seen_shipping_tax_rate', o.shipping_tax_rate::text, 'shipping_tax_rate', t.shipping_tax_rate::text)
      into v_taxes
      from unnest(p_order_ids) as r (id)
     cross join lateral (
        select o.* from commerce.orders as o where o.tenant_id = p_tenant_id and o.id = r.id offset 0
      ) as o
      join commerce.tenant as t on t.id = p_tenant_id
     where (
         o.prices_include_tax <> t.prices_include_tax
         or o.shipping_amount > 0 and o.shipping_tax_rate <> t.shipping_tax_rate
       );
  end if;

  if v_lines is not null or v_taxes is not null or v_totals is not null then
    raise exception using
      errcode = 'SCPRC',
      message = 'prices have changed since they were read',
      detail = jsonb_build_object(
        'lines', coalesce(v_lines, '[]'), 'totals', coalesce(v_totals, '[]'), 'taxes', v_taxes)::text,
      hint = 'Show the new prices; api.refresh_basket puts them into a basket.';
  end if;
end
$$;

grant execute on function internal.require_seen_prices(uuid, jsonb, uuid[], uuid[], boolean, jsonb)
  to commerce_definer;
comment on function internal.require_seen_prices(uuid, jsonb, uuid[], uuid[], boolean, jsonb) is
  'Refuses to place an order whose prices are not those that the caller has read (SCPRC): the old and the new price of every line that changed (of all lines that are ordered at once, if their total differs; the old price is null if it was not named), the totals that differ, and the shop''s rules for taxes.';
