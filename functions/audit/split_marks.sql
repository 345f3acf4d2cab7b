create or replace function audit.split_marks(p_marks bytea)
  returns table (id uuid, mark bytea)
  language sql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select encode(substring(p_marks from n for 16), 'hex')::uuid, substring(p_marks from n + 16 for 8)
    from generate_series(1, octet_length(p_marks), 24) as n
$$;

alter function audit.split_marks(bytea) owner to commerce_audit;
comment on function audit.split_marks(bytea) is 'The rows that audit.tenant_seal.marks stands for.';
