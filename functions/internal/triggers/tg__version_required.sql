create or replace function internal.tg__version_required()
  returns trigger
  language plpgsql
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  -- tg__version sorts before this trigger and has bumped the version if the update named it. A cascade,
  -- which PostgreSQL runs as the owner of the tables, only repeats the values of a parent.
  if new.version = old.version and not (current_user = 'commerce_owner' and pg_trigger_depth() > 1) then
    raise exception using
      errcode = 'SCVRQ',
      message = 'the version that was read must be named',
      detail = json_build_object('field', 'version')::text,
      hint = 'Add version = <the version you read> to the update.';
  end if;
  return new;
end
$$;

comment on function internal.tg__version_required() is 'Trigger: an update of an edited column must name the version it read (SCVRQ).';
