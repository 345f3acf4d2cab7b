create or replace function internal.refunded_payments(
  p_payments commerce.payment[],
  p_kind text,
  p_amount numeric,
  p_currency_code text,
  p_reference text,
  p_source text
)
  returns commerce.payment[]
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  with named as (
    select p as payment
      from unnest(p_payments) as p
     where exists (
       select
         from commerce.refund as r
        where r.tenant_id = p.tenant_id and r.payment_id = p.id and r.provider_reference = p_reference
     )
  ), meant as (
    select n.payment from named as n
    union all
    select p
      from internal.known_refund(
        p_payments, case p_kind when 'refunded' then 'succeeded' else 'failed' end, p_amount, p_currency_code,
        p_reference, p_source) as r
      join unnest(p_payments) as p on p.id = r.payment_id
     where not exists (select from named)
  )
  select coalesce(array_agg(m.payment order by (m.payment).id), p_payments)
    from meant as m
$$;

grant execute on function internal.refunded_payments(commerce.payment[], text, numeric, text, text, text)
  to commerce_definer;
comment on function internal.refunded_payments(commerce.payment[], text, numeric, text, text, text) is
  'Which payments of one reference a provider means that reports a refund: those whose refund it names or, if it names none, the one that has a refund of this amount; otherwise all.';
