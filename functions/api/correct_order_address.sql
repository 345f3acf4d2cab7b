create or replace function api.correct_order_address(
  p_order_id uuid,
  p_addresses jsonb,
  p_reason text,
  p_expected_version integer
)
  returns api.orders
  language plpgsql
  volatile
  security definer  -- lends: writing the addresses of an order
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_order commerce.orders := internal.correctable_order_for_update(p_order_id, p_reason, p_expected_version);
  v_address commerce.order_address;
begin
  perform internal.refuse_faults(
    case when p_addresses = '[]' then internal.fault('addresses', 'must not be empty') end,
    internal.order_address_faults(p_addresses)
  );
  for v_address in select a.* from internal.order_addresses(p_addresses) as a loop
    insert into commerce.order_address (
      tenant_id, order_id, customer_id, seller_id, kind, source_address_id, recipient_name, phone_number,
      street_address, apartment, landmark, city, state, postal_code, delivery_note, country, latitude, longitude
    )
    values (
      v_order.tenant_id, v_order.id, v_order.customer_id, v_order.seller_id, v_address.kind,
      v_address.source_address_id, v_address.recipient_name, v_address.phone_number, v_address.street_address,
      v_address.apartment, v_address.landmark, v_address.city, v_address.state, v_address.postal_code,
      v_address.delivery_note, v_address.country, v_address.latitude, v_address.longitude
    )
    on conflict (tenant_id, order_id, kind) do update
       set source_address_id = excluded.source_address_id,
           recipient_name = excluded.recipient_name,
           phone_number = excluded.phone_number,
           street_address = excluded.street_address,
           apartment = excluded.apartment,
           landmark = excluded.landmark,
           city = excluded.city,
           state = excluded.state,
           postal_code = excluded.postal_code,
           delivery_note = excluded.delivery_note,
           country = excluded.country,
           latitude = excluded.latitude,
           longitude = excluded.longitude;
    perform internal.note_correction(v_order, 'address', null, v_address.kind, p_reason);
  end loop;
  return internal.order_view(v_order.id);
end
$$;

alter function api.correct_order_address(uuid, jsonb, text, integer) owner to commerce_definer;
grant execute on function api.correct_order_address(uuid, jsonb, text, integer) to commerce_member, commerce_worker;
comment on function api.correct_order_address(uuid, jsonb, text, integer) is
  'Corrects the shipping or billing address of a placed order until its goods have left; an address that the order does not have yet is added. Needs orders.manage. SCIMM, SCNTF, SCPRM, SCVER, SCVRQ, SCVAL with the field.
@param addresses {order_address[]: kind! recipient_name! phone_number street_address! apartment landmark city! state postal_code delivery_note country! latitude longitude source_address_id} The whole address, at most one of each kind.
@param reason The reason, for the order''s history.';
