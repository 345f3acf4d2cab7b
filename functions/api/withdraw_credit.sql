create or replace function api.withdraw_credit(p_credit_id uuid, p_reason text)
  returns api.customer_credit
  language plpgsql
  volatile
  security definer  -- lends: writing store credit and what money is for
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('payments.manage');
  v_grant commerce.customer_credit;
  v_refund commerce.refund;
  v_payment commerce.payment;
  v_left numeric;
  v_id uuid;
begin
  perform internal.require_text('reason', p_reason, 65536);
  select c.*
    into v_grant
    from commerce.customer_credit as c
   where c.tenant_id = v_tenant_id and c.id = p_credit_id and c.kind = 'granted';
  if not found then
    perform internal.refuse_missing('credit_id');
  end if;
  -- This locks the orders before the credit, as every transaction does that spends credit.
  if v_grant.refund_id is not null then
    v_refund := internal.lock_refund(v_tenant_id, v_grant.refund_id);
  end if;
  perform internal.lock_shopper(v_tenant_id, v_grant.customer_id);
  -- The customer may have been merged with another one meanwhile, who then has the credit.
  select c.*
    into strict v_grant
    from commerce.customer_credit as c
   where c.tenant_id = v_tenant_id and c.id = p_credit_id;
  perform internal.lock_shopper(v_tenant_id, v_grant.customer_id);
  select g.amount
    into v_left
    from internal.credit_left(v_tenant_id, v_grant.customer_id, v_grant.currency_code) as g
   where g.credit_id = p_credit_id;
  if not found then
    v_left := internal.in_currency(0, v_grant.currency_code);
    raise exception using
      errcode = 'SCAMT',
      message = 'this credit has no balance left',
      detail = json_build_object('field', 'credit_id', 'limit', v_left::text)::text;
  end if;

  insert into commerce.customer_credit (
    tenant_id, customer_id, granted_by_id, currency_code, amount, kind, reason
  )
  values (v_tenant_id, v_grant.customer_id, p_credit_id, v_grant.currency_code, -v_left, 'withdrawn', p_reason)
  returning id into v_id;
  -- The money that funded it belongs to the order again, and can be refunded in another way.
  if v_refund.id is not null then
    select p.* into v_payment from commerce.payment as p where p.tenant_id = v_tenant_id and p.id = v_refund.payment_id;
    perform internal.allocate(
      v_payment, v_refund.order_id, a.account, 'refunded', a.sign * v_left, v_refund.currency_code, v_refund.id,
      p_reason)
       from (
         values
           ('credit', -1),
           (internal.money_account(v_tenant_id, v_refund.order_id, v_refund.currency_code), 1)
       ) as a (account, sign);
    perform internal.derive_payment(v_payment);
  end if;
  return internal.credit_view(v_id);
end
$$;

alter function api.withdraw_credit(uuid, text) owner to commerce_definer;
grant execute on function api.withdraw_credit(uuid, text) to commerce_member;
comment on function api.withdraw_credit(uuid, text) is
  'Withdraws the rest of a grant of store credit that was given in error, or that its customer wants in money. The money of a refund then belongs to the order again, which is overpaid; refund it in another way. Needs payments.manage. SCAMT when nothing is left, SCNTF, SCPRM, SCVAL.
@param credit_id The row that granted it.
@param reason {customer_credit.reason}';
