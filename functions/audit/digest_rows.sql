create or replace function audit.digest_rows(p_from_id uuid, p_to_id uuid, p_tenant_key uuid default null)
  returns table (tenant_key uuid, row_count integer, marks bytea, digest bytea)
  language sql
  stable
  security definer  -- lends: reading audit.log
  set search_path = pg_catalog, pg_temp
  set client_encoding = 'UTF8'
  -- A batch is sorted in memory.
  set work_mem = '32MB'
as $$
  select d.tenant_key,
         count(*)::integer,
         string_agg(uuid_send(d.id) || substring(d.digest for 8), '' order by d.id),
         sha256(string_agg(d.digest, '' order by d.id))
    from (
      select l.tenant_key, l.id, l.digest
        from audit.digested_log as l
       where l.id >= p_from_id
         and l.id < p_to_id
         and (p_tenant_key is null or l.tenant_key = p_tenant_key)
         -- These rows were sealed by another server, or will be, or were sealed when their merchant left.
         and not exists (
           select
             from audit.tenant_move as m
            where m.tenant_key = l.tenant_key and l.id < coalesce(m.to_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
         )
      -- A digest is computed once, and not in each of the aggregates.
      offset 0
    ) as d
   group by d.tenant_key
$$;

alter function audit.digest_rows(uuid, uuid, uuid) owner to commerce_audit;
comment on function audit.digest_rows(uuid, uuid, uuid) is
  'The values that seals keep of the log rows in a range of ids (from included, to excluded), for each merchant with rows in it.';
