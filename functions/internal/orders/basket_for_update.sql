create or replace function internal.basket_for_update(p_order_id uuid, p_expected_version integer)
  returns commerce.orders
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_order commerce.orders := internal.order_for_update(p_order_id, p_expected_version);
begin
  if v_order.status <> 'draft' then
    raise exception using
      errcode = 'SCIMM',
      message = 'the lines of a placed order do not change',
      hint = 'Staff correct them with api.correct_order_lines.';
  end if;
  return v_order;
end
$$;

grant execute on function internal.basket_for_update(uuid, integer) to commerce_definer;
comment on function internal.basket_for_update(uuid, integer) is
  'Locks a draft order whose lines the caller may change. SCIMM once placed; SCPRM, SCNTF, SCVRQ, SCVER.';
