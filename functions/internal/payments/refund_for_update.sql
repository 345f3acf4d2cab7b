create or replace function internal.refund_for_update(p_refund_id uuid, p_next_status text)
  returns commerce.refund
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('payments.manage');
  v_refund commerce.refund;
begin
  -- The order first, as everyone locks it who pays, refunds or cancels.
  perform
     from commerce.orders as o
     join commerce.refund as r on r.tenant_id = v_tenant_id and r.order_id = o.id
    where o.tenant_id = v_tenant_id and r.id = p_refund_id
      for no key update of o;
  if not found then
    perform internal.refuse_missing('refund_id');
  end if;
  select r.*
    into v_refund
    from commerce.refund as r
   where r.tenant_id = v_tenant_id and r.id = p_refund_id;
  perform internal.require_transition('refund.status', v_refund.status, p_next_status);
  return v_refund;
end
$$;

grant execute on function internal.refund_for_update(uuid, text) to commerce_definer;
comment on function internal.refund_for_update(uuid, text) is
  'Locks the order of a refund for a change of the refund to the given status. SCTEN, SCPRM, SCNTF, SCTRN.';
