create or replace function internal.refuse_sold_out(p_tenant_id uuid, p_lines jsonb, p_product_ids uuid[])
  returns void
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_short_lines jsonb;
begin
  with need as (
    select l.product_id, sum(l.quantity) as quantity
      from jsonb_to_recordset(p_lines) as l (product_id uuid, quantity integer)
     group by l.product_id
  )
  select jsonb_agg(
           internal.stock_shortage(
             n.product_id, n.quantity, case when internal.tells_stock(p_tenant_id) then p.inventory_count end)
           order by n.product_id)
    into v_short_lines
    from need as n
    join commerce.products as p
      on p.tenant_id = p_tenant_id and p.id = any (p_product_ids) and p.id = n.product_id
   where p.track_inventory
     and not p.allow_backorder
     and p.inventory_count < n.quantity
     -- Of what is not for sale that is the fault to tell.
     and p.is_active
     and not p.is_deleted;
  if v_short_lines is not null then
    perform internal.refuse_shortage(v_short_lines);
  end if;
end
$$;

grant execute on function internal.refuse_sold_out(uuid, jsonb, uuid[]) to commerce_definer;
comment on function internal.refuse_sold_out(uuid, jsonb, uuid[]) is
  'Refuses lines {"product_id", "quantity"} of products of which there are not enough (SCSTK, with every such product).';
