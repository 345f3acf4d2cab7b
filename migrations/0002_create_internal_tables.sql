-- The tables that the functions keep for themselves: sessions, idempotency keys, counters, routes and
-- rules. No table here has row-level security, because no request role holds any right on one.
-- The functions that column defaults name come first; their living text is in functions/internal/.

-- Up Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';
set local check_function_bodies = off;
grant commerce_system to commerce_owner;
set local role commerce_owner;
grant usage, create on schema internal to commerce_system;

-- from functions/internal/session/refuse_session.sql
create or replace function internal.refuse_session()
  returns void
  language plpgsql
  stable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  -- A guessed or stolen id shows up in the server's log; the digest lets it be compared, not used.
  raise log 'commerce: session refused, digest %, role %',
    md5(current_setting('commerce.session', true)), current_setting('role', true);
  raise exception using
    errcode = 'SCCTX',
    message = 'session unknown or expired',
    hint = 'Open a new session and begin the transaction again.';
end
$$;

grant execute on function internal.refuse_session() to commerce_system, commerce_audit;
comment on function internal.refuse_session() is
  'Reports and refuses a session that is unknown, expired or of another role (SCCTX).';
-- end functions/internal/session/refuse_session.sql

-- from functions/internal/identifiers/uuid_v7.sql
-- PostgreSQL 18 has uuidv7(); before it, the same layout (RFC 9562, section 5.7) is put together
-- from a random uuid: 48 bits of Unix milliseconds, then version 7, then random bits.
do $do$
begin
  execute format(
    $create$
      create or replace function internal.uuid_v7()
        returns uuid
        language sql
        volatile
        parallel safe
        set search_path = pg_catalog, pg_temp
      as $body$
        %s
      $body$
    $create$,
    case when to_regprocedure('pg_catalog.uuidv7()') is not null
      then 'select pg_catalog.uuidv7()'
      else $polyfill$
        select encode(
          set_bit(set_bit(
            overlay(
              uuid_send(gen_random_uuid())
              placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
              from 1 for 6
            ), 52, 1), 53, 1), 'hex')::uuid
      $polyfill$
    end);
end
$do$;

grant execute on function internal.uuid_v7()
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_system, commerce_audit;
comment on function internal.uuid_v7() is
  'A new identifier: UUID version 7, ordered by time to the millisecond and random within it.';
-- end functions/internal/identifiers/uuid_v7.sql

-- from functions/internal/identifiers/phone_key.sql
-- Three countries write a mobile number in two ways, and providers use both: Brazil with a ninth digit in
-- front since 2012-2016, Mexico with a 1 until 2019, Argentina with a 9 from abroad. Numbers of Brazil that
-- begin with 2 to 5 without it are landlines.
create or replace function internal.phone_key(p_phone_number text)
  returns text
  language sql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select '+' || regexp_replace(
    regexp_replace(
      regexp_replace(ltrim(p_phone_number, '+'), '^(55[1-9][0-9])9([6-9][0-9]{7})$', e'\\1\\2'),
      '^521([0-9]{10})$', e'52\\1'),
    '^549([0-9]{10})$', e'54\\1')
$$;

grant execute on function internal.phone_key(text)
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_system, commerce_purge;
comment on function internal.phone_key(text) is
  'One form of a telephone number (E.164, with or without +), the same for every way to write it; NULL stays NULL.';
-- end functions/internal/identifiers/phone_key.sql

-- from functions/internal/identifiers/identity_key.sql
-- Requires: functions/internal/identifiers/phone_key.sql
create or replace function internal.identity_key(p_channel_type text, p_external_user_id text)
  returns text
  language sql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select case
    when p_channel_type in ('whatsapp', 'sms', 'phone') and p_external_user_id ~ '^[+]?[1-9][0-9]{6,14}$'
      then internal.phone_key(p_external_user_id)
    when p_channel_type = 'email' then lower(btrim(p_external_user_id))
    else p_external_user_id
  end
$$;

grant execute on function internal.identity_key(text, text)
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_system, commerce_purge;
comment on function internal.identity_key(text, text) is
  'The form by which a sender of a channel is recognised: a telephone number however it is written, an e-mail address in lower case, any other id as it is.';
-- end functions/internal/identifiers/identity_key.sql

