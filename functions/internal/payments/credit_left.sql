create or replace function internal.credit_left(p_tenant_id uuid, p_customer_id uuid, p_currency_code text)
  returns table (credit_id uuid, amount numeric, expires_at timestamptz)
  language sql
  stable
  security invoker
  rows 5
  set search_path = pg_catalog, pg_temp
as $$
  select g.id, g.amount + coalesce(s.amount, 0), g.expires_at
    from commerce.customer_credit as g
    left join lateral (
      select sum(c.amount) as amount
        from commerce.customer_credit as c
       where c.tenant_id = p_tenant_id and c.granted_by_id = g.id
    ) as s on true
   where g.tenant_id = p_tenant_id
     and g.customer_id = p_customer_id
     and g.currency_code = p_currency_code
     and g.kind = 'granted'
     and g.amount + coalesce(s.amount, 0) > 0
$$;

grant execute on function internal.credit_left(uuid, uuid, text) to commerce_definer;
comment on function internal.credit_left(uuid, uuid, text) is
  'The rest of each grant of a customer''s store credit, including grants that have expired.';
