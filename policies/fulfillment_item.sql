-- What is in a parcel stays in it: a parcel that was packed wrongly is taken apart, and another is packed.
select internal.attach_tenant_table('commerce.fulfillment_item', p_is_append_only => true, p_is_audited => false);

create policy select_member on commerce.fulfillment_item for select to commerce_member
  using (
    ((select internal.has_permission('orders.read')) or (select internal.gate(internal.seller_id()))[seller_hash])
    and ((select internal.has_permission('orders.read')) or seller_id = (select internal.seller_id()))
  );

create policy select_buyer on commerce.fulfillment_item for select to commerce_buyer
  using (
    (select internal.gate(internal.customer_id()))[customer_hash]
    and customer_id = (select internal.customer_id())
  );

select internal.grant_select('api.fulfillment_item');
select internal.grant_select('api.fulfillment_item', '{commerce_buyer}', '{
  id, tenant_id, order_id, fulfillment_id, order_item_id, quantity
}');