-- from functions/internal/checks/is_blank.sql
-- CHECKs of names call it: a session reads a function of plpgsql once, and one of SQL at every statement.
create or replace function internal.is_blank(p_value text)
  returns boolean
  language plpgsql
  immutable
  strict
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  return translate(
    p_value,
    E' \t\n\r\u00A0\u00AD\u034F\u061C\u115F\u1160\u180E\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A'
    || E'\u200B\u200C\u200D\u200E\u200F\u2028\u2029\u202A\u202B\u202C\u202D\u202E\u202F\u205F\u2060\u2061\u2062\u2063\u2064'
    || E'\u2066\u2067\u2068\u2069\u2800\u3000\u3164\uFEFF\uFFA0',
    ''
  ) = '';
end
$$;

grant execute on function internal.is_blank(text)
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_system, commerce_purge;
comment on function internal.is_blank(text) is
  'Whether a text shows nothing: spaces, marks of direction, joiners and other invisible characters alone; NULL stays NULL.';
-- end functions/internal/checks/is_blank.sql

-- from functions/internal/session/tenant_id.sql
create or replace function internal.tenant_id()
  returns uuid
  language plpgsql
  stable
  parallel safe
  security definer  -- lends: reading internal.session
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_value uuid;
begin
  if coalesce(current_setting('commerce.session', true), '') = '' then
    return null;
  end if;

  -- No plpgsql variable inside this query: one makes it four times as expensive, and policies run it.
  select s.tenant_id
    into v_value
    from internal.session as s
   where s.id = current_setting('commerce.session', true)::pg_catalog.uuid
     and s.role = current_setting('role', true)
     and s.expires_at > transaction_timestamp();
  if not found then
    perform internal.refuse_session();
  end if;
  return v_value;
end
$$;

alter function internal.tenant_id() owner to commerce_system;
grant execute on function internal.tenant_id()
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_audit, commerce_owner, commerce_purge;
comment on function internal.tenant_id() is
  'The tenant of the current session; NULL without a session. SCCTX when the session is unknown, expired or of another role.';
-- end functions/internal/session/tenant_id.sql

-- from functions/internal/session/user_id.sql
create or replace function internal.user_id()
  returns uuid
  language plpgsql
  stable
  parallel safe
  security definer  -- lends: reading internal.session
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_value uuid;
begin
  if coalesce(current_setting('commerce.session', true), '') = '' then
    return null;
  end if;

  -- No plpgsql variable inside this query: one makes it four times as expensive, and policies run it.
  select s.user_id
    into v_value
    from internal.session as s
   where s.id = current_setting('commerce.session', true)::pg_catalog.uuid
     and s.role = current_setting('role', true)
     and s.expires_at > transaction_timestamp();
  if not found then
    perform internal.refuse_session();
  end if;
  return v_value;
end
$$;

alter function internal.user_id() owner to commerce_system;
grant execute on function internal.user_id()
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_audit, commerce_owner;
comment on function internal.user_id() is
  'The users row of the current session; NULL without a session or for a visitor. SCCTX as in internal.tenant_id().';
-- end functions/internal/session/user_id.sql

revoke create on schema internal from commerce_system;

create table internal.session (
  id uuid constraint session_pkey primary key default gen_random_uuid(),
  -- No foreign keys: the row of a tenant being provisioned does not exist yet, and a session never
  -- outlives what it names, because triggers delete it.
  tenant_id uuid,
  -- True at the tenant's number and nowhere else: see internal.tenant_gate().
  tenant_gate boolean[] generated always as (
    case when tenant_id is not null then array_fill(true, array[1], array[uuid_hash(tenant_id) >> 1]) end
  ) stored,
  user_id uuid,
  customer_id uuid,
  seller_id uuid,
  role text not null,
  permissions text[] not null default '{}',
  subject text,
  email text,
  reason text,
  read_announced_in xid8,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  constraint session_platform_has_reason check (role <> 'commerce_platform' or reason is not null)
);

create index session_tenant_id_subject_idx on internal.session (tenant_id, subject);
create index session_user_id_idx on internal.session (user_id);
create index session_expires_at_idx on internal.session (expires_at);

