create or replace function internal.tg_tenant__timezone()
  returns trigger
  language plpgsql
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  -- PostgreSQL reads these four as abbreviations, fixed offsets without daylight saving time, before it looks for
  -- zones.
  if new.timezone in ('CET', 'EET', 'MET', 'WET')
    or new.timezone <> 'UTC' and not exists (
      select from pg_catalog.pg_timezone_names as z where z.name = new.timezone
    )
  then
    raise exception using
      errcode = 'SCVAL',
      message = 'timezone must be an IANA name',
      detail = json_build_object('field', 'timezone')::text,
      hint = 'Name a place, such as Africa/Lagos or Europe/Paris.';
  end if;
  return new;
end
$$;

comment on function internal.tg_tenant__timezone() is
  'Trigger: timezone is an IANA name that includes the zone''s daylight saving time (SCVAL).';
