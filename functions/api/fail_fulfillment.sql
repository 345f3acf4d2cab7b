-- A parcel that does not arrive becomes a return that nobody had to request.
-- Stock, worth and money follow as in every return.
create or replace function api.fail_fulfillment(
  p_fulfillment_id uuid,
  p_status text,
  p_expected_version integer,
  p_lines jsonb default '[]'
)
  returns api.fulfillment
  language plpgsql
  volatile
  security definer  -- lends: writing parcels, returns, the stock and the order's status
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_fulfillment commerce.fulfillment := internal.fulfillment_for_update(p_fulfillment_id, p_expected_version);
  v_return commerce.order_returns;
begin
  if p_status is null or p_status not in ('refused', 'returned', 'lost') then
    perform internal.refuse_input('status', 'must be one of refused, returned, lost');
  end if;
  perform internal.require_transition('fulfillment.status', v_fulfillment.status, p_status);
  if p_status = 'lost' and p_lines is distinct from '[]' then
    perform internal.refuse_input('lines', 'must be empty: what is lost does not come back');
  end if;

  insert into commerce.order_returns (
    tenant_id, order_id, customer_id, seller_id, fulfillment_id, currency_code, return_number, status, approved_by,
    approved_at, reason
  )
  select o.tenant_id, o.id, o.customer_id, o.seller_id, v_fulfillment.id, o.currency_code,
         internal.next_number('returns'), 'approved', internal.user_id(), now(), 'other'
    from commerce.orders as o
   where o.tenant_id = v_fulfillment.tenant_id and o.id = v_fulfillment.order_id
  returning * into v_return;
  insert into commerce.order_return_items (
    tenant_id, order_id, customer_id, seller_id, order_return_id, order_item_id, quantity, reason
  )
  select l.tenant_id, l.order_id, l.customer_id, l.seller_id, v_return.id, l.order_item_id, l.quantity, 'other'
    from commerce.fulfillment_item as l
   where l.tenant_id = v_fulfillment.tenant_id and l.fulfillment_id = v_fulfillment.id;
  update commerce.fulfillment as f
     set status = p_status, version = f.version
   where f.tenant_id = v_fulfillment.tenant_id and f.id = v_fulfillment.id;
  perform internal.receive_goods(v_return, internal.parcel_lines(v_fulfillment, p_lines));
  return internal.fulfillment_view(v_fulfillment.id);
end
$$;

alter function api.fail_fulfillment(uuid, text, integer, jsonb) owner to commerce_definer;
grant execute on function api.fail_fulfillment(uuid, text, integer, jsonb) to commerce_member, commerce_worker;
comment on function api.fail_fulfillment(uuid, text, integer, jsonb) is
  'Records that a parcel that was shipped does not arrive: its buyer refused it, the carrier returned it, or it is lost. It becomes a received return: its order is worth less by the contents of the parcel, and the overpayment can be refunded, or pays for another order in exchange. Staff say what goes back on the shelf: lines [{"order_item_id", "restocked_quantity", "condition", "note"}]; units that they leave out do not. Needs orders.manage. SCPRM, SCNTF, SCVER, SCVRQ, SCTRN, SCVAL with the field.
@param status {refused|returned|lost} What became of it.
@param lines? {order_return_items[]: order_item_id! restocked_quantity! condition note=store_note} What goes back on the shelf.';
