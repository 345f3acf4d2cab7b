create or replace function internal.known_refund(
  p_payments commerce.payment[],
  p_status text,
  p_amount numeric,
  p_currency_code text,
  p_reference text,
  p_source text
)
  returns setof commerce.refund
  language sql
  stable
  security invoker
  rows 1
  set search_path = pg_catalog, pg_temp
as $$
  select r.*
    from unnest(p_payments) as p
    join commerce.refund as r on r.tenant_id = p.tenant_id and r.payment_id = p.id
   where (r.provider_reference is null or p_reference is null)
     and (p_amount is null or r.amount = p_amount)
     and r.currency_code = coalesce(p_currency_code, p.currency_code)
     and r.method <> 'store_credit'
     and case r.status
           when p_status then p_source = 'webhook'
           when 'cancelled' then p_status = 'succeeded'
           else true
         end
   order by array_position(
              case when p_reference is null then array['pending', p_status] else array[p_status, 'pending'] end,
              r.status),
            r.id
   limit 1
$$;

grant execute on function internal.known_refund(commerce.payment[], text, numeric, text, text, text)
  to commerce_definer;
comment on function internal.known_refund(commerce.payment[], text, numeric, text, text, text) is
  'The refund of some payments that a provider means by an amount: one that others have reported already, or that was requested here; without a reference, the one that waits for an answer comes first.';
