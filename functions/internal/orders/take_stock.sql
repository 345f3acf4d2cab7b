create or replace function internal.take_stock(
  p_tenant_id uuid,
  p_lines jsonb,
  p_product_ids uuid[],
  p_channel text,
  p_currency_code text
)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_banned_ids uuid[] := internal.banned_sellers();
  v_line record;
begin
  -- Who comes too late need not wait for those who are buying.
  perform internal.refuse_sold_out(p_tenant_id, p_lines, p_product_ids);

  -- Products are locked by id, so that there is no deadlock; what is read of them then holds until commit.
  -- An order has one currency: its own, or that of its seller's first line.
  for v_line in
    with locked as materialized (
      select p as product
        from commerce.products as p
       where p.tenant_id = p_tenant_id and p.id = any (p_product_ids)
       order by p.id
         for no key update
    )
    select k.product, l.line_number,
           coalesce(
             p_currency_code,
             first_value((k.product).currency_code) over (partition by (k.product).seller_id order by l.line_number)
           ) as currency_code
      from jsonb_to_recordset(p_lines) as l (line_number integer, product_id uuid)
      left join locked as k on (k.product).id = l.product_id
     order by l.line_number
  loop
    perform internal.require_for_sale(
      v_line.product, p_channel, v_line.currency_code,
      format('lines[%s].product_id', v_line.line_number - 1), v_banned_ids);
  end loop;

  -- What is locked cannot be sold to anybody else.
  perform internal.refuse_sold_out(p_tenant_id, p_lines, p_product_ids);
  with need as (
    select l.product_id, sum(l.quantity) as quantity
      from jsonb_to_recordset(p_lines) as l (product_id uuid, quantity integer)
     group by l.product_id
  )
  update commerce.products as p
     set inventory_count = p.inventory_count - n.quantity,
         reserved_count = p.reserved_count + n.quantity
    from need as n
   where p.tenant_id = p_tenant_id and p.id = any (p_product_ids) and p.id = n.product_id and p.track_inventory;
end
$$;

grant execute on function internal.take_stock(uuid, jsonb, uuid[], text, text) to commerce_definer;
comment on function internal.take_stock(uuid, jsonb, uuid[], text, text) is
  'Locks the products of lines {"line_number", "product_id", "quantity"} and takes their units off the stock. SCNTF and SCVAL name the line whose product cannot be ordered, SCSTK has every product of which there is not enough.';
