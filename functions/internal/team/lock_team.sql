-- The tenant's row comes first wherever a team changes, as the rule of the last owner takes it at the
-- end: so changes of one team follow each other, the plan's count stays true, and nobody waits in a circle.
create or replace function internal.lock_team()
  returns commerce.tenant
  language sql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select t.*
    from commerce.tenant as t
   where t.id = internal.tenant_id()
     for no key update
$$;

grant execute on function internal.lock_team() to commerce_definer;
comment on function internal.lock_team() is
  'Locks the current tenant''s row, and so its team, until the transaction ends.';
