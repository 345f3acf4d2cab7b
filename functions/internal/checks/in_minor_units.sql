create or replace function internal.in_minor_units(p_column text, p_amount numeric, p_minor_unit smallint)
  returns numeric
  language plpgsql
  immutable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  -- NaN is greater than every number.
  if p_amount >= 1e15 or p_amount <= -1e15 then
    raise exception using
      errcode = 'SCAMT',
      message = format('%s is no amount below 10^15', p_column),
      detail = json_build_object('field', p_column)::text;
  end if;
  if min_scale(p_amount) > p_minor_unit then
    raise exception using
      errcode = 'SCAMT',
      message = format('%s has more than %s decimals', p_column, p_minor_unit),
      detail = json_build_object('field', p_column, 'minor_unit', p_minor_unit)::text;
  end if;
  return round(p_amount, p_minor_unit);
end
$$;

grant execute on function internal.in_minor_units(text, numeric, smallint) to commerce_definer;
comment on function internal.in_minor_units(text, numeric, smallint) is
  'An amount with as many decimals as its currency has: 2500.00 USD, 2500 JPY. SCAMT when it has more, or is not a number below 10^15.';
