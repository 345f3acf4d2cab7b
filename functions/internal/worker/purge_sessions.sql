create or replace function internal.purge_sessions(p_batch integer default 1000)
  returns integer
  language plpgsql
  volatile
  security definer  -- lends: deleting from internal.session
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_count integer;
begin
  perform internal.refuse_faults(internal.batch_fault(p_batch, 100000));

  delete from internal.session as s
   where s.id = any (array(
     select e.id
       from internal.session as e
      where e.expires_at < now()
      order by e.expires_at
      limit p_batch
        for update skip locked
   ));
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

alter function internal.purge_sessions(integer) owner to commerce_system;
grant execute on function internal.purge_sessions(integer) to commerce_worker;
comment on function internal.purge_sessions(integer) is
  'Deletes sessions that have expired, at most a batch (1 to 100000) a call; returns how many. Safe to run twice at once. SCVAL.';
