-- Undo: drop function audit.verify();
create or replace function audit.verify()
  returns table (seal_count bigint, row_count bigint, dropped_count bigint, root bytea, log_id uuid, reason text)
  language plpgsql
  stable
  security definer  -- lends: reading audit.log and audit.seal
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_kept_from uuid := (select min(p.from_id::text)::uuid from audit.partition_ranges() as p);
  v_next_from uuid := uuid '00000000-0000-0000-0000-000000000000';
  v_seal audit.seal;
  v_now record;
begin
  seal_count := 0;
  row_count := 0;
  dropped_count := 0;
  root := decode(repeat('00', 32), 'hex');

  for v_seal in
    select s.* from audit.seal as s order by s.id
  loop
    if v_seal.id <> seal_count + 1 or v_seal.from_id <> v_next_from or v_seal.previous_root <> root then
      log_id := v_next_from;
      reason := 'seal missing';
    elsif v_seal.root <> audit.seal_root(
      v_seal.previous_root, v_seal.digest, v_seal.marks, v_seal.id, v_seal.from_id, v_seal.to_id, v_seal.sealed_at,
      v_seal.horizon, v_seal.row_count)
    then
      log_id := v_seal.from_id;
      reason := 'seal altered';
    elsif v_seal.to_id <= v_kept_from then
      -- Its partition was dropped with age; the chain goes on over it.
      dropped_count := dropped_count + v_seal.row_count;
    else
      v_now := audit.digest_rows(v_seal.from_id, v_seal.to_id);
      if v_now.digest <> v_seal.digest then
        select d.id, d.reason
          into log_id, reason
          from (
            select coalesce(s.id, n.id) as id,
                   case when n.id is null then 'missing' when s.id is null then 'inserted' else 'altered' end as reason
              from audit.split_marks(v_seal.marks) as s
              full join audit.split_marks(v_now.marks) as n on n.id = s.id
             where n.mark is distinct from s.mark
          ) as d
         order by d.id
         limit 1;
        if not found then
          log_id := v_seal.from_id;
          reason := 'seal altered';
        end if;
      end if;
      row_count := row_count + v_now.row_count;
    end if;
    exit when reason is not null;

    seal_count := v_seal.id;
    v_next_from := v_seal.to_id;
    root := v_seal.root;
  end loop;
  return next;
end
$$;

alter function audit.verify() owner to commerce_audit;
comment on function audit.verify() is
  'Compares the log with its seals, oldest first: how many seals and rows agree, how many rows left with dropped partitions, the last good root, and the first log row that does not agree with the reason (altered, missing, inserted, seal altered, seal missing); NULL when all do. Compare the root with one that was kept elsewhere: only that shows that the newest seals were removed.';
