-- As one expression without a SET clause it becomes a part of the statement that calls it: every line has a tax.
create or replace function internal.line_tax(
  p_amount numeric,
  p_tax_rate numeric,
  p_minor_unit smallint,
  p_is_included boolean
)
  returns numeric
  language sql
  immutable
  parallel safe
  security invoker
-- Amounts are never negative, so numeric's rounding away from zero is half up. The tax within a price is a
-- quotient, which numeric rounds by itself: div gives its whole minor units exactly, with half a unit added.
return round(
  case
    when p_is_included then
      div(p_amount * p_tax_rate * 2 * ('1e' || p_minor_unit)::numeric + 1 + p_tax_rate, 2 * (1 + p_tax_rate))
        / ('1e' || p_minor_unit)::numeric
    else p_amount * p_tax_rate
  end,
  p_minor_unit);

grant execute on function internal.line_tax(numeric, numeric, smallint, boolean) to commerce_definer;
comment on function internal.line_tax(numeric, numeric, smallint, boolean) is
  'The tax on an amount, or within it where prices include tax, rounded half up to the currency''s minor unit.';
