create or replace function internal.record_provider_refund(
  p_payment commerce.payment,
  p_kind text,
  p_amount numeric,
  p_currency_code text,
  p_reference text,
  p_occurred_at timestamptz,
  p_source text,
  p_note text
)
  returns boolean
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_status text := case p_kind when 'refunded' then 'succeeded' else 'failed' end;
  v_currency_code text := coalesce(p_currency_code, p_payment.currency_code);
  v_refund commerce.refund;
  v_is_known boolean := false;
  v_is_new boolean := false;
  v_part record;
begin
  -- The provider's own id of the refund decides. Money that was for several orders has a refund for each.
  for v_refund in
    select r.*
      from commerce.refund as r
     where r.tenant_id = p_payment.tenant_id and r.payment_id = p_payment.id and r.provider_reference = p_reference
     order by r.id
  loop
    v_is_known := true;
    if v_refund.status <> v_status then
      perform internal.finish_refund(v_refund, v_status, p_source, p_reference, p_occurred_at, p_note);
      v_is_new := true;
    end if;
  end loop;
  if v_is_known or p_amount = 0 then
    return v_is_new;
  end if;

  select r.*
    into v_refund
    from internal.known_refund(array[p_payment], v_status, p_amount, v_currency_code, p_reference, p_source) as r;
  if v_refund.status = v_status then
    update commerce.refund as r
       set provider_reference = p_reference
     where r.tenant_id = v_refund.tenant_id and r.id = v_refund.id and r.provider_reference is null;
    return false;
  elsif v_refund.id is not null then
    perform internal.finish_refund(v_refund, v_status, p_source, p_reference, p_occurred_at, p_note);
    return true;
  end if;

  -- This refund was made at the provider, of the money where it is by now.
  for v_part in
    with parts as (
      select h.order_id,
             least(h.amount, p_amount - coalesce(sum(h.amount) over (
               order by h.order_id <> p_payment.order_id, h.order_id
               rows between unbounded preceding and 1 preceding), 0)) as amount
        from internal.held_money(p_payment, v_currency_code) as h
    )
    select p.order_id, sum(p.amount) as amount
      from (
        select h.order_id, h.amount from parts as h where h.amount > 0
        union all
        -- What no order holds has gone back of the payment's own order.
        select p_payment.order_id, p_amount - coalesce(sum(h.amount) filter (where h.amount > 0), 0)
          from parts as h
      ) as p
     group by p.order_id
    having sum(p.amount) > 0
     order by p.order_id <> p_payment.order_id, p.order_id
  loop
    insert into commerce.refund (
      tenant_id, order_id, customer_id, seller_id, payment_id, currency_code, amount, idempotency_key, reason
    )
    select o.tenant_id, o.id, o.customer_id, o.seller_id, p_payment.id, v_currency_code, v_part.amount,
           internal.uuid_v7()::text, 'refunded at the provider'
      from commerce.orders as o
     where o.tenant_id = p_payment.tenant_id and o.id = v_part.order_id
    returning * into v_refund;
    perform internal.finish_refund(v_refund, v_status, p_source, p_reference, p_occurred_at, p_note);
  end loop;
  return true;
end
$$;

grant execute on function internal.record_provider_refund(
  commerce.payment, text, numeric, text, text, timestamptz, text, text) to commerce_definer;
comment on function internal.record_provider_refund(
  commerce.payment, text, numeric, text, text, timestamptz, text, text) is
  'Records that the provider gave money back (refunded), or that it did not arrive (refund_failed): of the refund that was asked for here, or one made at the provider. False when it is known already, also from staff or from the worker that asked for it.';
