-- Every transaction of a worker begins with this: the row stays locked until it ends, so that two never
-- work at once, however long one takes or whatever the clock does. It is not a lock of a session, which
-- would stay behind on the connection of a pooler. A lease with an end later than any new lease has was
-- given before the clock was set back, and is ignored. The clock is read as the row is: one read before it
-- would find the lease that the other worker has just renewed too long.
create or replace function internal.hold_worker_lease(p_worker text)
  returns text
  language plpgsql
  volatile
  security definer  -- lends: writing internal.worker_lease
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_length interval := interval '30 seconds';
begin
  perform internal.require_text('worker', p_worker, 255);
  perform
     from internal.worker_lease as l
    where l.worker = p_worker or l.expires_at not between clock_timestamp() and clock_timestamp() + v_length
      for update skip locked;
  if not found then
    return (select l.worker from internal.worker_lease as l);
  end if;

  update internal.worker_lease as l
     set worker = p_worker, expires_at = clock_timestamp() + v_length;
  return null;
end
$$;

alter function internal.hold_worker_lease(text) owner to commerce_system;
grant execute on function internal.hold_worker_lease(text) to commerce_worker;
comment on function internal.hold_worker_lease(text) is
  'Makes this worker the one that works, for 30 seconds and until the transaction ends; NULL, or the name of the worker that is. SCVAL.';
