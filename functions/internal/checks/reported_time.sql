-- Seconds that are taken for milliseconds lie in January 1970, and milliseconds that are taken for seconds
-- thousands of years ahead.
create or replace function internal.reported_time(p_field text, p_value timestamptz)
  returns timestamptz
  language plpgsql
  stable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  if coalesce(p_value not between '2000-01-01 00:00:00+00' and '9999-12-31 23:59:59+00', true) then
    perform internal.refuse_input(
      p_field, 'must be a point in time since 2000; is it in seconds where milliseconds are meant, or the reverse?');
  end if;
  return least(p_value, now());
end
$$;

grant execute on function internal.reported_time(text, timestamptz) to commerce_definer;
comment on function internal.reported_time(text, timestamptz) is
  'The time at which a provider reports that something happened. A time before 2000 or after 9999 is in a wrong unit (SCVAL), and a time in the future, from a clock that runs ahead, becomes the current time.';
