create or replace function internal.line_tax(
  p_amount numeric,
  p_tax_rate numeric,
  p_currency_code text,
  p_is_included boolean
)
  returns numeric
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  -- Amounts are never negative, so numeric's rounding away from zero is half up. The tax within a price is a
  -- quotient, which numeric rounds by itself: div gives its whole minor units exactly, with half a unit added.
  select round(
           case
             when p_is_included
               then div(p_amount * p_tax_rate * 2 * m.units + 1 + p_tax_rate, 2 * (1 + p_tax_rate)) / m.units
             else p_amount * p_tax_rate
           end,
           c.minor_unit)
    from commerce.currency as c
   cross join lateral (values (('1e' || c.minor_unit)::numeric)) as m (units)
   where c.code = p_currency_code
$$;

grant execute on function internal.line_tax(numeric, numeric, text, boolean) to commerce_definer;
comment on function internal.line_tax(numeric, numeric, text, boolean) is
  'The tax on an amount, or within it where prices include tax, rounded half up to the currency''s minor unit.';
