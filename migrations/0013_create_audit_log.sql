-- The log of every change: partitioned by month on its time-ordered id, one index, owned by a role
-- that nobody logs in as. Partitions come from internal.ensure_partitions, never from a default one.

-- Up Migration
set local lock_timeout = '2s';
grant commerce_audit to commerce_owner;
set local role commerce_owner;
grant usage on schema internal to commerce_audit;

create table audit.log (
  id uuid not null default internal.uuid_v7(),
  tenant_id uuid,
  occurred_at timestamptz not null default clock_timestamp(),
  txid xid8 not null default pg_current_xact_id(),
  actor_user_id uuid,
  actor_role text not null,
  session_id uuid,
  request_id text constraint log_request_id_bounded check (length(request_id) <= 255),
  action text not null
    constraint log_action_set check (action in (
      'insert', 'update', 'delete', 'truncate', 'read', 'login', 'export', 'impersonate', 'custom'
    )),
  table_name text not null,
  record_key text,
  old_values jsonb,
  new_values jsonb,
  reason text,
  constraint log_pkey primary key (id)
) partition by range (id);
create index log_tenant_id_table_name_record_key_id_idx
  on audit.log (tenant_id, table_name, record_key, id desc);
alter table audit.log owner to commerce_audit;

comment on table audit.log is 'What was changed, by whom and when; only added to. The seed''s audit tables.';
comment on column audit.log.id is 'Identifier, ordered by time.';
comment on column audit.log.tenant_id is 'Whose row; NULL for platform rows. No foreign key: the log outlives the tenant.';
comment on column audit.log.occurred_at is 'Wall-clock time of the change.';
comment on column audit.log.txid is 'Transaction that made it; the seal waits for its end.';
comment on column audit.log.actor_user_id is 'The session''s users id. No foreign key: the log outlives the user.';
comment on column audit.log.actor_role is 'The request role that acted; none for a maintenance session.';
comment on column audit.log.session_id is 'Digest of the session''s id.';
comment on column audit.log.request_id is 'Request id that the client claimed: it leads to the request in the server''s log, and proves nothing.';
comment on column audit.log.action is 'What was done.';
comment on column audit.log.table_name is 'The table, without its schema.';
comment on column audit.log.record_key is 'The primary key as text, parts joined by a colon.';
comment on column audit.log.old_values is 'Former values of the changed columns.';
comment on column audit.log.new_values is 'New values of the changed columns.';
comment on column audit.log.reason is 'Why, as the client or the platform session claimed.';

reset role;
revoke commerce_audit from commerce_owner;

-- Down Migration
set local lock_timeout = '2s';
grant commerce_audit to commerce_owner;
set local role commerce_owner;

drop table audit.log;
revoke usage on schema internal from commerce_audit;

reset role;
revoke commerce_audit from commerce_owner;
