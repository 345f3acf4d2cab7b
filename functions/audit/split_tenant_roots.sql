create or replace function audit.split_tenant_roots(p_tenant_roots bytea)
  returns table (tenant_key uuid, root bytea)
  language sql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select encode(substring(p_tenant_roots from n for 16), 'hex')::uuid, substring(p_tenant_roots from n + 16 for 32)
    from generate_series(1, octet_length(p_tenant_roots), 48) as n
$$;

alter function audit.split_tenant_roots(bytea) owner to commerce_audit;
comment on function audit.split_tenant_roots(bytea) is 'The merchants'' seals that audit.seal.tenant_roots stands for.';
