create or replace function internal.grant_customer_credit(
  p_tenant_id uuid,
  p_customer_id uuid,
  p_amount numeric,
  p_currency_code text,
  p_refund_id uuid,
  p_reason text
)
  returns uuid
  language sql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  insert into commerce.customer_credit (
    tenant_id, customer_id, refund_id, currency_code, amount, expires_at, kind, reason
  )
  select t.id, p_customer_id, p_refund_id, p_currency_code, p_amount,
         case
           when t.settings ->> 'storeCreditDays' ~ '^[1-9][0-9]{0,4}$'
             then now() + make_interval(days => (t.settings ->> 'storeCreditDays')::integer)
         end,
         'granted', p_reason
    from commerce.tenant as t
   where t.id = p_tenant_id
  returning id
$$;

grant execute on function internal.grant_customer_credit(uuid, uuid, numeric, text, uuid, text) to commerce_definer;
comment on function internal.grant_customer_credit(uuid, uuid, numeric, text, uuid, text) is
  'Adds to a customer''s store credit; it expires after the number of days in the merchant''s setting storeCreditDays, or never.';
