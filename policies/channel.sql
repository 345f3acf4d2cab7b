-- Undo: select internal.detach_policies('commerce.channel');
-- Channels are connected by api.connect_channel, which claims the account for the tenant.
select internal.attach_tenant_policies('commerce.channel');

create policy select_member on commerce.channel for select to commerce_member
  using ((select internal.has_permission('channels.manage')) or (select internal.has_permission('conversations.read')));

create policy update_member on commerce.channel for update to commerce_member
  using ((select internal.has_permission('channels.manage')))
  with check ((select internal.has_permission('channels.manage')));

-- internal.tenants_with_work looks into every tenant, and tells ids only.
create policy select_system on commerce.channel for select to commerce_system
  using (true);

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
