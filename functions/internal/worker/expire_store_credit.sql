create or replace function internal.expire_store_credit(p_tenant_id uuid, p_batch integer default 100)
  returns integer
  language plpgsql
  volatile
  security definer  -- lends: ending store credit as the worker of the tenant
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_customer record;
  v_count integer := 0;
begin
  perform internal.refuse_faults(internal.batch_fault(p_batch, 10000));
  perform internal.adopt_tenant(p_tenant_id);

  for v_customer in
    select c.customer_id, c.currency_code
      from commerce.customer_credit as c
     where c.tenant_id = p_tenant_id
       and c.kind = 'granted'
       and c.expires_at <= now()
       and c.amount + coalesce((
         select sum(s.amount)
           from commerce.customer_credit as s
          where s.tenant_id = p_tenant_id and s.granted_by_id = c.id
       ), 0) > 0
     group by c.customer_id, c.currency_code
     order by c.customer_id, c.currency_code
     limit p_batch
  loop
    -- The credit is read again under the lock, which api.spend_credit takes as well.
    perform internal.lock_shopper(p_tenant_id, v_customer.customer_id);
    insert into commerce.customer_credit (tenant_id, customer_id, granted_by_id, currency_code, amount, kind)
    select p_tenant_id, v_customer.customer_id, g.credit_id, v_customer.currency_code, -g.amount, 'expired'
      from internal.credit_left(p_tenant_id, v_customer.customer_id, v_customer.currency_code) as g
     where g.expires_at <= now();
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;

alter function internal.expire_store_credit(uuid, integer) owner to commerce_definer;
grant execute on function internal.expire_store_credit(uuid, integer) to commerce_worker;
comment on function internal.expire_store_credit(uuid, integer) is
  'Ends a tenant''s store credit that has expired, at most of a batch of customers (1 to 10000) a call; returns for how many. Safe to run twice at once. SCVAL.';
