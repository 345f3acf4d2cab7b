create or replace function audit.unvouched_seals()
  returns table (log_id uuid, reason text)
  language sql
  stable
  security definer  -- lends: reading the seals
  set search_path = pg_catalog, pg_temp
as $$
  with vouched as (
    select s.id, s.from_id, r.tenant_key, r.root
      from audit.seal as s
     cross join lateral audit.split_tenant_roots(s.tenant_roots) as r
  )
  select v.from_id, 'seal missing'
    from vouched as v
   where not exists (
           select from audit.tenant_seal as s where s.tenant_key = v.tenant_key and s.root = v.root
         )
     -- A merchant that left took its chain along, and the statement names its end.
     and not exists (
           select
             from audit.tenant_move as m
            where m.tenant_key = v.tenant_key
              and m.direction = 'out'
              and m.signature is not null
              and m.root = (
                select l.root from vouched as l where l.tenant_key = v.tenant_key order by l.id desc limit 1
              )
         )
   union all
  select s.from_id, 'seal altered'
    from audit.tenant_seal as s
   where not exists (
           select from vouched as v where v.tenant_key = s.tenant_key and v.root = s.root
         )
     -- A merchant that came, or is coming, brought its chain along.
     and not exists (
           select
             from audit.tenant_move as m
            where m.tenant_key = s.tenant_key
              and m.direction = 'in'
              and (m.to_id is null or m.signature is not null and s.number <= m.seal_number)
         )
$$;

alter function audit.unvouched_seals() owner to commerce_audit;
comment on function audit.unvouched_seals() is
  'Where the database''s chain and those of its merchants contradict each other, allowing for moves.';
