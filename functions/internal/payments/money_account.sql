create or replace function internal.money_account(p_tenant_id uuid, p_order_id uuid, p_currency_code text)
  returns text
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select case o.currency_code when p_currency_code then 'order' else 'unallocated' end
    from commerce.orders as o
   where o.tenant_id = p_tenant_id and o.id = p_order_id
$$;

grant execute on function internal.money_account(uuid, uuid, text) to commerce_definer;
comment on function internal.money_account(uuid, uuid, text) is
  'What money of a currency is for while it is with an order: the order itself, or nothing yet, as the order is in another currency.';
