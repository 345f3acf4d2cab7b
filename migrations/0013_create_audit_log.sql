-- The log of every change: partitioned by month on its time-ordered id, indexes by record and by time, owned by a role
-- that nobody logs in as. Partitions come from internal.ensure_partitions, never from a default one.

-- Up Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';
grant commerce_audit to commerce_owner;
set local role commerce_owner;
grant usage on schema internal to commerce_audit;

create table audit.log (
  id uuid not null default internal.uuid_v7(),
  tenant_key uuid not null,
  tenant_id uuid,
  occurred_at timestamptz not null default clock_timestamp(),
  txid xid8 not null default pg_current_xact_id(),
  actor_user_id uuid,
  actor_role text not null,
  session_id uuid,
  request_id text constraint log_request_id_bounded check (length(request_id) <= 255),
  action text not null
    constraint log_action_set check (action in (
      'insert', 'update', 'delete', 'truncate', 'read', 'login', 'export', 'impersonate', 'redact', 'custom'
    )),
  table_name text not null,
  record_key text,
  old_values jsonb,
  new_values jsonb,
  reason text,
  salt uuid default gen_random_uuid(),
  values_digest bytea,
  -- The tenant is part of the key for moves between servers, and its last column because the seal reads by id.
  constraint log_pkey primary key (id, tenant_key),
  constraint log_redacted_is_empty check (
    case
      when values_digest is null then salt is not null
      else num_nonnulls(salt, request_id, old_values, new_values, reason) = 0
    end
  )
) partition by range (id);

create index log_tenant_id_table_name_record_key_id_idx
  on audit.log (tenant_id, table_name, record_key, id desc);
create index log_tenant_id_id_idx on audit.log (tenant_id, id);

alter table audit.log owner to commerce_audit;

comment on table audit.log is 'What was changed, by whom and when. Rows are only added, and only audit.redact removes personal values from them. This table takes the place of the seed''s audit tables.';
comment on column audit.log.id is 'Identifier, ordered by time.';
comment on column audit.log.tenant_key is 'The tenant_id, or zeros for platform rows: never NULL, so that a merchant''s rows can be replicated alone.';
comment on column audit.log.tenant_id is 'The tenant whose row it is; NULL for platform rows. No foreign key: the log outlives the tenant.';
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
comment on column audit.log.salt is 'Random bytes; once they and the values are removed, the digest of the values says nothing about them. NULL in a redacted row.';
comment on column audit.log.values_digest is 'In a redacted row, the salted digest of what was removed; NULL in every other, whose digest is computed from its values.';

-- Chains of digests prove that nobody rewrote the log. They are made afterwards, so that writing costs nothing.
-- There is one for each merchant, so that a log is proved on any server to which its merchant moves, and one over those.
create table audit.tenant_seal (
  tenant_key uuid not null,
  number bigint not null,
  from_id uuid not null,
  to_id uuid not null,
  sealed_at timestamptz not null default now(),
  row_count integer not null,
  marks bytea not null,
  digest bytea not null,
  previous_root bytea not null,
  root bytea not null,
  constraint tenant_seal_pkey primary key (tenant_key, number),
  constraint tenant_seal_range_is_ordered check (from_id < to_id),
  constraint tenant_seal_row_count_positive check (row_count > 0),
  constraint tenant_seal_marks_length check (octet_length(marks) = 24 * row_count),
  constraint tenant_seal_digest_length check (octet_length(digest) = 32),
  constraint tenant_seal_previous_root_length check (octet_length(previous_root) = 32),
  constraint tenant_seal_root_length check (octet_length(root) = 32)
);
-- Digests do not compress, and trying to compress them took a tenth of the time of sealing.
alter table audit.tenant_seal alter column marks set storage external;
alter table audit.tenant_seal owner to commerce_audit;

comment on table audit.tenant_seal is 'Chained digests of one merchant''s rows of audit.log, one range of ids in each row, without gaps; rows are only added. They move with the merchant.';
comment on column audit.tenant_seal.tenant_key is 'The merchant whose rows they are; zeros for platform rows.';
comment on column audit.tenant_seal.number is 'Number of the seal in the merchant''s chain, from 1, without gaps.';
comment on column audit.tenant_seal.from_id is 'Log ids from here on; to_id of the merchant''s previous seal.';
comment on column audit.tenant_seal.to_id is 'Log ids before this one.';
comment on column audit.tenant_seal.sealed_at is 'When it was made.';
comment on column audit.tenant_seal.row_count is 'How many log rows it covers.';
comment on column audit.tenant_seal.marks is 'For each row, ordered by id: the id and the first 8 bytes of the row''s digest, so that a difference can be named.';
comment on column audit.tenant_seal.digest is 'SHA-256 over the digest of every row, ordered by id.';
comment on column audit.tenant_seal.previous_root is 'The root of the merchant''s previous seal; zeros for the first.';
comment on column audit.tenant_seal.root is 'SHA-256 over the previous root, the digest, the marks and the range.';

