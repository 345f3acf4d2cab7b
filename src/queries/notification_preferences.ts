// Generated from sql/notification_preferences.sql by "npm run generate"; do not edit.
import { notificationTypes } from '../model/closed-sets.ts';
import type { NotificationType } from '../model/closed-sets.ts';
import { PagedQuery } from '../database/paged-query.ts';
import { OneQuery } from '../database/prepared-query.ts';

/** What listNotificationPreferences takes. */
export interface ListNotificationPreferencesParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** The person. */
  userId: string;
}

/** A row of listNotificationPreferences. */
export interface ListNotificationPreferencesResult {
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** Whether the person is notified by e-mail. */
  emailEnabled: boolean;
  /** Whether the person is notified inside the application. */
  inAppEnabled: boolean;
  /** What it is about. */
  notificationType: NotificationType;
  /** Whether the person is notified by push message. */
  pushEnabled: boolean;
  /** Whether the person is notified by SMS. */
  smsEnabled: boolean;
  /** When the row last changed. */
  updatedAt: Date;
  /** Whether the person is notified by WhatsApp. */
  whatsappEnabled: boolean;
}

/**
 * What the session's person wants to be notified of, a row for each type; without a row the defaults hold. In pages.
 */
export const listNotificationPreferences = new PagedQuery<ListNotificationPreferencesParams, ListNotificationPreferencesResult>('listNotificationPreferences', `select n.notification_type, n.email_enabled, n.sms_enabled, n.push_enabled, n.in_app_enabled, n.whatsapp_enabled,
       n.updated_at, n.notification_type as "cursor"
  from api.notification_preferences as n
 where n.tenant_id = $1 and n.user_id = $2 and ($3::text is null or n.notification_type > $3)
 order by n.notification_type
 limit $4`, ['tenantId!', 'userId!', 'after', 'first'], { callers: ['member', 'buyer', 'worker', 'platform'] });

/** What setNotificationPreference takes. */
export interface SetNotificationPreferenceParams {
  /** Whether the person is notified by e-mail. */
  emailEnabled?: boolean | null | undefined;
  /** Whether the person is notified inside the application. */
  inAppEnabled?: boolean | null | undefined;
  /** What it is about. */
  notificationType: NotificationType;
  /** Whether the person is notified by push message. */
  pushEnabled?: boolean | null | undefined;
  /** Whether the person is notified by SMS. */
  smsEnabled?: boolean | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** Whether the person is notified by WhatsApp. */
  whatsappEnabled?: boolean | null | undefined;
}

/** A row of setNotificationPreference. */
export interface SetNotificationPreferenceResult {
  /** Whether the person is notified by e-mail. */
  emailEnabled: boolean;
  /** Whether the person is notified inside the application. */
  inAppEnabled: boolean;
  /** What it is about. */
  notificationType: NotificationType;
  /** Whether the person is notified by push message. */
  pushEnabled: boolean;
  /** Whether the person is notified by SMS. */
  smsEnabled: boolean;
  /** Whether the person is notified by WhatsApp. */
  whatsappEnabled: boolean;
}

/**
 * Sets how the session's person is notified of something; what is NULL stays as it is. The defaults are
 * e-mail, push and the app. FORBIDDEN, INVALID_INPUT.
 */
export const setNotificationPreference = new OneQuery<SetNotificationPreferenceParams, SetNotificationPreferenceResult>('setNotificationPreference', `insert into api.notification_preferences as n (
  notification_type, email_enabled, sms_enabled, push_enabled, in_app_enabled, whatsapp_enabled
)
select $1::text, coalesce($2::boolean, true), coalesce($3::boolean, false),
       coalesce($4::boolean, true), coalesce($5::boolean, true),
       coalesce($6::boolean, false)
  from api.tenant as t
 where t.id = $7
on conflict (tenant_id, user_id, notification_type) do update
   set email_enabled = coalesce($2, n.email_enabled),
       sms_enabled = coalesce($3, n.sms_enabled),
       push_enabled = coalesce($4, n.push_enabled),
       in_app_enabled = coalesce($5, n.in_app_enabled),
       whatsapp_enabled = coalesce($6, n.whatsapp_enabled)
returning n.notification_type, n.email_enabled, n.sms_enabled, n.push_enabled, n.in_app_enabled, n.whatsapp_enabled`, ['notificationType!', 'emailEnabled', 'smsEnabled', 'pushEnabled', 'inAppEnabled', 'whatsappEnabled', 'tenantId!'], { callers: ['member', 'buyer'], closedSets: { notificationType: notificationTypes } });
