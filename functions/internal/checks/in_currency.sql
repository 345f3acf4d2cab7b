create or replace function internal.in_currency(p_amount numeric, p_currency_code text)
  returns numeric
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select round(p_amount, c.minor_unit)
    from commerce.currency as c
   where c.code = p_currency_code
$$;

grant execute on function internal.in_currency(numeric, text) to commerce_definer;
comment on function internal.in_currency(numeric, text) is
  'An amount with as many decimals as its currency has: 0 is 0.00 USD, 0 JPY and 0.000 KWD.';
