-- Requires: functions/api/views/order_returns.sql
create or replace function internal.return_view(p_return_id uuid)
  returns api.order_returns
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_return api.order_returns;
begin
  select r.*
    into v_return
    from api.order_returns as r
   where r.tenant_id = internal.tenant_id() and r.id = p_return_id;
  -- Column privileges do not apply to a function's result: the columns that a buyer may not select are left out here.
  if not internal.is_staff() then
    v_return.requested_by := null;
    v_return.approved_by := null;
  end if;
  return v_return;
end
$$;

grant execute on function internal.return_view(uuid) to commerce_definer;
comment on function internal.return_view(uuid) is
  'A return as the caller may see it: what the return functions return.';
