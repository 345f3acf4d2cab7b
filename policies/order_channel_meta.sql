-- Undo: drop policy tenant on commerce.order_channel_meta; drop policy all_definer on commerce.order_channel_meta; drop policy all_purge on commerce.order_channel_meta; drop policy select_member on commerce.order_channel_meta; drop policy select_worker on commerce.order_channel_meta; drop policy select_platform on commerce.order_channel_meta; revoke all on commerce.order_channel_meta, api.order_channel_meta from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer, commerce_purge; alter table commerce.order_channel_meta no force row level security; alter table commerce.order_channel_meta disable row level security;
-- Whose order it is: see policies/order_items.sql. What the channel sent along is for staff.
alter table commerce.order_channel_meta enable row level security;
alter table commerce.order_channel_meta force row level security;

drop policy if exists tenant on commerce.order_channel_meta;
create policy tenant on commerce.order_channel_meta as restrictive for all
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_purge
  using (tenant_id = (select internal.tenant_id()))
  with check (tenant_id = (select internal.tenant_id()));

-- Its functions check the caller; the policy above holds them to the tenant.
drop policy if exists all_definer on commerce.order_channel_meta;
create policy all_definer on commerce.order_channel_meta for all to commerce_definer
  using (true) with check (true);

-- internal.purge_deleted removes rows that it has locked; the policy above holds it to the tenant.
drop policy if exists all_purge on commerce.order_channel_meta;
create policy all_purge on commerce.order_channel_meta for all to commerce_purge
  using (true) with check (true);

drop policy if exists select_member on commerce.order_channel_meta;
create policy select_member on commerce.order_channel_meta for select to commerce_member
  using ((select internal.has_permission('orders.read'))
    or (select internal.seller_id()) is not null and internal.sells_order(order_id));

-- Webhooks and jobs serve every row of the tenant.
drop policy if exists select_worker on commerce.order_channel_meta;
create policy select_worker on commerce.order_channel_meta for select to commerce_worker
  using (true);

drop policy if exists select_platform on commerce.order_channel_meta;
create policy select_platform on commerce.order_channel_meta for select to commerce_platform
  using ((select internal.read_is_announced()));

revoke all on commerce.order_channel_meta, api.order_channel_meta
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_purge, commerce_system;
grant select (
  id, tenant_id, order_id, channel_id, conversation_history_id, channel_type, external_order_id,
  channel_data, created_at, updated_at
) on commerce.order_channel_meta, api.order_channel_meta to commerce_member, commerce_worker, commerce_platform;
grant select, insert, update on commerce.order_channel_meta to commerce_definer;
grant select (tenant_id, order_id), delete on commerce.order_channel_meta to commerce_purge;
grant select on api.order_channel_meta to commerce_definer;
