-- Undo: select internal.detach_policies('commerce.order_channel_meta');
-- What the channel sent along is for staff.
select internal.attach_tenant_policies('commerce.order_channel_meta');

create policy select_member on commerce.order_channel_meta for select to commerce_member
  using (
    ((select internal.has_permission('orders.read')) or (select internal.gate(internal.seller_id()))[seller_hash])
    and ((select internal.has_permission('orders.read')) or seller_id = (select internal.seller_id()))
  );

grant select (
  id, tenant_id, order_id, channel_id, conversation_history_id, channel_type, external_order_id,
  channel_data, created_at, updated_at
) on commerce.order_channel_meta, api.order_channel_meta to commerce_member, commerce_worker, commerce_platform;
grant select, insert, update on commerce.order_channel_meta to commerce_definer;
grant select (tenant_id, order_id), delete on commerce.order_channel_meta to commerce_purge;
grant select on api.order_channel_meta to commerce_definer;
