create or replace function api.product_is_available(p_product_id uuid)
  returns boolean
  language plpgsql
  stable
  security definer  -- lends: reading the stock, of which shoppers see only whether there is some
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
begin
  return (
    select p.is_active and p.seller_id <> all (internal.banned_sellers()) and (not p.track_inventory or p.allow_backorder or p.inventory_count > 0)
      from commerce.products as p
     where p.tenant_id = v_tenant_id and p.id = p_product_id and not p.is_deleted
  );
end
$$;

alter function api.product_is_available(uuid) owner to commerce_definer;
grant execute on function api.product_is_available(uuid) to commerce_member, commerce_buyer, commerce_anonymous;
comment on function api.product_is_available(uuid) is
  'Whether the product can be ordered now.
@field products.is_available';
