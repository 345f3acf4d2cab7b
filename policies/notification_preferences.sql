-- Undo: drop policy tenant on commerce.notification_preferences; drop policy all_definer on commerce.notification_preferences; drop policy all_purge on commerce.notification_preferences; drop policy select_member on commerce.notification_preferences; drop policy insert_member on commerce.notification_preferences; drop policy update_member on commerce.notification_preferences; drop policy select_buyer on commerce.notification_preferences; drop policy insert_buyer on commerce.notification_preferences; drop policy update_buyer on commerce.notification_preferences; drop policy select_worker on commerce.notification_preferences; drop policy select_platform on commerce.notification_preferences; revoke all on commerce.notification_preferences, api.notification_preferences from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer, commerce_purge; alter table commerce.notification_preferences no force row level security; alter table commerce.notification_preferences disable row level security;
-- Everyone's own.
alter table commerce.notification_preferences enable row level security;
alter table commerce.notification_preferences force row level security;

drop policy if exists tenant on commerce.notification_preferences;
create policy tenant on commerce.notification_preferences as restrictive for all
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_purge
  using (tenant_id = (select internal.tenant_id()))
  with check (tenant_id = (select internal.tenant_id()));

-- Its functions check the caller; the policy above holds them to the tenant.
drop policy if exists all_definer on commerce.notification_preferences;
create policy all_definer on commerce.notification_preferences for all to commerce_definer
  using (true) with check (true);

-- internal.purge_deleted removes rows that it has locked; the policy above holds it to the tenant.
drop policy if exists all_purge on commerce.notification_preferences;
create policy all_purge on commerce.notification_preferences for all to commerce_purge
  using (true) with check (true);

drop policy if exists select_member on commerce.notification_preferences;
create policy select_member on commerce.notification_preferences for select to commerce_member
  using (user_id = (select internal.user_id()));

drop policy if exists insert_member on commerce.notification_preferences;
create policy insert_member on commerce.notification_preferences for insert to commerce_member
  with check (user_id = (select internal.user_id()));

drop policy if exists update_member on commerce.notification_preferences;
create policy update_member on commerce.notification_preferences for update to commerce_member
  using (user_id = (select internal.user_id()))
  with check (user_id = (select internal.user_id()));

drop policy if exists select_buyer on commerce.notification_preferences;
create policy select_buyer on commerce.notification_preferences for select to commerce_buyer
  using (user_id = (select internal.user_id()));

drop policy if exists insert_buyer on commerce.notification_preferences;
create policy insert_buyer on commerce.notification_preferences for insert to commerce_buyer
  with check (user_id = (select internal.user_id()));

drop policy if exists update_buyer on commerce.notification_preferences;
create policy update_buyer on commerce.notification_preferences for update to commerce_buyer
  using (user_id = (select internal.user_id()))
  with check (user_id = (select internal.user_id()));

-- Webhooks and jobs serve every row of the tenant.
drop policy if exists select_worker on commerce.notification_preferences;
create policy select_worker on commerce.notification_preferences for select to commerce_worker
  using (true);

drop policy if exists select_platform on commerce.notification_preferences;
create policy select_platform on commerce.notification_preferences for select to commerce_platform
  using ((select internal.read_is_announced()));

revoke all on commerce.notification_preferences, api.notification_preferences
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_purge, commerce_system;
grant select (
  id, tenant_id, user_id, email_enabled, sms_enabled, push_enabled, in_app_enabled,
  whatsapp_enabled, notification_type, created_at, updated_at
) on commerce.notification_preferences, api.notification_preferences to commerce_member, commerce_buyer, commerce_worker, commerce_platform;
grant insert (
  notification_type, email_enabled, sms_enabled, push_enabled, in_app_enabled, whatsapp_enabled
) on commerce.notification_preferences, api.notification_preferences to commerce_member;
grant update (
  email_enabled, sms_enabled, push_enabled, in_app_enabled, whatsapp_enabled
) on commerce.notification_preferences, api.notification_preferences to commerce_member;
grant insert (
  notification_type, email_enabled, sms_enabled, push_enabled, in_app_enabled, whatsapp_enabled
) on commerce.notification_preferences, api.notification_preferences to commerce_buyer;
grant update (
  email_enabled, sms_enabled, push_enabled, in_app_enabled, whatsapp_enabled
) on commerce.notification_preferences, api.notification_preferences to commerce_buyer;
grant select, insert, update on commerce.notification_preferences to commerce_definer;
grant select (tenant_id, user_id), delete on commerce.notification_preferences to commerce_purge;
grant select on api.notification_preferences to commerce_definer;
