-- What the session's person wants to be notified of, a row for each type; without a row the defaults hold. In pages.
/* @name listNotificationPreferences :many */
select n.notification_type, n.email_enabled, n.sms_enabled, n.push_enabled, n.in_app_enabled, n.whatsapp_enabled,
       n.updated_at, n.notification_type as "cursor!"
  from api.notification_preferences as n
 where n.tenant_id = :tenantId! and n.user_id = :userId! and (:after::text is null or n.notification_type > :after)
 order by n.notification_type
 limit :first!;

-- Sets how the session's person is notified of something; what is NULL stays as it is. The defaults are
-- e-mail, push and the app. FORBIDDEN, INVALID_INPUT.
/* @name setNotificationPreference :one */
insert into api.notification_preferences as n (
  notification_type, email_enabled, sms_enabled, push_enabled, in_app_enabled, whatsapp_enabled
)
select :notificationType!::text, coalesce(:emailEnabled::boolean, true), coalesce(:smsEnabled::boolean, false),
       coalesce(:pushEnabled::boolean, true), coalesce(:inAppEnabled::boolean, true),
       coalesce(:whatsappEnabled::boolean, false)
  from api.tenant as t
 where t.id = :tenantId!
on conflict (tenant_id, user_id, notification_type) do update
   set email_enabled = coalesce(:emailEnabled, n.email_enabled),
       sms_enabled = coalesce(:smsEnabled, n.sms_enabled),
       push_enabled = coalesce(:pushEnabled, n.push_enabled),
       in_app_enabled = coalesce(:inAppEnabled, n.in_app_enabled),
       whatsapp_enabled = coalesce(:whatsappEnabled, n.whatsapp_enabled)
returning n.notification_type, n.email_enabled, n.sms_enabled, n.push_enabled, n.in_app_enabled, n.whatsapp_enabled;
