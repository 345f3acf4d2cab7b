create or replace function audit.verify()
  returns table (
    seal_count bigint, row_count bigint, redacted_count bigint, dropped_count bigint, moved_count bigint,
    root bytea, log_id uuid, reason text
  )
  language plpgsql
  stable
  security definer  -- lends: reading audit.log and its seals
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_next_from uuid := uuid '00000000-0000-0000-0000-000000000000';
  v_seal audit.seal;
  v_tenant record;
begin
  seal_count := 0;
  row_count := 0;
  redacted_count := 0;
  dropped_count := 0;
  moved_count := 0;
  root := decode(repeat('00', 32), 'hex');

  for v_seal in
    select s.* from audit.seal as s order by s.id
  loop
    if v_seal.id <> seal_count + 1 or v_seal.from_id <> v_next_from or v_seal.previous_root <> root then
      log_id := v_next_from;
      reason := 'seal missing';
    elsif v_seal.root <> audit.seal_root(v_seal) then
      log_id := v_seal.from_id;
      reason := 'seal altered';
    end if;
    exit when reason is not null;

    seal_count := v_seal.id;
    v_next_from := v_seal.to_id;
    root := v_seal.root;
  end loop;

  -- The chains of the merchants are those that the database's chain vouches for, or a signed statement.
  for v_tenant in
    select v.*
      from (
        select s.tenant_key from audit.tenant_seal as s
         union
        select l.tenant_key from audit.log as l
      ) as t
     cross join lateral audit.verify_tenant(t.tenant_key) as v
  loop
    row_count := row_count + v_tenant.row_count;
    redacted_count := redacted_count + v_tenant.redacted_count;
    dropped_count := dropped_count + v_tenant.dropped_count;
    if v_tenant.reason is not null
      and (reason is null or reason not like 'seal%' and (v_tenant.reason like 'seal%' or v_tenant.log_id < log_id))
    then
      log_id := v_tenant.log_id;
      reason := v_tenant.reason;
    end if;
  end loop;
  if reason is null then
    select u.log_id, u.reason into log_id, reason from audit.unvouched_seals() as u limit 1;
  end if;
  moved_count := (
    select count(distinct m.tenant_key)
      from audit.tenant_move as m
     where m.direction = 'out'
       and m.signature is not null
       and not exists (select from audit.tenant_seal as s where s.tenant_key = m.tenant_key)
  );
  return next;
end
$$;

alter function audit.verify() owner to commerce_audit;
comment on function audit.verify() is
  'Compares the log with its seals: how many seals of the database and rows agree; how many of the rows were redacted, which is no difference where the redaction is in the log; how many rows left with dropped partitions, and how many merchants by a move; the last good root; and the first log row that does not agree with the reason (altered, missing, inserted, seal altered, seal missing); NULL when all do. Compare the root with one that was kept elsewhere: only that shows that the newest seals were removed.';
