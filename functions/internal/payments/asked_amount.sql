create or replace function internal.asked_amount(p_payment commerce.payment, p_kind text)
  returns numeric
  language sql
  immutable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select case
    when p_kind in ('authorized', 'captured') then p_payment.amount
    when p_kind = 'dispute_won' then p_payment.disputed_amount
    when p_kind = 'dispute_lost' and p_payment.disputed_amount > 0 then p_payment.disputed_amount
    when p_kind in ('refunded', 'disputed', 'dispute_lost')
      then greatest(p_payment.captured_amount - p_payment.refunded_amount, 0)
    else 0
  end
$$;

grant execute on function internal.asked_amount(commerce.payment, text) to commerce_definer;
comment on function internal.asked_amount(commerce.payment, text) is
  'The amount that an event of a payment is about, where the provider states none.';
