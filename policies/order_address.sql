-- Undo: select internal.detach_policies('commerce.order_address');
select internal.attach_tenant_policies('commerce.order_address');

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

grant select (
  id, tenant_id, order_id, source_address_id, country, latitude, longitude, kind, recipient_name,
  phone_number, street_address, apartment, landmark, city, state, postal_code, created_at
) on commerce.order_address, api.order_address to commerce_member, commerce_buyer, commerce_worker, commerce_platform;
grant select, insert on commerce.order_address to commerce_definer;
grant select (tenant_id, order_id), delete on commerce.order_address to commerce_purge;
grant select on api.order_address to commerce_definer;
