create or replace function api.leave_payment(p_payment_id uuid, p_expected_version integer)
  returns api.payment
  language plpgsql
  volatile
  security definer  -- lends: writing payments
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_payment commerce.payment := internal.payment_for_update(p_payment_id, p_expected_version);
begin
  if v_payment.status not in ('pending', 'requires_action', 'authorized') then
    raise exception using
      errcode = 'SCTRN',
      message = 'only an open payment can be given up',
      detail = json_build_object('machine', 'payment.status', 'from', v_payment.status, 'to', 'cancelled')::text;
  end if;
  perform internal.give_up_payment(
    v_payment, case when internal.session_role() = 'commerce_buyer' then 'shopper' else 'staff' end);
  return internal.payment_view(p_payment_id);
end
$$;

alter function api.leave_payment(uuid, integer) owner to commerce_definer;
grant execute on function api.leave_payment(uuid, integer) to commerce_member, commerce_buyer, commerce_worker;
comment on function api.leave_payment(uuid, integer) is
  'Gives up an open payment, so that the order can be paid in another way. The provider is asked to cancel it (cancel_requested_at); money that still comes is counted. SCPRM, SCNTF, SCVER, SCVRQ, SCTRN.';
