create or replace function api.retry_refund(p_refund_id uuid)
  returns api.refund
  language plpgsql
  volatile
  security definer  -- lends: writing refunds
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_refund commerce.refund := internal.refund_for_update(p_refund_id, 'pending');
  v_refundable numeric;
begin
  select internal.refundable_amount(p, v_refund.order_id, v_refund.currency_code)
    into v_refundable
    from commerce.payment as p
   where p.tenant_id = v_refund.tenant_id and p.id = v_refund.payment_id;
  if v_refund.part is not null then
    select least(v_refundable, r.amount)
      into v_refundable
      from internal.refundable_parts(v_refund.tenant_id, v_refund.order_id) as r
     where r.part = v_refund.part;
  end if;
  -- Another refund may have used the amount since this one failed.
  if v_refund.amount > v_refundable then
    raise exception using
      errcode = 'SCAMT',
      message = 'amount must be at most what can be refunded',
      detail = json_build_object('field', 'amount', 'limit', v_refundable::text)::text;
  end if;
  update commerce.refund as r
     set status = 'pending'
   where r.tenant_id = v_refund.tenant_id and r.id = v_refund.id;
  update commerce.orders as o
     set refunded_amount = o.refunded_amount
   where o.tenant_id = v_refund.tenant_id and o.id = v_refund.order_id;
  return internal.refund_view(v_refund.id);
end
$$;

alter function api.retry_refund(uuid) owner to commerce_definer;
grant execute on function api.retry_refund(uuid) to commerce_member;
comment on function api.retry_refund(uuid) is
  'Requests a failed refund again. Needs payments.manage. SCAMT when other refunds have used up the payment, or its part of the price, SCPRM, SCNTF, SCTRN.';