create table audit.seal (
  id bigint constraint seal_pkey primary key,
  from_id uuid not null,
  to_id uuid not null,
  sealed_at timestamptz not null default now(),
  horizon xid8 not null,
  row_count integer not null,
  tenant_roots bytea not null,
  previous_root bytea not null,
  root bytea not null,
  constraint seal_range_is_ordered check (from_id <= to_id),
  constraint seal_row_count_not_negative check (row_count >= 0),
  constraint seal_tenant_roots_length check (octet_length(tenant_roots) % 48 = 0),
  constraint seal_previous_root_length check (octet_length(previous_root) = 32),
  constraint seal_root_length check (octet_length(root) = 32)
);
alter table audit.seal alter column tenant_roots set storage external;
alter table audit.seal owner to commerce_audit;

comment on table audit.seal is 'The chain of this database over the seals of its merchants, one range of ids in each row, without gaps; rows are only added.';
comment on column audit.seal.id is 'Number of the seal, from 1, without gaps.';
comment on column audit.seal.from_id is 'Log ids from here on; the previous seal''s to_id.';
comment on column audit.seal.to_id is 'Log ids before this one.';
comment on column audit.seal.sealed_at is 'When it was made.';
comment on column audit.seal.horizon is 'The id of the transaction that sealed: once all with an earlier one have ended, what happened before sealed_at is final.';
comment on column audit.seal.row_count is 'How many log rows it covers.';
comment on column audit.seal.tenant_roots is 'For each merchant with rows in it: the 16 bytes of tenant_key and the 32 of the root in audit.tenant_seal.';
comment on column audit.seal.previous_root is 'The previous seal''s root; zeros for the first.';
comment on column audit.seal.root is 'SHA-256 over the previous root, the merchants'' roots and the range; a copy that is kept elsewhere proves all rows before it.';

create table audit.tenant_move (
  tenant_key uuid not null,
  direction text not null constraint tenant_move_direction_set check (direction in ('out', 'in')),
  begun_at timestamptz not null default now(),
  other_server text not null constraint tenant_move_other_server_length check (length(other_server) between 1 and 255),
  to_id uuid,
  seal_number bigint,
  root bytea,
  statement text,
  signature bytea,
  constraint tenant_move_pkey primary key (tenant_key, direction, begun_at),
  constraint tenant_move_ends_whole check (num_nulls(to_id, seal_number, root, statement) in (0, 4)),
  constraint tenant_move_root_length check (octet_length(root) = 32),
  constraint tenant_move_signature_has_statement check (signature is null or statement is not null)
);
alter table audit.tenant_move owner to commerce_audit;
grant select (tenant_key, direction, to_id) on audit.tenant_move to commerce_system;

comment on table audit.tenant_move is 'Merchants that left this server or came to it, and the signed statement that links the chains of both sides. It stays where it is when a merchant moves.';
comment on column audit.tenant_move.tenant_key is 'The merchant that moved.';
comment on column audit.tenant_move.direction is 'Whether the merchant left (out) or came (in).';
comment on column audit.tenant_move.begun_at is 'When it was noted; a merchant that is coming is not sealed here before the move has ended.';
comment on column audit.tenant_move.other_server is 'The name of the server at the other end.';
comment on column audit.tenant_move.to_id is 'Log ids before this one were sealed on the other server, or, of one that left, outside the rounds of this one.';
comment on column audit.tenant_move.seal_number is 'The last seal of the merchant''s chain at the move.';
comment on column audit.tenant_move.root is 'Its root.';
comment on column audit.tenant_move.statement is 'What was signed: the merchant, the last seal and its root, from where to where.';
comment on column audit.tenant_move.signature is 'Ed25519 over the statement, by a key that no database holds.';

reset role;
revoke commerce_audit from commerce_owner;

-- Down Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';
grant commerce_audit to commerce_owner;
set local role commerce_owner;

drop table audit.tenant_move;
drop table audit.seal;
drop table audit.tenant_seal;
drop table audit.log;
revoke usage on schema internal from commerce_audit;

reset role;
revoke commerce_audit from commerce_owner;
