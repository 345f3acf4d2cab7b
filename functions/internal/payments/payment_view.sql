-- Requires: functions/api/views/payment.sql
create or replace function internal.payment_view(p_payment_id uuid)
  returns api.payment
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_payment api.payment;
begin
  select p.*
    into v_payment
    from api.payment as p
   where p.tenant_id = internal.tenant_id() and p.id = p_payment_id;
  -- Column privileges do not apply to a function's result: the columns that a buyer may not select are left out here.
  if not internal.is_staff() then
    v_payment.metadata := '{}';
    v_payment.verified_by := null;
    v_payment.failure_message := null;
    v_payment.provider_reference := null;
  end if;
  return v_payment;
end
$$;

grant execute on function internal.payment_view(uuid) to commerce_definer;
comment on function internal.payment_view(uuid) is
  'A payment as the caller may see it: what the payment functions return.';
