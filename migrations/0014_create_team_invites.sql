-- Invitations to a merchant's team.

-- Up Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';
set local role commerce_owner;

create table commerce.team_invites (
  id uuid constraint team_invites_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  created_by uuid not null default internal.user_id(),
  accepted_by uuid,
  resent_count smallint not null default 0,
  expires_at timestamptz not null default now() + interval '7 days',
  responded_at timestamptz,
  email text,
  phone_number text,
  role text not null,
  permissions text[] not null default '{}',
  status text not null default 'pending',
  token_hash bytea not null,
  message text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint team_invites_tenant_id_fkey foreign key (tenant_id) references commerce.tenant (id) on delete restrict,
  constraint team_invites_created_by_fkey foreign key (tenant_id, created_by)
    references commerce.users (tenant_id, id) on delete restrict,
  constraint team_invites_accepted_by_fkey foreign key (tenant_id, accepted_by)
    references commerce.users (tenant_id, id) on delete restrict,
  constraint team_invites_resent_count_not_negative check (resent_count >= 0),
  constraint team_invites_expires_after_creation check (expires_at > created_at),
  constraint team_invites_has_address check (email is not null or phone_number is not null),
  constraint team_invites_email_lower_case check (email = lower(email)),
  constraint team_invites_email_length check (length(email) <= 255),
  constraint team_invites_phone_number_form check (phone_number ~ '^\+[1-9][0-9]{6,14}$'),
  constraint team_invites_role_set check (role in ('owner', 'admin', 'manager', 'editor', 'viewer')),
  constraint team_invites_never_owner check (role <> 'owner'),
  constraint team_invites_permissions_size check (cardinality(permissions) <= 100 and array_position(permissions, null) is null),
  constraint team_invites_status_set check (status in ('pending', 'accepted', 'declined', 'expired', 'revoked')),
  constraint team_invites_accepted_by_someone check ((status = 'accepted') = (accepted_by is not null)),
  constraint team_invites_token_hash_length check (octet_length(token_hash) = 32),
  constraint team_invites_message_size check (octet_length(message) <= 65536)
);

create index team_invites_expires_at_idx on commerce.team_invites (expires_at) where status = 'pending';
create index team_invites_tenant_id_created_by_idx on commerce.team_invites (tenant_id, created_by);
create index team_invites_tenant_id_accepted_by_idx on commerce.team_invites (tenant_id, accepted_by);
alter table commerce.team_invites
  add constraint team_invites_tenant_id_token_hash_key unique (tenant_id, token_hash);
create unique index team_invites_tenant_id_email_key on commerce.team_invites (tenant_id, email)
  where status = 'pending' and email is not null;
create unique index team_invites_tenant_id_phone_number_key on commerce.team_invites (tenant_id, phone_number)
  where status = 'pending' and phone_number is not null;
alter table commerce.team_invites replica identity using index team_invites_tenant_id_token_hash_key;

comment on table commerce.team_invites is 'Invitations to a merchant''s team; the token itself is shown once and never stored.';
comment on column commerce.team_invites.id is 'Identifier, ordered by time of creation.';
comment on column commerce.team_invites.tenant_id is 'The merchant.';
comment on column commerce.team_invites.created_by is 'The person who invites; set by the database.';
comment on column commerce.team_invites.accepted_by is 'The person who accepted.';
comment on column commerce.team_invites.resent_count is 'How often it was sent again.';
comment on column commerce.team_invites.expires_at is 'The time after which it can no longer be accepted.';
comment on column commerce.team_invites.responded_at is 'When it was accepted or declined.';
comment on column commerce.team_invites.email is 'The e-mail address of the invited person, in lower case.';
comment on column commerce.team_invites.phone_number is 'The telephone number of the invited person, for WhatsApp or SMS, in E.164 form.';
comment on column commerce.team_invites.role is 'The team role that is offered; never owner.';
comment on column commerce.team_invites.permissions is 'Permission codes offered beyond those of the role, at most 100.';
comment on column commerce.team_invites.status is 'State of the invitation.';
comment on column commerce.team_invites.token_hash is 'SHA-256 of the token.';
comment on column commerce.team_invites.message is 'The message that the inviting person added.';
comment on column commerce.team_invites.created_at is 'When the row was made.';
comment on column commerce.team_invites.updated_at is 'When the row last changed.';

insert into internal.audit_rule (table_name, column_name, treatment)
values
  ('team_invites', 'token_hash', 'omit'),
  ('team_invites', 'email', 'mask'),
  ('team_invites', 'phone_number', 'mask');
insert into internal.state_transition (machine, from_state, to_state, permission, buyer_may, worker_may)
values
  ('team_invites.status', 'pending', 'accepted', null, false, false),
  ('team_invites.status', 'pending', 'declined', null, false, false),
  ('team_invites.status', 'pending', 'expired', null, false, true),
  ('team_invites.status', 'pending', 'revoked', 'team.manage', false, false);

-- The message that a form shows when a row breaks a rule: the field, followed by the rule.
comment on constraint team_invites_accepted_by_someone on commerce.team_invites is 'accepted_by must be given for an invitation that is accepted, and for no other';
comment on constraint team_invites_expires_after_creation on commerce.team_invites is 'expires_at must be after the invitation is made';
comment on constraint team_invites_has_address on commerce.team_invites is 'email must be given, or phone_number';
comment on constraint team_invites_never_owner on commerce.team_invites is 'role must not be owner: ownership is transferred';

-- Down Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';
set local role commerce_owner;

drop table commerce.team_invites;
delete from internal.state_transition where machine = 'team_invites.status';
delete from internal.audit_rule where table_name = 'team_invites';
