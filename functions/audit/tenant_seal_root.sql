create or replace function audit.tenant_seal_root(p_seal audit.tenant_seal)
  returns bytea
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select sha256(
    p_seal.previous_root || p_seal.digest || sha256(p_seal.marks)
      || record_send(row(
        p_seal.tenant_key, p_seal.number, p_seal.from_id, p_seal.to_id, p_seal.sealed_at, p_seal.row_count)))
$$;

alter function audit.tenant_seal_root(audit.tenant_seal) owner to commerce_audit;
comment on function audit.tenant_seal_root(audit.tenant_seal) is
  'The root of a merchant''s seal, from the root before it and all its values.';
