-- What proves that nobody rewrote the log: a chain of digests over it, made afterwards, so that writing costs nothing.

-- Up Migration
set local lock_timeout = '2s';
grant commerce_audit to commerce_owner;
set local role commerce_owner;

create table audit.seal (
  id bigint constraint seal_pkey primary key,
  from_id uuid not null,
  to_id uuid not null,
  sealed_at timestamptz not null default now(),
  horizon xid8 not null,
  row_count integer not null,
  marks bytea not null,
  digest bytea not null,
  previous_root bytea not null,
  root bytea not null,
  constraint seal_range_is_ordered check (from_id <= to_id),
  constraint seal_row_count_not_negative check (row_count >= 0),
  constraint seal_marks_length check (octet_length(marks) = 24 * row_count),
  constraint seal_digest_length check (octet_length(digest) = 32),
  constraint seal_previous_root_length check (octet_length(previous_root) = 32),
  constraint seal_root_length check (octet_length(root) = 32)
);
alter table audit.seal owner to commerce_audit;

comment on table audit.seal is 'Chained digests of audit.log, a range of ids a row, without gaps; only added to.';
comment on column audit.seal.id is 'Number of the seal, from 1, without gaps.';
comment on column audit.seal.from_id is 'Log ids from here on; the previous seal''s to_id.';
comment on column audit.seal.to_id is 'Log ids before this one.';
comment on column audit.seal.sealed_at is 'When it was made.';
comment on column audit.seal.horizon is 'The transaction id that came next then: once all before it have ended, what happened before sealed_at is final.';
comment on column audit.seal.row_count is 'How many log rows it covers.';
comment on column audit.seal.marks is 'For each row, ordered by id: the id and the first 8 bytes of the row''s SHA-256, so that a difference can be named.';
comment on column audit.seal.digest is 'SHA-256 over the SHA-256 of every row, ordered by id.';
comment on column audit.seal.previous_root is 'The previous seal''s root; zeros for the first.';
comment on column audit.seal.root is 'SHA-256 over the previous root, the digest, the marks and the range; kept elsewhere too, it vouches for all rows before.';

reset role;
revoke commerce_audit from commerce_owner;

-- Down Migration
set local lock_timeout = '2s';
grant commerce_audit to commerce_owner;
set local role commerce_owner;

drop table audit.seal;

reset role;
revoke commerce_audit from commerce_owner;