comment on table internal.session is 'Open tenant sessions. A transaction names its session by an id that cannot be guessed; deleting the row revokes the session.';
comment on column internal.session.id is '122 random bits. A client that knows the id and may take the role can use the session.';
comment on column internal.session.tenant_id is 'The only tenant that the session can see; NULL before a tenant is chosen.';
comment on column internal.session.tenant_gate is 'The tenant''s number as the only subscript of an array, for policies.';
comment on column internal.session.user_id is 'The users row that acts; NULL for visitors and workers.';
comment on column internal.session.customer_id is 'The buyer''s customer row; NULL for everyone else.';
comment on column internal.session.seller_id is 'The user''s seller profile, if there is one.';
comment on column internal.session.role is 'The request role that the session is bound to; under any other role it is refused.';
comment on column internal.session.permissions is 'Permission codes, computed when the session was opened.';
comment on column internal.session.subject is 'The identity provider''s subject claim.';
comment on column internal.session.email is 'The verified e-mail address of the subject.';
comment on column internal.session.reason is 'Why a system administrator looks at this tenant.';
comment on column internal.session.read_announced_in is 'The last transaction in which a platform session logged its read.';
comment on column internal.session.created_at is 'When the session was opened.';
comment on column internal.session.expires_at is 'The time after which the session is refused.';

create table internal.session_gate (
  tenant_id uuid constraint session_gate_pkey primary key
);
comment on table internal.session_gate is 'A row for each tenant. A transaction locks it for no key update to open a session of the tenant, and for share to revoke sessions; a revocation in all tenants locks the table.';
comment on column internal.session_gate.tenant_id is 'The tenant.';

-- Unlogged, because after a crash no transaction is left that could wait for a row.
create unlogged table internal.turn (
  tenant_id uuid not null,
  taken_at timestamptz not null default now(),
  name_hash bytea not null,
  constraint turn_pkey primary key (tenant_id, name_hash)
);
create index turn_taken_at_idx on internal.turn (taken_at);
comment on table internal.turn is 'The rows by which transactions take turns (internal.take_turn); each is removed when no transaction can be left that began before it.';
comment on column internal.turn.tenant_id is 'The tenant whose work it is.';
comment on column internal.turn.taken_at is 'When the turn was last taken; the row is deleted after an hour.';
comment on column internal.turn.name_hash is 'A hash of the name of the work, because names may contain private data.';

create table internal.worker_lease (
  is_only boolean constraint worker_lease_pkey primary key default true
    constraint worker_lease_is_only check (is_only),
  worker text not null default '',
  expires_at timestamptz not null default '-infinity'
);
comment on table internal.worker_lease is 'One row, which names the active worker and the time until which another worker waits.';
comment on column internal.worker_lease.is_only is 'Limits the table to one row.';
comment on column internal.worker_lease.worker is 'The name that the worker gave itself.';
comment on column internal.worker_lease.expires_at is 'Until when no other worker may work; each of its transactions extends it.';
insert into internal.worker_lease default values;

create table internal.job_run (
  job text constraint job_run_pkey primary key,
  last_success_at timestamptz,
  failures integer not null,
  last_error text
);
comment on table internal.job_run is 'The state of the periodic jobs: one row for each job, written by the worker.';
comment on column internal.job_run.job is 'The job''s name.';
comment on column internal.job_run.last_success_at is 'When it last finished its work; NULL: never.';
comment on column internal.job_run.failures is 'Runs that have failed since.';
comment on column internal.job_run.last_error is 'The SQLSTATE of the last failure.';

create table internal.live_secret (
  is_only boolean constraint live_secret_pkey primary key default true
    constraint live_secret_is_only check (is_only),
  secret bytea not null default uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
);
comment on table internal.live_secret is 'One row: the key by which the names of notification channels are made.';
comment on column internal.live_secret.is_only is 'Limits the table to one row.';
comment on column internal.live_secret.secret is '244 random bits.';
insert into internal.live_secret default values;

create table internal.login_subject (
  subject text not null,
  tenant_id uuid not null,
  user_id uuid not null,
  constraint login_subject_pkey primary key (subject, tenant_id)
);

create index login_subject_user_id_idx on internal.login_subject (user_id);

comment on table internal.login_subject is 'The tenants that know a subject of the identity provider; maintained by a trigger on users.';
comment on column internal.login_subject.subject is 'The subject claim.';
comment on column internal.login_subject.tenant_id is 'A tenant that has a user with this subject.';
comment on column internal.login_subject.user_id is 'That user.';

