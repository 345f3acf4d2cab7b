create or replace function internal.move_threads(p_tenant_id uuid, p_from_customer_id uuid, p_to_customer_id uuid)
  returns uuid[]
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_thread commerce.conversation_thread;
  v_thread_ids uuid[] := '{}'::uuid[];
begin
  for v_thread in
    select t.*
      from commerce.conversation_thread as t
     where t.tenant_id = p_tenant_id and t.customer_id = p_from_customer_id
     order by t.id
       for update
  loop
    -- In a channel a customer has one thread that is not closed; the one that is there stays open.
    if v_thread.status <> 'closed' and exists (
      select
        from commerce.conversation_thread as t
       where t.tenant_id = p_tenant_id
         and t.customer_id = p_to_customer_id
         and t.channel_id = v_thread.channel_id
         and t.status <> 'closed'
    ) then
      perform internal.close_thread(v_thread);
    end if;
    update commerce.conversation_thread as t
       set customer_id = p_to_customer_id, version = t.version
     where t.tenant_id = p_tenant_id and t.id = v_thread.id;
    v_thread_ids := v_thread_ids || v_thread.id;
  end loop;
  return v_thread_ids;
end
$$;

grant execute on function internal.move_threads(uuid, uuid, uuid) to commerce_definer;
comment on function internal.move_threads(uuid, uuid, uuid) is
  'Gives the threads of one customer to another, whose row the caller has locked, and returns them.';
