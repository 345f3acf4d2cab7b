-- Clocks that are put back at midnight or soon after show the day's first hour twice, and "at time zone" means the
-- second. Clocks change at a quarter of an hour, and by less than three hours.
create or replace function internal.day_start(p_day date, p_timezone text)
  returns timestamptz
  language sql
  stable
  strict
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select min(m.at)
    from generate_series(
           p_day::timestamp at time zone p_timezone - interval '3 hours', p_day::timestamp at time zone p_timezone,
           interval '15 minutes') as m (at)
   where (m.at at time zone p_timezone)::date >= p_day
$$;

grant execute on function internal.day_start(date, text) to commerce_definer;
comment on function internal.day_start(date, text) is
  'The first moment at which the clocks of a time zone show this day, or, where they left it out, a later one.';
