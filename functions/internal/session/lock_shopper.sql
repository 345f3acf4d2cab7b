create or replace function internal.lock_shopper(p_tenant_id uuid, p_customer_id uuid)
  returns void
  language sql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  -- This is a write and not only a lock, so that a transaction with an older snapshot, which would not see what was
  -- done meanwhile, fails.
  update commerce.buyer_profile as b
     set created_at = b.created_at
   where b.tenant_id = p_tenant_id and b.id = p_customer_id
$$;

grant execute on function internal.lock_shopper(uuid, uuid) to commerce_definer;
comment on function internal.lock_shopper(uuid, uuid) is
  'Lets one transaction after the other do what a shopper does once at a time, at every isolation level: take from the store credit, choose the default address and means of payment. 40001 under repeatable read and serializable when another transaction has done so since this one began.';