create table internal.idempotency_key (
  tenant_key uuid not null,
  tenant_id uuid,
  operation text not null,
  key text not null,
  request_hash bytea not null,
  result jsonb,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '7 days',
  constraint idempotency_key_pkey primary key (tenant_key, operation, key)
);

create index idempotency_key_expires_at_idx on internal.idempotency_key (expires_at);

comment on table internal.idempotency_key is 'Results of mutations by the key that the client gave, so that a repeat returns the first result.';
comment on column internal.idempotency_key.tenant_key is 'The tenant_id, or zeros without one; maintained by a trigger.';
comment on column internal.idempotency_key.tenant_id is 'NULL for operations that run before there is a tenant.';
comment on column internal.idempotency_key.operation is 'The function''s name.';
comment on column internal.idempotency_key.key is 'The client''s key.';
comment on column internal.idempotency_key.request_hash is 'SHA-256 of the request''s jsonb text.';
comment on column internal.idempotency_key.result is 'What the first call returned; NULL while it runs.';
comment on column internal.idempotency_key.created_at is 'When the first call began.';
comment on column internal.idempotency_key.expires_at is 'The time after which the key may be deleted.';

create table internal.domain_claim (
  host text constraint domain_claim_pkey primary key,
  tenant_id uuid not null,
  name text not null,
  is_active boolean not null,
  source text not null constraint domain_claim_source_set check (source in ('tenant', 'storefront')),
  claimed_at timestamptz not null default now(),
  verified_at timestamptz
);

alter table internal.domain_claim
  add constraint domain_claim_tenant_id_source_key unique (tenant_id, source);
alter table internal.domain_claim replica identity using index domain_claim_tenant_id_source_key;

comment on table internal.domain_claim is 'Every host name on the platform and the tenant that claimed it; maintained by triggers on tenant and storefront.';
comment on column internal.domain_claim.host is 'Lower-case host name without port.';
comment on column internal.domain_claim.tenant_id is 'The tenant that claimed it.';
comment on column internal.domain_claim.name is 'The tenant''s name, so that a visitor''s host resolves by this one row.';
comment on column internal.domain_claim.is_active is 'Whether sessions of the tenant can be opened: it is neither switched off nor suspended.';
comment on column internal.domain_claim.source is 'tenant: the platform''s own sub-domain; storefront: a custom domain.';
comment on column internal.domain_claim.claimed_at is 'When it was claimed; a custom domain that nobody verifies is free again after 7 days.';
comment on column internal.domain_claim.verified_at is 'When control of the host was proved; an unverified host resolves to no tenant.';

create table internal.channel_route (
  channel_type text not null,
  external_account_id text not null,
  tenant_id uuid not null,
  channel_id uuid not null,
  constraint channel_route_pkey primary key (channel_type, external_account_id)
);

create unique index channel_route_tenant_id_channel_id_key on internal.channel_route (tenant_id, channel_id);
alter table internal.channel_route replica identity using index channel_route_tenant_id_channel_id_key;

comment on table internal.channel_route is 'The channel that a provider''s account belongs to; maintained by a trigger on channel, read by webhooks.';
comment on column internal.channel_route.channel_type is 'Kind of channel.';
comment on column internal.channel_route.external_account_id is 'The provider''s account id.';
comment on column internal.channel_route.tenant_id is 'The tenant whose account it is.';
comment on column internal.channel_route.channel_id is 'The channel row.';

-- Rules: data that generates triggers. A table's rows are written by the migration that creates the table.
create table internal.derived_column (
  table_name text not null,
  column_name text not null,
  constraint derived_column_pkey primary key (table_name, column_name)
);
comment on table internal.derived_column is 'Columns that the database maintains: a change of one neither needs nor increments the version, and is not audited row by row.';
comment on column internal.derived_column.table_name is 'A table of schema commerce.';
comment on column internal.derived_column.column_name is 'Its derived column.';

