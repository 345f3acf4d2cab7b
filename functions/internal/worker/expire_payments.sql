create or replace function internal.expire_payments(p_tenant_id uuid, p_batch integer default 100)
  returns integer
  language plpgsql
  volatile
  security definer  -- lends: ending payments as the worker of the tenant
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_payment commerce.payment;
  v_count integer := 0;
begin
  perform internal.refuse_faults(internal.batch_fault(p_batch, 10000));
  perform internal.adopt_tenant(p_tenant_id);

  -- The order is locked first, as in every transaction that pays or cancels. Two calls at once share the work: rows
  -- that one has locked, the other leaves out.
  for v_payment in
    select p.*
      from commerce.orders as o
      join commerce.payment as p on p.tenant_id = p_tenant_id and p.order_id = o.id
     where o.tenant_id = p_tenant_id
       and p.status in ('pending', 'requires_action')
       and p.expires_at < now()
       -- Staff have to look at a proof first.
       and p.proof_asset_id is null
     order by p.expires_at
     limit p_batch
       for no key update of o, p skip locked
  loop
    perform internal.record_payment_event(v_payment, 'expired', 0, 'job', 'expired');
    perform internal.derive_money(p_tenant_id, v_payment.order_id);
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;

alter function internal.expire_payments(uuid, integer) owner to commerce_definer;
grant execute on function internal.expire_payments(uuid, integer) to commerce_worker;
comment on function internal.expire_payments(uuid, integer) is
  'Ends a tenant''s payments that nobody completed in time, at most a batch (1 to 10000) a call; returns how many. A later report of the provider still counts. Safe to run twice at once. SCVAL.';
