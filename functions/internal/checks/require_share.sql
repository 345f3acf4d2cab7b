create or replace function internal.require_share(p_field text, p_value numeric)
  returns void
  language plpgsql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  -- NaN is above every number.
  if p_value < 0 or p_value > 1 or min_scale(p_value) > 4 then
    perform internal.refuse_input(p_field, 'must be a share from 0 to 1 of at most 4 decimals: 0.1 is 10 %');
  end if;
end
$$;

grant execute on function internal.require_share(text, numeric) to commerce_definer;
comment on function internal.require_share(text, numeric) is
  'Refuses a value that is not a share of a whole: below 0, above 1 or with more than 4 decimals (SCVAL).';
