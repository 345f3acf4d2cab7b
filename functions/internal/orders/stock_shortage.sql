create or replace function internal.stock_shortage(p_product_id uuid, p_requested bigint, p_available integer)
  returns jsonb
  language sql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select jsonb_build_object(
    'product_id', p_product_id,
    'requested', p_requested,
    'available', case when p_available is not null then greatest(p_available, 0) end)
$$;

grant execute on function internal.stock_shortage(uuid, bigint, integer) to commerce_definer;
comment on function internal.stock_shortage(uuid, bigint, integer) is 'One short line of the detail of SCSTK; what is available is NULL for a caller who may not see it.';
