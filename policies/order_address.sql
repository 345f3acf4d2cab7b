-- Undo: select internal.detach_policies('commerce.order_address');
-- Whose order it is: see policies/order_items.sql.
select internal.attach_tenant_policies('commerce.order_address');

create policy select_member on commerce.order_address for select to commerce_member
  using ((select internal.has_permission('orders.read'))
    or (select internal.seller_id()) is not null and internal.sells_order(order_id));

create policy select_buyer on commerce.order_address for select to commerce_buyer
  using (order_id = any ((select internal.own_order_ids())::uuid[]));

grant select (
  id, tenant_id, order_id, source_address_id, country, latitude, longitude, kind, recipient_name,
  phone_number, street_address, apartment, landmark, city, state, postal_code, created_at
) on commerce.order_address, api.order_address to commerce_member, commerce_buyer, commerce_worker, commerce_platform;
grant select, insert on commerce.order_address to commerce_definer;
grant select (tenant_id, order_id), delete on commerce.order_address to commerce_purge;
grant select on api.order_address to commerce_definer;
