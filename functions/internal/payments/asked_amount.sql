create or replace function internal.asked_amount(p_payment commerce.payment, p_kind text)
  returns numeric
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select case
    when p_kind = 'authorized' then p_payment.amount
    when p_kind = 'captured' then greatest(p_payment.amount - p_payment.captured_amount, 0)
    when p_kind = 'dispute_won' and p_payment.disputed_amount > 0 then p_payment.disputed_amount
    when p_kind = 'dispute_won'
      then internal.lost_amount(p_payment.tenant_id, p_payment.id, p_payment.currency_code)
    when p_kind = 'dispute_lost' and p_payment.disputed_amount > 0 then p_payment.disputed_amount
    when p_kind in ('refunded', 'refund_failed') then coalesce((
      select r.amount
        from commerce.refund as r
       where r.tenant_id = p_payment.tenant_id
         and r.payment_id = p_payment.id
         and r.currency_code = p_payment.currency_code
         and r.status = 'pending'
         and r.method = 'original_payment'
       order by r.id
       limit 1
    ), case p_kind when 'refunded' then greatest(p_payment.captured_amount - p_payment.refunded_amount, 0) else 0 end)
    when p_kind in ('disputed', 'dispute_lost')
      then greatest(p_payment.captured_amount - p_payment.refunded_amount - p_payment.disputed_amount, 0)
    else 0
  end
$$;

grant execute on function internal.asked_amount(commerce.payment, text) to commerce_definer;
comment on function internal.asked_amount(commerce.payment, text) is
  'The amount that an event of a payment is about, where the provider reports none, or one for several orders: of money that comes in, what has not come yet.';