create table internal.soft_delete_rule (
  parent text not null,
  child text not null,
  child_column text not null,
  action text not null constraint soft_delete_rule_action_set check (action in ('refuse', 'take along')),
  live_when text not null default 'not is_deleted',
  parent_column text not null default 'id',
  constraint soft_delete_rule_pkey primary key (parent, child, child_column)
);
comment on table internal.soft_delete_rule is 'What happens to the rows that refer to a row when it is deleted.';
comment on column internal.soft_delete_rule.parent is 'The table whose row is deleted.';
comment on column internal.soft_delete_rule.child is 'A table that refers to it.';
comment on column internal.soft_delete_rule.child_column is 'The referring column.';
comment on column internal.soft_delete_rule.action is 'refuse: live children forbid the deletion (SCDEP); take along: they are deleted, and restored, together.';
comment on column internal.soft_delete_rule.live_when is 'SQL condition on the child that says it is live.';
comment on column internal.soft_delete_rule.parent_column is 'The column of the parent that the child refers to.';

create table internal.purge_child (
  parent text not null,
  child text not null,
  child_column text not null,
  is_personal boolean not null default false,
  constraint purge_child_pkey primary key (parent, child, child_column)
);
comment on table internal.purge_child is 'Rows that are part of another, and go when internal.purge_deleted removes it. Any other row that refers to a deleted one keeps it.';
comment on column internal.purge_child.parent is 'A table of schema commerce with soft delete.';
comment on column internal.purge_child.child is 'The table of the part, with its schema.';
comment on column internal.purge_child.child_column is 'The column that holds the parent''s id.';
comment on column internal.purge_child.is_personal is 'Whether the part goes even when the parent itself has to stay.';

create table internal.audit_rule (
  table_name text not null,
  column_name text not null,
  treatment text not null constraint audit_rule_treatment_set check (treatment in ('omit', 'mask')),
  constraint audit_rule_pkey primary key (table_name, column_name)
);
comment on table internal.audit_rule is 'Columns that the audit log leaves out, or shows only as changed.';
comment on column internal.audit_rule.table_name is 'A table of schema commerce.';
comment on column internal.audit_rule.column_name is 'Its column.';
comment on column internal.audit_rule.treatment is 'omit: not logged at all; mask: logged as *** when it changes.';

create table internal.state_transition (
  machine text not null,
  from_state text not null,
  to_state text not null,
  permission text,
  buyer_may boolean not null default false,
  worker_may boolean not null default false,
  constraint state_transition_pkey primary key (machine, from_state, to_state)
);
comment on table internal.state_transition is 'Every allowed change of state; a trigger checks from and to, the functions check the caller.';
comment on column internal.state_transition.machine is 'table.column that holds the state.';
comment on column internal.state_transition.from_state is 'State before.';
comment on column internal.state_transition.to_state is 'State after.';
comment on column internal.state_transition.permission is 'Permission that staff need; NULL: no member may.';
comment on column internal.state_transition.buyer_may is 'Whether the buyer may make the change, on their own rows.';
comment on column internal.state_transition.worker_may is 'Whether a worker may make the change.';

create table internal.closed_set (
  table_name text not null,
  column_name text not null,
  allowed text[] not null,
  constraint closed_set_pkey primary key (table_name, column_name)
);
comment on table internal.closed_set is 'The values of each closed set, copied from its CHECK constraint by internal.attach_closed_sets, because a constraint''s definition is slow to read at every call.';
comment on column internal.closed_set.table_name is 'A table of schema commerce.';
comment on column internal.closed_set.column_name is 'Its column.';
comment on column internal.closed_set.allowed is 'The values, in the order of the constraint.';

reset role;
revoke commerce_system from commerce_owner;

-- Down Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';
grant commerce_system to commerce_owner;
set local role commerce_owner;

drop table internal.closed_set;
drop table internal.state_transition;
drop table internal.audit_rule;
drop table internal.purge_child;
drop table internal.soft_delete_rule;
drop table internal.derived_column;
drop table internal.channel_route;
drop table internal.domain_claim;
drop table internal.idempotency_key;
drop table internal.login_subject;
drop table internal.live_secret;
drop table internal.job_run;
drop table internal.worker_lease;
drop table internal.turn;
drop table internal.session_gate;
drop table internal.session;
drop function internal.user_id();
drop function internal.tenant_id();
drop function internal.is_blank(text);
drop function internal.identity_key(text, text);
drop function internal.phone_key(text);
drop function internal.uuid_v7();
drop function internal.refuse_session();
revoke usage on schema internal from commerce_system;

reset role;
revoke commerce_system from commerce_owner;
