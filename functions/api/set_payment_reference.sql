create or replace function api.set_payment_reference(p_payment_id uuid, p_provider_reference text)
  returns api.payment
  language plpgsql
  volatile
  security definer  -- lends: writing payments
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('orders.manage');
  v_payment commerce.payment;
begin
  perform internal.require_text('provider_reference', p_provider_reference, 255);
  select p.*
    into v_payment
    from commerce.payment as p
   where p.tenant_id = v_tenant_id and p.id = p_payment_id;
  if not found then
    perform internal.refuse_missing('payment_id');
  elsif v_payment.payment_type = 'store_credit' then
    perform internal.refuse_input('payment_id', 'must not be a payment with store credit');
  elsif v_payment.provider_reference = p_provider_reference then
    return internal.payment_view(p_payment_id);
  end if;

  -- A payment at the provider for several orders has one reference.
  perform internal.lock_payments(v_tenant_id, array(
    select p.id
      from commerce.payment as p
     where p.tenant_id = v_tenant_id
       and p.provider = v_payment.provider
       and p.provider_reference = v_payment.provider_reference
  ));
  perform internal.refuse_reference(v_tenant_id, v_payment.provider, p_provider_reference);
  if not exists (
    select
      from commerce.payment as p
     where p.tenant_id = v_tenant_id
       and p.provider = v_payment.provider
       and p.provider_reference = v_payment.provider_reference
       and p.id::text = p.provider_reference
  ) then
    raise exception using
      errcode = 'SCIMM',
      message = 'the payment has the provider''s reference already';
  end if;
  update commerce.payment as p
     set provider_reference = p_provider_reference, version = p.version
   where p.tenant_id = v_tenant_id
     and p.provider = v_payment.provider
     and p.provider_reference = v_payment.provider_reference;
  select p.* into v_payment from commerce.payment as p where p.tenant_id = v_tenant_id and p.id = p_payment_id;
  perform internal.apply_waiting_events(v_payment);
  return internal.payment_view(p_payment_id);
end
$$;

alter function api.set_payment_reference(uuid, text) owner to commerce_definer;
grant execute on function api.set_payment_reference(uuid, text) to commerce_member, commerce_worker;
comment on function api.set_payment_reference(uuid, text) is
  'Sets the provider''s reference of a payment, once the provider has given it; where the payment covers several orders, for all of them. What the provider has already reported of this reference is counted. Needs orders.manage. SCDUP when another payment has the reference, SCIMM when this payment has another reference, SCNTF, SCPRM, SCVAL.';
