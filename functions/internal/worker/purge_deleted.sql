create or replace function internal.purge_deleted(
  p_tenant_id uuid,
  p_older_than interval,
  p_batch integer default 500,
  out removed integer,
  out blanked integer
)
  language plpgsql
  volatile
  security definer  -- lends: deleting rows, which append-only tables allow to this owner alone
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_table text;
  v_gone uuid[];
  v_kept uuid[];
  v_part record;
  v_personal text[];
begin
  perform internal.refuse_faults(
    case when p_older_than is null or p_older_than not between '0' and '100 years'
      then internal.fault('older_than', 'must be 0 to 100 years') end,
    internal.batch_fault(p_batch, 10000)
  );
  perform internal.adopt_tenant(p_tenant_id);
  removed := 0;
  blanked := 0;

  -- Rows that refer to others are removed before them, so that the others are free in the same run.
  for v_table in
    select t from internal.tables_to_purge() as t
  loop
    exit when removed + blanked >= p_batch;
    select coalesce(array_agg(c.id) filter (where not c.is_referred_to), '{}'),
           coalesce(array_agg(c.id) filter (where c.is_referred_to), '{}')
      into v_gone, v_kept
      from internal.purge_candidates(v_table, now() - p_older_than, p_batch - removed - blanked) as c;
    continue when v_gone = '{}' and v_kept = '{}';

    -- The parts are removed explicitly, not by a cascade: a cascade runs as the tables' owner, whom append-only tables
    -- refuse.
    for v_part in
      select c.child, c.child_column, c.is_personal
        from internal.purge_child as c
       where c.parent = v_table
       order by c.child
    loop
      execute format('delete from %s where tenant_id = $1 and %I = any ($2)', v_part.child, v_part.child_column)
        using p_tenant_id, case when v_part.is_personal then v_gone || v_kept else v_gone end;
    end loop;
    execute format('delete from commerce.%I where tenant_id = $1 and id = any ($2)', v_table)
      using p_tenant_id, v_gone;

    v_personal := internal.personal_columns(format('commerce.%I', v_table)::regclass);
    if v_kept <> '{}' and v_personal <> '{}' then
      execute format(
        'update commerce.%I set %s %s where tenant_id = $1 and id = any ($2)',
        v_table,
        (select string_agg(format('%s = null', c), ', ') from unnest(v_personal) as c),
        case when internal.has_column(format('commerce.%I', v_table)::regclass, 'version') then ', version = version' end)
        using p_tenant_id, v_kept;
    end if;
    removed := removed + cardinality(v_gone);
    blanked := blanked + cardinality(v_kept);
  end loop;
end
$$;

alter function internal.purge_deleted(uuid, interval, integer) owner to commerce_purge;
grant execute on function internal.purge_deleted(uuid, interval, integer) to commerce_worker;
comment on function internal.purge_deleted(uuid, interval, integer) is
  'The only hard delete. Of a tenant''s rows that were deleted longer ago than this, at most a batch (1 to 10000) a call: removes those that nothing refers to, with their parts, and empties the personal columns of those that something still refers to; returns both counts. This cannot be undone. Safe to run twice at once. SCVAL.';
