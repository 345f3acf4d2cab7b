-- Undo: drop policy tenant on commerce.channel; drop policy all_definer on commerce.channel; drop policy all_purge on commerce.channel; drop policy select_member on commerce.channel; drop policy update_member on commerce.channel; drop policy select_worker on commerce.channel; drop policy select_platform on commerce.channel; drop policy select_system on commerce.channel; revoke all on commerce.channel, api.channel from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer, commerce_purge, commerce_system; alter table commerce.channel no force row level security; alter table commerce.channel disable row level security;
-- Channels are connected by api.connect_channel, which claims the account for the tenant.
alter table commerce.channel enable row level security;
alter table commerce.channel force row level security;

drop policy if exists tenant on commerce.channel;
create policy tenant on commerce.channel as restrictive for all
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_purge
  using (tenant_id = (select internal.tenant_id()))
  with check (tenant_id = (select internal.tenant_id()));

-- Its functions check the caller; the policy above holds them to the tenant.
drop policy if exists all_definer on commerce.channel;
create policy all_definer on commerce.channel for all to commerce_definer
  using (true) with check (true);

-- internal.purge_deleted removes rows that it has locked; the policy above holds it to the tenant.
drop policy if exists all_purge on commerce.channel;
create policy all_purge on commerce.channel for all to commerce_purge
  using (true) with check (true);

drop policy if exists select_member on commerce.channel;
create policy select_member on commerce.channel for select to commerce_member
  using ((select internal.has_permission('channels.manage')) or (select internal.has_permission('conversations.read')));

drop policy if exists update_member on commerce.channel;
create policy update_member on commerce.channel for update to commerce_member
  using ((select internal.has_permission('channels.manage')))
  with check ((select internal.has_permission('channels.manage')));

-- Webhooks and jobs serve every row of the tenant.
drop policy if exists select_worker on commerce.channel;
create policy select_worker on commerce.channel for select to commerce_worker
  using (true);

drop policy if exists select_platform on commerce.channel;
create policy select_platform on commerce.channel for select to commerce_platform
  using ((select internal.read_is_announced()));

-- internal.tenants_with_work looks into every tenant, and tells ids only.
drop policy if exists select_system on commerce.channel;
create policy select_system on commerce.channel for select to commerce_system
  using (true);

revoke all on commerce.channel, api.channel
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_purge, commerce_system;
grant select (
  id, tenant_id, is_active, reply_window_minutes, channel_type, name, external_account_id, provider,
  config, version, is_deleted, created_at, updated_at
) on commerce.channel, api.channel to commerce_member, commerce_worker, commerce_platform;
grant update (
  is_active, reply_window_minutes, name, config, version, is_deleted
) on commerce.channel, api.channel to commerce_member;
grant delete on api.channel to commerce_member;
grant select, insert, update on commerce.channel to commerce_definer;
grant select (tenant_id, id), delete on commerce.channel to commerce_purge;
grant select on api.channel to commerce_definer;
grant select (id, tenant_id, is_active, is_deleted) on commerce.channel to commerce_system;
