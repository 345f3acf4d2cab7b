create or replace view api.notification_preferences
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.user_id,
       t.email_enabled,
       t.sms_enabled,
       t.push_enabled,
       t.in_app_enabled,
       t.whatsapp_enabled,
       t.notification_type,
       t.created_at,
       t.updated_at
  from commerce.notification_preferences as t;

select internal.copy_comments('api.notification_preferences', 'commerce.notification_preferences');
