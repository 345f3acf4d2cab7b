create or replace function api.count_inventory(
  p_product_id uuid,
  p_on_hand integer,
  p_note text,
  p_idempotency_key text
)
  returns api.products
  language plpgsql
  volatile
  security definer  -- lends: writing the stock and its ledger
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('inventory.manage');
  v_product commerce.products;
  v_view api.products;
begin
  if coalesce(p_on_hand, -1) not between 0 and 1000000 then
    perform internal.refuse_input('on_hand', 'must be a whole number from 0 to 1000000');
  end if;
  perform internal.require_text_within('note', p_note, 65536);
  if internal.begin_idempotent(
    'count_inventory', p_idempotency_key, jsonb_build_array(p_product_id, p_on_hand, p_note)) is null
  then
    select p.*
      into v_product
      from commerce.products as p
     where p.tenant_id = v_tenant_id and p.id = p_product_id and not p.is_deleted
       for no key update;
    if not found then
      perform internal.refuse_missing('product_id');
    end if;
    if p_on_hand <> v_product.on_hand_count
      and internal.move_stock(
        p_product_id, p_on_hand - v_product.on_hand_count, 'correction', coalesce(p_note, 'counted')) is null
    then
      perform internal.refuse_shortage(
        jsonb_build_array(internal.stock_shortage(p_product_id, v_product.reserved_count, p_on_hand)));
    end if;
    perform internal.finish_idempotent('count_inventory', p_idempotency_key, to_jsonb(p_product_id));
  end if;
  select p.* into v_view from api.products as p where p.tenant_id = v_tenant_id and p.id = p_product_id;
  return v_view;
end
$$;

alter function api.count_inventory(uuid, integer, text, text) owner to commerce_definer;
grant execute on function api.count_inventory(uuid, integer, text, text) to commerce_member, commerce_worker;
comment on function api.count_inventory(uuid, integer, text, text) is
  'Sets how many units of a product are on the shelf. Units that are sold and not yet shipped are among them, and the rest can be sold. The difference goes into the ledger. Needs inventory.manage. SCSTK when fewer units are there than were sold, and the product takes no back-orders; SCNTF, SCIDM, SCPRM, SCVAL with the field.
@param on_hand How many were counted on the shelf.
@param note? Why they were counted, for the ledger.';
