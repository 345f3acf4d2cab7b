-- Everyone's own.
select internal.attach_tenant_table('commerce.notification_preferences');

create policy select_member on commerce.notification_preferences for select to commerce_member
  using (
    (select internal.gate(internal.user_id()))[user_hash]
    and user_id = (select internal.user_id())
  );

create policy insert_member on commerce.notification_preferences for insert to commerce_member
  with check (user_id = (select internal.user_id()));

create policy update_member on commerce.notification_preferences for update to commerce_member
  using (
    (select internal.gate(internal.user_id()))[user_hash]
    and user_id = (select internal.user_id())
  )
  with check (user_id = (select internal.user_id()));

create policy select_buyer on commerce.notification_preferences for select to commerce_buyer
  using (
    (select internal.gate(internal.user_id()))[user_hash]
    and user_id = (select internal.user_id())
  );

create policy insert_buyer on commerce.notification_preferences for insert to commerce_buyer
  with check (user_id = (select internal.user_id()));

create policy update_buyer on commerce.notification_preferences for update to commerce_buyer
  using (
    (select internal.gate(internal.user_id()))[user_hash]
    and user_id = (select internal.user_id())
  )
  with check (user_id = (select internal.user_id()));

select internal.grant_select('api.notification_preferences');
select internal.grant_select('api.notification_preferences', '{commerce_buyer}', '{
  id, tenant_id, user_id, email_enabled, sms_enabled, push_enabled, in_app_enabled, whatsapp_enabled,
  notification_type, created_at, updated_at
}');
select internal.grant_write('api.notification_preferences', '{commerce_member, commerce_buyer}', '{
  email_enabled, sms_enabled, push_enabled, in_app_enabled, whatsapp_enabled
}', p_insert => '{notification_type}');
