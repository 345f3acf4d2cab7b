create or replace function api.write_off_loss(
  p_order_id uuid,
  p_amount numeric,
  p_reason text,
  p_idempotency_key text,
  p_currency_code text default null
)
  returns api.orders
  language plpgsql
  volatile
  security definer  -- lends: writing what money is for
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('payments.manage');
  v_order commerce.orders;
  v_currency_code text;
  v_limit numeric;
  v_left numeric := p_amount;
  v_lost record;
begin
  perform internal.refuse_faults(
    internal.amount_fault('amount', p_amount),
    case when p_currency_code is not null then internal.currency_fault('currency_code', p_currency_code) end,
    internal.text_fault('reason', p_reason, 65536)
  );
  if internal.begin_idempotent(
    'write_off_loss', p_idempotency_key, jsonb_build_array(p_order_id, trim_scale(p_amount), p_reason, p_currency_code)
  ) is not null then
    return internal.order_view(p_order_id);
  end if;

  select o.*
    into v_order
    from commerce.orders as o
   where o.tenant_id = v_tenant_id and o.id = p_order_id
     for no key update;
  if not found then
    perform internal.refuse_missing('order_id');
  end if;
  v_currency_code := coalesce(p_currency_code, v_order.currency_code);
  perform internal.require_amount('amount', p_amount, c.minor_unit)
     from commerce.currency as c
    where c.code = v_currency_code;
  select internal.in_currency(greatest(-coalesce(sum(a.amount), 0), 0), v_currency_code)
    into v_limit
    from commerce.money_allocation as a
   where a.tenant_id = v_tenant_id
     and a.order_id = p_order_id
     and a.account in ('order', 'unallocated')
     and a.currency_code = v_currency_code;
  if p_amount = 0 or p_amount > v_limit then
    raise exception using
      errcode = 'SCAMT',
      message = 'amount must be more than 0 and at most what went back beyond what came in',
      detail = json_build_object('field', 'amount', 'limit', v_limit::text)::text;
  end if;

  for v_lost in
    select p as payment, l.account, l.amount
      from (
        select a.payment_id, a.account, -sum(a.amount) as amount
          from commerce.money_allocation as a
         where a.tenant_id = v_tenant_id
           and a.order_id = p_order_id
           and a.account in ('order', 'unallocated')
           and a.currency_code = v_currency_code
         group by a.payment_id, a.account
        having sum(a.amount) < 0
      ) as l
      join commerce.payment as p on p.tenant_id = v_tenant_id and p.id = l.payment_id
     order by l.payment_id, l.account
  loop
    exit when v_left = 0;
    perform internal.allocate(
      v_lost.payment, p_order_id, a.account, 'written_off', a.sign * least(v_left, v_lost.amount),
      v_currency_code, p_reason => p_reason)
       from (values (v_lost.account, 1), ('loss', -1)) as a (account, sign);
    v_left := v_left - least(v_left, v_lost.amount);
  end loop;
  perform internal.derive_money(v_tenant_id, p_order_id);
  perform internal.follow_due_amount(v_tenant_id, p_order_id);
  perform internal.finish_idempotent('write_off_loss', p_idempotency_key, to_jsonb(p_order_id));
  return internal.order_view(p_order_id);
end
$$;

alter function api.write_off_loss(uuid, numeric, text, text, text) owner to commerce_definer;
grant execute on function api.write_off_loss(uuid, numeric, text, text, text) to commerce_member;
comment on function api.write_off_loss(uuid, numeric, text, text, text) is
  'Writes off as the merchant''s loss the money that was given back for an order beyond what came in, for instance when a dispute is lost after a refund; the due amount of the order falls by the loss. To lower what an order is worth, call adjust_order. Needs payments.manage. SCAMT, SCIDM, SCNTF, SCPRM, SCVAL.
@param amount {money_allocation.amount}
@param currency_code The currency of the money, where it went back in another currency than the order''s.
@param reason {money_allocation.reason}';
