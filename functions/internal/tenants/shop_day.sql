-- Read it into a variable: within a query, the planner evaluates it by a snapshot in which a worker has no session yet.
create or replace function internal.shop_day(p_tenant_id uuid)
  returns date
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select (now() at time zone t.timezone)::date from commerce.tenant as t where t.id = p_tenant_id
$$;

grant execute on function internal.shop_day(uuid) to commerce_definer;
comment on function internal.shop_day(uuid) is 'Today, as the clocks of a merchant show it.';
