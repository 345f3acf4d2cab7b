-- The canonical form of a row is its binary one, which no setting of time zone, date style or byte form
-- changes; the encoding is UTF-8, which a reader of this view must set. The values have a digest
-- of their own, so that the rest of a redacted row can still be proven.
create or replace view audit.digested_log
  with (security_invoker = true)
as
select l.id,
       l.tenant_key,
       l.tenant_id,
       l.table_name,
       l.record_key,
       l.values_digest is not null as is_redacted,
       v.digest as values_digest,
       sha256(record_send(row(
         l.id, l.tenant_id, l.occurred_at, l.txid, l.actor_user_id, l.actor_role, l.session_id, l.action,
         l.table_name, l.record_key, v.digest))) as digest
  from audit.log as l
 cross join lateral (
   select coalesce(
            l.values_digest,
            sha256(uuid_send(l.salt) || record_send(row(l.request_id, l.old_values, l.new_values, l.reason)))) as digest
 ) as v;

alter view audit.digested_log owner to commerce_audit;
select internal.copy_comments('audit.digested_log', 'audit.log');
comment on view audit.digested_log is 'The rows of audit.log with the digests that seals are made of.';
comment on column audit.digested_log.is_redacted is 'Whether its values were removed.';
comment on column audit.digested_log.values_digest is 'Salted SHA-256 of the values, kept where they were removed.';
comment on column audit.digested_log.digest is 'SHA-256 of the row, with the digest of the values in place of them.';
