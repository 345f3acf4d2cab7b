-- What each person wants to be notified of, and by which means.

-- Up Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';
set local role commerce_owner;

create table commerce.notification_preferences (
  id uuid constraint notification_preferences_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  user_hash integer generated always as (uuid_hash(user_id) >> 1) stored,
  user_id uuid not null default internal.user_id(),
  email_enabled boolean not null default true,
  sms_enabled boolean not null default false,
  push_enabled boolean not null default true,
  in_app_enabled boolean not null default true,
  whatsapp_enabled boolean not null default false,
  notification_type text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint notification_preferences_tenant_id_fkey foreign key (tenant_id)
    references commerce.tenant (id) on delete restrict,
  constraint notification_preferences_user_id_fkey foreign key (tenant_id, user_id)
    references commerce.users (tenant_id, id) on delete cascade,
  constraint notification_preferences_notification_type_set check (
    notification_type in (
      'order_created', 'order_status_changed', 'order_shipped', 'order_delivered', 'order_cancelled',
      'payment_received', 'payment_failed', 'refund_processed', 'return_requested', 'return_updated',
      'return_approved', 'return_rejected', 'return_received', 'return_cancelled', 'new_message',
      'conversation_assigned', 'low_stock', 'team_invite', 'verification_approved',
      'verification_rejected', 'verification_info_needed', 'seller_approved', 'complaint_updated',
      'violation_issued', 'security_alert', 'marketing', 'system'
    )
  )
);

alter table commerce.notification_preferences
  add constraint notification_preferences_tenant_id_user_id_type_key unique (tenant_id, user_id, notification_type);
alter table commerce.notification_preferences replica identity using index notification_preferences_tenant_id_user_id_type_key;

comment on table commerce.notification_preferences is 'What a person wants to be notified of, and by which means; without a row the defaults of the columns apply.';
comment on column commerce.notification_preferences.id is 'Identifier, ordered by time of creation.';
comment on column commerce.notification_preferences.tenant_id is 'The merchant.';
comment on column commerce.notification_preferences.user_id is 'The person.';
comment on column commerce.notification_preferences.email_enabled is 'Whether the person is notified by e-mail.';
comment on column commerce.notification_preferences.sms_enabled is 'Whether the person is notified by SMS.';
comment on column commerce.notification_preferences.push_enabled is 'Whether the person is notified by push message.';
comment on column commerce.notification_preferences.in_app_enabled is 'Whether the person is notified inside the application.';
comment on column commerce.notification_preferences.whatsapp_enabled is 'Whether the person is notified by WhatsApp.';
comment on column commerce.notification_preferences.notification_type is 'What it is about.';
comment on column commerce.notification_preferences.created_at is 'When the row was made.';
comment on column commerce.notification_preferences.updated_at is 'When the row last changed.';

insert into internal.purge_child (parent, child, child_column, is_personal)
values ('users', 'commerce.notification_preferences', 'user_id', true);

-- Down Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';
set local role commerce_owner;

delete from internal.purge_child where child = 'commerce.notification_preferences';
drop table commerce.notification_preferences;
