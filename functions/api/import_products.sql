create or replace function api.import_products(p_products jsonb, p_seller_id uuid default null)
  returns table (
    row_number integer,
    sku text,
    product_id uuid,
    outcome text,
    code text,
    field text,
    message text
  )
  language plpgsql
  volatile
  security definer  -- lends: writing the catalogue, the stock and its ledger
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_tenant_id uuid := internal.require_tenant();
  v_seller_id uuid := coalesce(p_seller_id, internal.seller_id());
  v_limit integer;
  v_used integer;
  v_skus text[] := array[]::text[];
  v_row jsonb;
  v_detail text;
begin
  -- A seller without the permission imports only their own products.
  if v_seller_id is null or v_seller_id is distinct from internal.seller_id() then
    perform internal.require_permission('products.manage');
  end if;
  if jsonb_typeof(p_products) is distinct from 'array' or jsonb_array_length(p_products) not between 1 and 1000 then
    perform internal.refuse_input('products', 'must be a JSON array of 1 to 1000 objects');
  end if;
  if not exists (
    select
      from commerce.seller_profile as s
     where s.tenant_id = v_tenant_id and s.id = v_seller_id and not s.is_deleted
  ) then
    perform internal.refuse_missing('seller_id');
  end if;

  -- There is one import at a time for each tenant, and it locks products in the same order as orders do.
  select s.max_products
    into v_limit
    from internal.lock_tenant() as t
    join commerce.subscription_plan as s on s.code = t.subscription_tier;
  perform p.id
     from commerce.products as p
    where p.tenant_id = v_tenant_id
      and p.sku = any (array(select r.value ->> 'sku' from jsonb_array_elements(p_products) as r (value)))
      and not p.is_deleted
    order by p.id
      for no key update;
  select count(*)
    into v_used
    from commerce.products as p
   where p.tenant_id = v_tenant_id and not p.is_deleted;

  for row_number, v_row in
    select r.number, r.value
      from jsonb_array_elements(p_products) with ordinality as r (value, number)
     order by r.number
  loop
    sku := left(v_row ->> 'sku', 255);
    product_id := null;
    code := null;
    field := null;
    message := null;
    begin
      if sku = any (v_skus) then
        raise exception using
          errcode = 'SCDUP',
          message = 'an earlier row has this sku',
          detail = json_build_object('field', 'sku')::text;
      end if;
      select i.product_id, i.outcome
        into product_id, outcome
        from internal.import_product(v_row, v_seller_id, v_limit, v_used) as i;
      v_used := v_used + (outcome = 'created')::integer;
      v_skus := v_skus || sku;
    exception
      -- These are the errors that a row can cause. A lost session or a deadlock ends the import.
      when sqlstate 'SCVAL' or sqlstate 'SCAMT' or sqlstate 'SCDUP' or sqlstate 'SCPRM' or sqlstate 'SCLIM' then
        get stacked diagnostics
          code = returned_sqlstate,
          message = message_text,
          v_detail = pg_exception_detail;
        outcome := 'failed';
        field := v_detail::jsonb ->> 'field';
      when unique_violation then
        outcome := 'failed';
        code := 'SCDUP';
        field := 'sku';
        message := 'somebody has just made a product with this sku';
    end;
    return next;
  end loop;
end
$$;

alter function api.import_products(jsonb, uuid) owner to commerce_definer;
grant execute on function api.import_products(jsonb, uuid) to commerce_member, commerce_worker;
comment on function api.import_products(jsonb, uuid) is
  'Makes or changes up to 1000 products of one seller (the session''s unless one is named) by their sku: an array of objects with sku and any of name, price, compare_at_price, currency_code, tax_rate (0.075 is 7.5 %), description, short_description, product_type, is_active, track_inventory, allow_backorder, low_stock_threshold, inventory_count (the stock that there is now; needs inventory.manage), visible_channels, metadata. What a row leaves out does not change; a new product needs name and price. Returns a report for each row: its outcome, which is created, updated, unchanged or failed, and for a failure the code (an SQLSTATE), field and message; a failure does not affect the other rows. Needs products.manage, unless sellers import their own products. SCPRM, SCNTF, SCVAL.
@rowName import_result
@param products {products[]: sku! name price compare_at_price currency_code tax_rate description short_description product_type is_active track_inventory allow_backorder low_stock_threshold inventory_count visible_channels metadata} At most 1000.
@param seller_id The seller of the products; without one, the session''s seller.
@returns row_number! The number of the row, from 1.
@returns sku Its sku.
@returns product_id {products.id} The product.
@returns outcome! {created|updated|unchanged|failed} What became of it.
@returns code {sqlstate} Why it failed.
@returns field {field} The field that is wrong.
@returns message Why it failed, in words.';
