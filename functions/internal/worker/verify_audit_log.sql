-- Requires: functions/audit/verify.sql
create or replace function internal.verify_audit_log()
  returns table (
    seal_count bigint, row_count bigint, redacted_count bigint, dropped_count bigint, moved_count bigint,
    root bytea, log_id uuid, reason text
  )
  language sql
  stable
  security definer  -- lends: calling audit.verify
  set search_path = pg_catalog, pg_temp
as $$
  select v.seal_count, v.row_count, v.redacted_count, v.dropped_count, v.moved_count, v.root, v.log_id, v.reason
    from audit.verify() as v
$$;

alter function internal.verify_audit_log() owner to commerce_audit;
grant execute on function internal.verify_audit_log() to commerce_worker;
comment on function internal.verify_audit_log() is
  'Compares the audit log with its seals; see audit.verify.';
