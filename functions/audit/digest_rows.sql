-- Undo: drop function audit.digest_rows(uuid, uuid);
-- The canonical form of a row is its binary one, which no setting of time zone, date style or byte
-- form changes; of the encoding, it is UTF-8.
create or replace function audit.digest_rows(
  p_from_id uuid,
  p_to_id uuid,
  out row_count integer,
  out marks bytea,
  out digest bytea
)
  language sql
  stable
  security definer  -- lends: reading audit.log
  set search_path = pg_catalog, pg_temp
  set client_encoding = 'UTF8'
as $$
  with rows as materialized (
    select l.id,
           sha256(record_send(row(
             l.id, l.tenant_id, l.occurred_at, l.txid, l.actor_user_id, l.actor_role, l.session_id, l.request_id,
             l.action, l.table_name, l.record_key, l.old_values, l.new_values, l.reason))) as digest
      from audit.log as l
     where l.id >= p_from_id and l.id < p_to_id
     order by l.id
  )
  select count(*)::integer,
         coalesce(string_agg(uuid_send(r.id) || substring(r.digest for 8), '' order by r.id), ''),
         sha256(coalesce(string_agg(r.digest, '' order by r.id), ''))
    from rows as r
$$;

alter function audit.digest_rows(uuid, uuid) owner to commerce_audit;
comment on function audit.digest_rows(uuid, uuid) is
  'What audit.seal keeps of the log rows in a range of ids (from included, to excluded).';
