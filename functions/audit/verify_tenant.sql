create or replace function audit.verify_tenant(
  p_tenant_key uuid,
  out seal_count bigint,
  out row_count bigint,
  out redacted_count bigint,
  out dropped_count bigint,
  out root bytea,
  out log_id uuid,
  out reason text
)
  language sql
  stable
  security definer  -- lends: reading audit.log and its seals
  set search_path = pg_catalog, pg_temp
  set client_encoding = 'UTF8'
as $$
  with kept as (
    select min(p.from_id::text)::uuid as from_id from audit.partition_ranges() as p
  ),
  seals as (
    select s.*,
           s.number is distinct from coalesce(lag(s.number) over chain, 0) + 1
             or s.from_id is distinct from coalesce(lag(s.to_id) over chain, '00000000-0000-0000-0000-000000000000')
             or s.previous_root is distinct from coalesce(lag(s.root) over chain, decode(repeat('00', 32), 'hex'))
             as is_torn,
           s.root is distinct from audit.tenant_seal_root(s) as is_altered,
           s.to_id <= k.from_id as is_dropped
      from audit.tenant_seal as s
     cross join kept as k
     where s.tenant_key = p_tenant_key
    window chain as (order by s.number)
  ),
  bounds as (
    select coalesce(array_agg(s.to_id order by s.to_id), '{}') as to_ids from seals as s
  ),
  -- A row that the database's chain has passed and that no seal of the merchant covers was added later; but the rows of
  -- a merchant that is coming are not sealed here yet.
  passed as (
    select case
             when exists (
               select from audit.tenant_move as m
                where m.tenant_key = p_tenant_key and m.direction = 'in' and m.to_id is null
             ) then '00000000-0000-0000-0000-000000000000'
             else (audit.last_seal()).to_id
           end as to_id
  ),
  -- Two branches, because one index serves a merchant's rows and the platform's, which have no tenant_id.
  log as (
    select d.* from audit.digested_log as d where d.tenant_key = p_tenant_key and d.tenant_id = p_tenant_key
     union all
    select d.* from audit.digested_log as d where d.tenant_key = p_tenant_key and d.tenant_id is null
  ),
  rows as materialized (
    select l.id, l.digest, l.is_redacted, width_bucket(l.id, b.to_ids) as bucket,
           l.is_redacted and not exists (
             select
               from audit.log as r
              where r.tenant_key = p_tenant_key
                and (r.tenant_id = l.tenant_id or r.tenant_id is null and l.tenant_id is null)
                and r.table_name = l.table_name
                and r.record_key = l.record_key
                and r.action = 'redact'
                and r.id > l.id
           ) as is_emptied
      from log as l
     cross join bounds as b
  ),
  found as (
    select r.bucket, count(*) as row_count, count(*) filter (where r.is_redacted) as redacted_count,
           bool_or(r.is_emptied) as is_emptied, sha256(string_agg(r.digest, '' order by r.id)) as digest
      from rows as r
     group by r.bucket
  ),
  compared as (
    select s.*, f.row_count as found_count, f.redacted_count, f.is_emptied,
           f.digest is distinct from s.digest as is_different
      from (select *, row_number() over (order by to_id) - 1 as bucket from seals) as s
      left join found as f on f.bucket = s.bucket
  ),
  differences as (
    select c.from_id as log_id, 'seal missing' as reason, 0 as rank from compared as c where c.is_torn
     union all
    select c.from_id, 'seal altered', 1 from compared as c where c.is_altered
     union all
    (select coalesce(m.id, r.id),
            case when r.id is null then 'missing' when m.id is null then 'inserted' else 'altered' end, 2
       from (
         select split.id, split.mark
           from compared as c
          cross join lateral audit.split_marks(c.marks) as split
          where (c.is_different or c.is_emptied) and not c.is_dropped
       ) as m
       full join (
         select d.id, substring(d.digest for 8) as mark, d.is_emptied
           from rows as d
           join compared as c on c.bucket = d.bucket
          where (c.is_different or c.is_emptied) and not c.is_dropped
       ) as r on r.id = m.id
      where r.mark is distinct from m.mark or r.is_emptied)
     union all
    select c.from_id, 'seal altered', 3 from compared as c where c.is_different and not c.is_dropped
     union all
    select r.id, 'inserted', 2
      from rows as r
     cross join bounds as b
     cross join passed as p
     where r.bucket = cardinality(b.to_ids) and r.id < p.to_id
  )
  select count(*),
         coalesce(sum(c.found_count) filter (where not c.is_dropped), 0),
         coalesce(sum(c.redacted_count) filter (where not c.is_dropped), 0),
         coalesce(sum(c.row_count) filter (where c.is_dropped), 0),
         (select s.root from seals as s order by s.number desc limit 1),
         (select d.log_id from differences as d order by d.rank, d.log_id limit 1),
         (select d.reason from differences as d order by d.rank, d.log_id limit 1)
    from compared as c
$$;

alter function audit.verify_tenant(uuid) owner to commerce_audit;
comment on function audit.verify_tenant(uuid) is
  'Compares the log of one merchant (zeros: the platform''s rows) with its own chain of seals, on whichever server it lives; see audit.verify.';
