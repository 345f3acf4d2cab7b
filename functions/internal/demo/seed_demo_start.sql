-- The seed comes from md5, which every version of PostgreSQL computes alike.
create or replace function internal.seed_demo_start(p_tenant_number integer, p_step integer, p_seed integer)
  returns void
  language sql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select setseed(
    ('x' || left(md5(concat_ws(' ', p_tenant_number, p_step, p_seed)), 8))::bit(32)::integer / 2147483648.0)
$$;

grant execute on function internal.seed_demo_start(integer, integer, integer) to commerce_definer;
comment on function internal.seed_demo_start(integer, integer, integer) is
  'Starts random() where these numbers always start it.';
