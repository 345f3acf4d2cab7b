-- Undo: drop function internal.expire_unpaid_orders(uuid, interval, integer);
create or replace function internal.expire_unpaid_orders(
  p_tenant_id uuid,
  p_older_than interval default '24 hours',
  p_batch integer default 100
)
  returns integer
  language plpgsql
  volatile
  security definer  -- lends: cancelling orders as the worker of the tenant
  set search_path = ''
as $$
declare
  v_order commerce.orders;
  v_count integer := 0;
begin
  if p_older_than is null or p_older_than < interval '0' then
    perform internal.refuse_input('older_than', 'must be an interval of time that has passed');
  end if;
  if p_batch is null or p_batch not between 1 and 10000 then
    perform internal.refuse_input('batch', 'must be 1 to 10000');
  end if;
  perform internal.adopt_tenant(p_tenant_id);

  -- Two at once share the work: what one has locked, the other leaves out.
  for v_order in
    select o.*
      from commerce.orders as o
     where o.tenant_id = p_tenant_id
       and o.status = 'pending'
       and o.payment_status in ('unpaid', 'pending')
       and o.placed_at < now() - p_older_than
       and not o.is_deleted
     order by o.placed_at
     limit p_batch
       for no key update skip locked
  loop
    perform internal.cancel_locked_order(v_order, 'expired');
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;

alter function internal.expire_unpaid_orders(uuid, interval, integer) owner to commerce_definer;
grant execute on function internal.expire_unpaid_orders(uuid, interval, integer) to commerce_worker;
comment on function internal.expire_unpaid_orders(uuid, interval, integer) is
  'Cancels a tenant''s pending orders that nobody paid in time, with the reason expired, at most a batch (1 to 10000) a call; returns how many. Safe to run twice at once. SCVAL.';
