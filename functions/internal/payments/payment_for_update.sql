create or replace function internal.payment_for_update(p_payment_id uuid, p_expected_version integer)
  returns commerce.payment
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_own_id uuid := internal.acting_customer();
  v_payment commerce.payment;
begin
  select p.*
    into v_payment
    from commerce.payment as p
   where p.tenant_id = v_tenant_id and p.id = p_payment_id and (v_own_id is null or p.customer_id = v_own_id);
  if not found then
    perform internal.refuse_missing('payment_id');
  end if;
  select p.* into v_payment from internal.lock_payments(v_tenant_id, array[p_payment_id]) as p;
  perform internal.require_version(p_expected_version, v_payment.version, 'payment', v_payment.id);
  return v_payment;
end
$$;

grant execute on function internal.payment_for_update(uuid, integer) to commerce_definer;
comment on function internal.payment_for_update(uuid, integer) is
  'Locks a payment that the caller may act on, and its order, at the version the caller read. SCPRM, SCNTF, SCVRQ, SCVER.';
