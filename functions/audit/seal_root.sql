create or replace function audit.seal_root(p_seal audit.seal)
  returns bytea
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select sha256(
    p_seal.previous_root || sha256(p_seal.tenant_roots)
      || record_send(row(
        p_seal.id, p_seal.from_id, p_seal.to_id, p_seal.sealed_at, p_seal.horizon, p_seal.row_count)))
$$;

alter function audit.seal_root(audit.seal) owner to commerce_audit;
comment on function audit.seal_root(audit.seal) is
  'The root of a seal, from the root before it and all its values.';
