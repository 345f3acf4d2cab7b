-- Channels are connected by api.connect_channel, which claims the account for the tenant.
select internal.attach_tenant_table('commerce.channel');

-- Before the row is written: its unique key would else speak first, and differently of one's own.
create or replace trigger _500_route
  before insert or update of channel_type, external_account_id, is_deleted on commerce.channel
  for each row execute function internal.tg_channel__route();

-- The limit holds for every writer, and for a deleted row that is brought back.
create or replace trigger _800_plan_limit
  after insert on commerce.channel
  for each row execute function internal.tg__plan_limit('channels', 'channel');

create or replace trigger _810_plan_limit_restore
  after update of is_deleted on commerce.channel
  for each row when (old.is_deleted and not new.is_deleted)
  execute function internal.tg__plan_limit('channels', 'channel');

create policy select_member on commerce.channel for select to commerce_member
  using ((select internal.has_permission('channels.manage')) or (select internal.has_permission('conversations.read')));

create policy update_member on commerce.channel for update to commerce_member
  using ((select internal.must_have('channels.manage')))
  with check ((select internal.must_have('channels.manage')));

-- internal.tenants_with_work looks into every tenant, and returns ids only.
create policy select_system on commerce.channel for select to commerce_system
  using (true);

select internal.grant_select('api.channel');
grant update (
  is_active, reply_window_minutes, human_window_minutes, name, config, version, is_deleted
) on commerce.channel, api.channel to commerce_member;
grant delete on api.channel to commerce_member;
grant select (id, tenant_id, is_active, is_deleted) on commerce.channel to commerce_system;
