-- Ids are ordered by time, but a long transaction commits late: a range is sealed only when nothing can still appear in
-- it. That is so before a moment at which no transaction was running, or whose running transactions have all ended
-- since: each seal remembers its moment and its own transaction's id (horizon), which is later than that of every
-- transaction that had written then. A snapshot alone does not show this: its xmax follows the last id that has ended,
-- so that it misses a running transaction with a newer one. A horizon ahead of the server's own ids comes from the
-- cluster that this one was restored from, where everything has ended. The time that is left unsealed lets the clock be
-- set back, as by a failover, without a new id among those that are sealed.
create or replace function audit.seal(p_batch integer default 50000, p_clock_step interval default '120 seconds')
  returns integer
  language plpgsql
  volatile
  security definer  -- lends: reading audit.log and writing audit.seal
  set search_path = pg_catalog, pg_temp
  set lock_timeout = '10s'
as $$
declare
  v_own_id xid8;
  v_oldest_id xid8;
  v_last audit.seal;
  v_sealed record;
  v_settled_at timestamptz;
  v_first_id uuid;
  v_to_id uuid;
begin
  if p_batch is null or p_batch not between 1 and 1000000 then
    raise exception using
      errcode = 'SCVAL',
      message = 'batch must be 1 to 1000000',
      detail = json_build_object('field', 'batch')::text;
  end if;
  -- Calls run one after the other. Only the log's owner can lock this table, whereas any login can hold an advisory
  -- lock.
  lock table audit.seal in share row exclusive mode;

  v_last := audit.last_seal();
  select l.id
    into v_first_id
    from audit.log as l
   where l.id >= v_last.to_id
   order by l.id
   limit 1;
  if not found then
    return 0;
  end if;

  -- The id is taken first: the snapshot then shows every transaction that has an earlier id.
  v_own_id := pg_current_xact_id();
  v_oldest_id := pg_snapshot_xmin(pg_current_snapshot());
  if v_oldest_id >= v_own_id then
    v_settled_at := transaction_timestamp();
  else
    select s.sealed_at
      into v_settled_at
      from audit.seal as s
     where s.horizon <= v_oldest_id or s.horizon > v_own_id
     order by s.id desc
     limit 1;
  end if;
  -- No seal reaches over two partitions, so that dropping one leaves the others provable. A seal that
  -- covers no row still marks a moment for the next.
  v_to_id := v_last.to_id;
  if v_settled_at is not null then
    select greatest(v_to_id, least(p.to_id, internal.uuid_v7_at(v_settled_at - p_clock_step - interval '1 second')))
      into strict v_to_id
      from audit.partition_ranges() as p
     where v_first_id >= p.from_id and v_first_id < p.to_id;
  end if;
  v_to_id := coalesce(
    (select l.id
       from audit.log as l
      where l.id >= v_last.to_id and l.id < v_to_id
      order by l.id
     offset p_batch
      limit 1),
    v_to_id);

  v_sealed := audit.seal_tenants(v_last.to_id, v_to_id);
  perform audit.add_seal(v_last, v_to_id, v_sealed.row_count, v_sealed.tenant_roots);
  return v_sealed.row_count;
end
$$;

alter function audit.seal(integer, interval) owner to commerce_audit;
comment on function audit.seal(integer, interval) is
  'Seals the next rows of the log that are final, at most a batch (1 to 1000000), except those within the time by which the clock may still be set back; returns how many. Waits for another call that is sealing, for ten seconds at most (55P03). SCVAL.';
