-- Requires: functions/audit/seal.sql
-- The worker may not use schema audit; it seals the log by this function.
create or replace function internal.seal_audit_log(p_batch integer default 50000)
  returns integer
  language sql
  volatile
  security definer  -- lends: calling audit.seal
  set search_path = pg_catalog, pg_temp
as $$
  select audit.seal(p_batch)
$$;

alter function internal.seal_audit_log(integer) owner to commerce_audit;
grant execute on function internal.seal_audit_log(integer) to commerce_worker;
comment on function internal.seal_audit_log(integer) is
  'Seals the next rows of the audit log that are final, at most a batch (1 to 1000000); returns how many. SCVAL.';
