create or replace function internal.past_time(p_field text, p_value timestamptz)
  returns timestamptz
  language plpgsql
  stable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  if p_value is null or not isfinite(p_value) or p_value < 'epoch' then
    perform internal.refuse_input(p_field, 'must be a point in time since 1970');
  end if;
  return least(p_value, now());
end
$$;

grant execute on function internal.past_time(text, timestamptz) to commerce_definer;
comment on function internal.past_time(text, timestamptz) is
  'When a provider says that something happened (SCVAL); the time of a clock that runs ahead is now.';
