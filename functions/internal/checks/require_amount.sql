create or replace function internal.require_amount(p_field text, p_value numeric, p_minor_unit smallint)
  returns void
  language plpgsql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  if p_value is null or p_value < 0 or p_value >= 1e15 or min_scale(p_value) > p_minor_unit
    or p_value = 'NaN'
  then
    raise exception using
      errcode = 'SCAMT',
      message = format('%s must be an amount of at most %s decimals', p_field, p_minor_unit),
      detail = json_build_object('field', p_field, 'minor_unit', p_minor_unit)::text;
  end if;
end
$$;

grant execute on function internal.require_amount(text, numeric, smallint) to commerce_definer;
comment on function internal.require_amount(text, numeric, smallint) is
  'Refuses what is no amount of a currency: missing, negative, too large or with too many decimals (SCAMT).';
