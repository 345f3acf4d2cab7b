-- Whose order it is: see policies/order_items.sql.
select internal.attach_tenant_table('commerce.order_address', p_is_append_only => true, p_is_audited => false);

create policy select_member on commerce.order_address for select to commerce_member
  using ((select internal.has_permission('orders.read'))
    or (select internal.seller_id()) is not null and internal.sells_order(order_id));

create policy select_buyer on commerce.order_address for select to commerce_buyer
  using (order_id = any ((select internal.own_order_ids())::uuid[]));

select internal.grant_select('api.order_address');
select internal.grant_select('api.order_address', '{commerce_buyer}', '{
  id, tenant_id, order_id, source_address_id, country, latitude, longitude, kind, recipient_name,
  phone_number, street_address, apartment, landmark, city, state, postal_code, created_at
}');
