-- What the channel sent along is for staff.
select internal.attach_tenant_table('commerce.order_channel_meta', p_is_audited => false);

create policy select_member on commerce.order_channel_meta for select to commerce_member
  using (
    ((select internal.has_permission('orders.read')) or (select internal.gate(internal.seller_id()))[seller_hash])
    and ((select internal.has_permission('orders.read')) or seller_id = (select internal.seller_id()))
  );

select internal.grant_select('api.order_channel_meta');
