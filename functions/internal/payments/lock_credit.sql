create or replace function internal.lock_credit(p_tenant_id uuid, p_customer_id uuid)
  returns void
  language sql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  -- A write and not a lock alone: a transaction with an older snapshot would not see what was spent meanwhile, and fails.
  update commerce.buyer_profile as b
     set created_at = b.created_at
   where b.tenant_id = p_tenant_id and b.id = p_customer_id
$$;

grant execute on function internal.lock_credit(uuid, uuid) to commerce_definer;
comment on function internal.lock_credit(uuid, uuid) is
  'Lets one transaction after the other take from a customer''s store credit, at every isolation level.';
