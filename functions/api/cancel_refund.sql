create or replace function api.cancel_refund(p_refund_id uuid)
  returns api.refund
  language plpgsql
  volatile
  security definer  -- lends: writing refunds
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_refund commerce.refund := internal.refund_for_update(p_refund_id, 'cancelled');
begin
  update commerce.refund as r
     set status = 'cancelled'
   where r.tenant_id = v_refund.tenant_id and r.id = v_refund.id;
  return internal.refund_view(v_refund.id);
end
$$;

alter function api.cancel_refund(uuid) owner to commerce_definer;
grant execute on function api.cancel_refund(uuid) to commerce_member;
comment on function api.cancel_refund(uuid) is
  'Cancels a refund that the provider has not carried out, or that failed. Its amount can then be refunded again. Needs payments.manage. SCPRM, SCNTF, SCTRN.';
