-- The tenant's row comes first wherever something of a merchant is counted (the team, channels, products),
-- as the rule of the last owner takes it at the end: so such changes of one merchant follow each other, and
-- there is no deadlock. It is a write that changes nothing, because a lock alone lets repeatable read count
-- on its old snapshot; one for each transaction is enough.
create or replace function internal.lock_tenant()
  returns commerce.tenant
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant commerce.tenant;
begin
  update commerce.tenant as t
     set created_at = t.created_at
   where t.id = internal.tenant_id() and t.xmin <> pg_current_xact_id()::xid;
  select t.* into v_tenant from commerce.tenant as t where t.id = internal.tenant_id();
  return v_tenant;
end
$$;

grant execute on function internal.lock_tenant() to commerce_definer;
comment on function internal.lock_tenant() is
  'Locks the current tenant''s row until the transaction ends, for everything that is counted for a merchant. 40001 under repeatable read and serializable when another transaction has counted since this one began.';
