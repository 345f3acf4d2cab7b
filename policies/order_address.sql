-- Written by api.place_order and api.correct_order_address.
select internal.attach_tenant_table('commerce.order_address', p_is_audited => false);

create policy select_member on commerce.order_address for select to commerce_member
  using (
    ((select internal.has_permission('orders.read')) or (select internal.gate(internal.seller_id()))[seller_hash])
    and ((select internal.has_permission('orders.read')) or seller_id = (select internal.seller_id()))
  );

create policy select_buyer on commerce.order_address for select to commerce_buyer
  using (
    (select internal.gate(internal.customer_id()))[customer_hash]
    and customer_id = (select internal.customer_id())
  );

select internal.grant_select('api.order_address');
select internal.grant_select('api.order_address', '{commerce_buyer}', '{
  id, tenant_id, order_id, source_address_id, country, latitude, longitude, kind, recipient_name,
  phone_number, street_address, apartment, landmark, city, state, postal_code, delivery_note, created_at, updated_at
}');
