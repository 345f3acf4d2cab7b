create or replace function api.grant_credit(
  p_customer_id uuid,
  p_amount numeric,
  p_currency_code text,
  p_reason text,
  p_idempotency_key text
)
  returns api.customer_credit
  language plpgsql
  volatile
  security definer  -- lends: writing store credit
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('payments.manage');
  v_credit_id uuid;
begin
  perform internal.refuse_faults(
    internal.amount_fault('amount', p_amount),
    internal.currency_fault('currency_code', p_currency_code),
    internal.text_fault('reason', p_reason, 65536)
  );
  v_credit_id := (internal.begin_idempotent(
    'grant_credit', p_idempotency_key,
    jsonb_build_array(p_customer_id, trim_scale(p_amount), p_currency_code, p_reason)) ->> 'credit_id')::uuid;
  if v_credit_id is null then
    perform from commerce.buyer_profile as b
      where b.tenant_id = v_tenant_id and b.id = p_customer_id and not b.is_deleted
        for no key update;
    if not found then
      perform internal.refuse_missing('customer_id');
    end if;
    perform internal.require_amount('amount', p_amount, c.minor_unit)
       from commerce.currency as c
      where c.code = p_currency_code;
    if p_amount = 0 then
      perform internal.refuse_input('amount', 'must be more than 0');
    end if;
    v_credit_id := internal.grant_customer_credit(
      v_tenant_id, p_customer_id, p_amount, p_currency_code, null, p_reason);
    perform internal.finish_idempotent(
      'grant_credit', p_idempotency_key, jsonb_build_object('credit_id', v_credit_id));
  end if;
  return internal.credit_view(v_credit_id);
end
$$;

alter function api.grant_credit(uuid, numeric, text, text, text) owner to commerce_definer;
grant execute on function api.grant_credit(uuid, numeric, text, text, text) to commerce_member;
comment on function api.grant_credit(uuid, numeric, text, text, text) is
  'Gives a customer store credit out of goodwill. It expires after the number of days in the merchant''s setting storeCreditDays, or never where that is not set. Needs payments.manage. SCAMT, SCIDM, SCNTF, SCPRM, SCVAL.
@param amount {customer_credit.amount}
@param reason {customer_credit.reason}';
