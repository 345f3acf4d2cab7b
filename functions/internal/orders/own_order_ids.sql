-- For policies of tables that know their order but not its buyer. Read once a statement; a buyer's few
-- orders are an index condition, so even a list of all own lines touches nobody else's.
create or replace function internal.own_order_ids()
  returns uuid[]
  language plpgsql
  stable
  parallel safe
  security definer  -- lends: reading orders
  set search_path = pg_catalog, pg_temp
as $$
begin
  return array(
    select o.id
      from commerce.orders as o
     where o.tenant_id = internal.tenant_id() and o.customer_id = internal.customer_id()
  );
end
$$;

alter function internal.own_order_ids() owner to commerce_definer;
grant execute on function internal.own_order_ids() to commerce_buyer;
comment on function internal.own_order_ids() is 'The orders of the current session''s buyer.';
