create or replace function internal.fulfillment_for_update(
  p_fulfillment_id uuid,
  p_expected_version integer,
  p_next_status text default null
)
  returns commerce.fulfillment
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('orders.manage');
  v_fulfillment commerce.fulfillment;
begin
  -- The order is locked first: transactions that pack, correct or return go through it one at a time.
  perform
     from commerce.orders as o
    where o.tenant_id = v_tenant_id
      and o.id = (
        select f.order_id from commerce.fulfillment as f where f.tenant_id = v_tenant_id and f.id = p_fulfillment_id
      )
      for no key update;
  if not found then
    perform internal.refuse_missing('fulfillment_id');
  end if;

  select f.*
    into v_fulfillment
    from commerce.fulfillment as f
   where f.tenant_id = v_tenant_id and f.id = p_fulfillment_id
     for no key update;
  perform internal.require_version(p_expected_version, v_fulfillment.version, 'fulfillment', v_fulfillment.id);
  if p_next_status is not null then
    perform internal.require_transition('fulfillment.status', v_fulfillment.status, p_next_status);
  end if;
  return v_fulfillment;
end
$$;

grant execute on function internal.fulfillment_for_update(uuid, integer, text) to commerce_definer;
comment on function internal.fulfillment_for_update(uuid, integer, text) is
  'Locks a parcel and its order, at the version the caller read, for a change to the given status if there is one. SCPRM, SCNTF, SCVRQ, SCVER, SCTRN.';
