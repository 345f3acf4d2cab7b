create or replace function internal.refund_for_update(p_refund_id uuid, p_next_status text)
  returns commerce.refund
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('payments.manage');
  v_refund commerce.refund := internal.lock_refund(v_tenant_id, p_refund_id);
begin
  perform internal.require_transition('refund.status', v_refund.status, p_next_status);
  return v_refund;
end
$$;

grant execute on function internal.refund_for_update(uuid, text) to commerce_definer;
comment on function internal.refund_for_update(uuid, text) is
  'Locks a refund''s orders for a change of the refund to the given status. SCTEN, SCPRM, SCNTF, SCTRN.';
