-- Requires: functions/internal/checks/fault.sql
create or replace function internal.amount_fault(p_field text, p_value numeric, p_minor_unit smallint default null)
  returns jsonb
  language plpgsql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  -- NaN is above every number.
  if p_value >= 0 and p_value < 1e15 and min_scale(p_value) <= coalesce(p_minor_unit, 4) then
    return null;
  end if;
  return internal.fault(p_field, format('must be an amount of at most %s decimals', coalesce(p_minor_unit, 4)))
    || jsonb_build_object('code', 'SCAMT', 'minor_unit', p_minor_unit);
end
$$;

grant execute on function internal.amount_fault(text, numeric, smallint) to commerce_definer;
comment on function internal.amount_fault(text, numeric, smallint) is
  'The fault of a value that is not an amount of a currency: missing, negative, too large or with too many decimals. minor_unit is NULL where the currency is not known yet; the fault is then that of a value that is not an amount of any currency.';
