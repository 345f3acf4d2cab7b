create or replace function internal.require_seen_prices(p_order_ids uuid[], p_lines jsonb)
  returns void
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_changed jsonb;
begin
  -- A basket shows the prices of its lines; lines that are ordered at once name what was read, if anything.
  select jsonb_agg(
           jsonb_build_object(
             'product_id', s.product_id,
             'seen_unit_price', s.seen_unit_price::text, 'unit_price', s.unit_price::text,
             'seen_tax_rate', s.seen_tax_rate::text, 'tax_rate', s.tax_rate::text)
           order by s.place)
    into v_changed
    from (
      select i.product_id, i.line_number as place, i.unit_price as seen_unit_price, p.price as unit_price,
             i.tax_rate as seen_tax_rate, p.tax_rate
        from commerce.order_items as i
        join commerce.products as p on p.tenant_id = v_tenant_id and p.id = i.product_id
       where p_lines is null and i.tenant_id = v_tenant_id and i.order_id = any (p_order_ids)
      union all
      select l.product_id, l.line_number, coalesce(l.unit_price, p.price), p.price,
             coalesce(l.tax_rate, p.tax_rate), p.tax_rate
        from internal.order_lines(p_lines) as l
        join commerce.products as p on p.tenant_id = v_tenant_id and p.id = l.product_id
       where p_lines is not null
    ) as s
   where (s.seen_unit_price, s.seen_tax_rate) <> (s.unit_price, s.tax_rate);
  if v_changed is not null then
    raise exception using
      errcode = 'SCPRC',
      message = 'prices have changed since they were read',
      detail = jsonb_build_object('lines', v_changed)::text,
      hint = 'Show the new prices; api.refresh_basket puts them into a basket.';
  end if;
end
$$;

grant execute on function internal.require_seen_prices(uuid[], jsonb) to commerce_definer;
comment on function internal.require_seen_prices(uuid[], jsonb) is
  'Refuses to place what costs other than the caller has read (SCPRC), with the old and the new price of every line that changed.';
