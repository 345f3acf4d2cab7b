create or replace function internal.attach_updated_at(p_table regclass)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_is_versioned boolean := exists (
    select
      from pg_catalog.pg_attribute as a
     where a.attrelid = p_table and a.attname = 'version' and not a.attisdropped
  );
  v_columns text[];
begin
  -- Where there is a version, its trigger sets updated_at with every edit; this trigger is then left the derived columns.
  select array_agg(quote_ident(s.column_name))
    into v_columns
    from internal.stored_columns(p_table) as s
   where s.is_derived or not v_is_versioned;
  if v_columns is null then
    return;
  end if;

  -- The condition names the columns: in a BEFORE trigger the generated ones are not computed yet, so
  -- whole rows would always differ.
  execute format(
    'create or replace trigger _120_updated_at before update of %s on %s
       for each row when ((%s) is distinct from (%s))
       execute function internal.tg__updated_at()',
    array_to_string(v_columns, ', '),
    p_table,
    'row(old.' || array_to_string(v_columns, ', old.') || ')',
    'row(new.' || array_to_string(v_columns, ', new.') || ')');
end
$$;

comment on function internal.attach_updated_at(regclass) is
  'Attaches the trigger that sets updated_at when a row really changed.';
