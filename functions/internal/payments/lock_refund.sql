create or replace function internal.lock_refund(p_tenant_id uuid, p_refund_id uuid)
  returns commerce.refund
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_refund commerce.refund;
begin
  perform internal.lock_payments(p_tenant_id, array[r.payment_id])
     from commerce.refund as r
    where r.tenant_id = p_tenant_id and r.id = p_refund_id;
  if not found then
    perform internal.refuse_missing('refund_id');
  end if;
  select r.*
    into v_refund
    from commerce.refund as r
   where r.tenant_id = p_tenant_id and r.id = p_refund_id;
  return v_refund;
end
$$;

grant execute on function internal.lock_refund(uuid, uuid) to commerce_definer;
comment on function internal.lock_refund(uuid, uuid) is 'Locks a refund''s payment and orders, and returns the refund (SCNTF).';
