create or replace function internal.end_worker_lease(p_worker text)
  returns void
  language sql
  volatile
  security definer  -- lends: writing internal.worker_lease
  set search_path = pg_catalog, pg_temp
as $$
  update internal.worker_lease as l
     set expires_at = '-infinity'
   where l.worker = p_worker
$$;

alter function internal.end_worker_lease(text) owner to commerce_system;
grant execute on function internal.end_worker_lease(text) to commerce_worker;
comment on function internal.end_worker_lease(text) is
  'Lets another worker begin at once; does nothing if this one does not hold the lease.';
