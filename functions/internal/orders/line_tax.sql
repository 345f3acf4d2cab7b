create or replace function internal.line_tax(p_amount numeric, p_tax_rate numeric, p_currency_code text)
  returns numeric
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  -- Amounts are never negative, so numeric's rounding away from zero is half up.
  select round(p_amount * p_tax_rate, c.minor_unit)
    from commerce.currency as c
   where c.code = p_currency_code
$$;

grant execute on function internal.line_tax(numeric, numeric, text) to commerce_definer;
comment on function internal.line_tax(numeric, numeric, text) is
  'The tax of an order line, rounded half up to the currency''s minor unit.';
