create or replace function internal.wake_snoozed_threads(p_tenant_id uuid, p_batch integer default 100)
  returns integer
  language plpgsql
  volatile
  security definer  -- lends: opening threads as the worker of the tenant
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_thread commerce.conversation_thread;
  v_count integer := 0;
begin
  perform internal.refuse_faults(internal.batch_fault(p_batch, 10000));
  perform internal.adopt_tenant(p_tenant_id);

  for v_thread in
    select t.*
      from commerce.conversation_thread as t
     where t.tenant_id = p_tenant_id and t.status = 'snoozed' and t.snoozed_until <= now()
     order by t.snoozed_until
     limit p_batch
       for no key update skip locked
  loop
    perform internal.change_thread_status(v_thread, 'open');
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;

alter function internal.wake_snoozed_threads(uuid, integer) owner to commerce_definer;
grant execute on function internal.wake_snoozed_threads(uuid, integer) to commerce_worker;
comment on function internal.wake_snoozed_threads(uuid, integer) is
  'Opens a tenant''s snoozed threads whose time has come, at most a batch (1 to 10000) a call; returns how many. Safe to run twice at once. SCVAL.';
