create or replace function internal.return_for_update(
  p_return_id uuid,
  p_expected_version integer,
  p_next_status text default null
)
  returns commerce.order_returns
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_own_id uuid := internal.acting_customer();
  v_return commerce.order_returns;
begin
  -- The orders are locked first, by their ids: transactions that return, receive or cancel go through them one at a
  -- time.
  perform
     from commerce.orders as o
     join commerce.order_returns as r
       on r.tenant_id = v_tenant_id and o.id in (r.order_id, r.exchange_order_id)
    where o.tenant_id = v_tenant_id
      and r.id = p_return_id
      and (v_own_id is null or r.customer_id = v_own_id)
    order by o.id
      for no key update of o;
  if not found then
    perform internal.refuse_missing('return_id');
  end if;

  select r.*
    into v_return
    from commerce.order_returns as r
   where r.tenant_id = v_tenant_id and r.id = p_return_id
     for no key update;
  perform internal.require_version(p_expected_version, v_return.version, 'order_returns', v_return.id);
  if p_next_status is not null then
    perform internal.require_transition('order_returns.status', v_return.status, p_next_status);
  end if;
  return v_return;
end
$$;

grant execute on function internal.return_for_update(uuid, integer, text) to commerce_definer;
comment on function internal.return_for_update(uuid, integer, text) is
  'Locks a return that the caller may act on, and its orders, at the version the caller read, for a change to the given status if there is one. SCPRM, SCNTF, SCVRQ, SCVER, SCTRN.';
