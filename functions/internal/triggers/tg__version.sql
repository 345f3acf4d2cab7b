create or replace function internal.tg__version()
  returns trigger
  language plpgsql
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  if new.version is distinct from old.version then
    raise exception using
      errcode = 'SCVER',
      message = 'the row was changed by someone else',
      detail = json_build_object(
        'expected', new.version, 'actual', old.version, 'table', tg_table_name, 'id', to_jsonb(old) -> 'id')::text,
      hint = 'Read the row again and repeat the change on its current version.';
  end if;
  new.version := old.version + 1;
  new.updated_at := now();
  return new;
end
$$;

comment on function internal.tg__version() is 'Trigger: an update that names the version it read is refused when stale (SCVER), else bumps it.';
