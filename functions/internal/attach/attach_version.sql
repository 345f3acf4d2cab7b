create or replace function internal.attach_version(p_table regclass)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  execute format(
    'create or replace trigger _100_version before update of version on %s
       for each row execute function internal.tg__version()',
    p_table);
  execute format(
    'create or replace trigger _110_version_required before update of %s on %s
       for each row execute function internal.tg__version_required()',
    (select string_agg(quote_ident(s.column_name), ', ')
       from internal.stored_columns(p_table) as s
      where not s.is_derived),
    p_table);
end
$$;

comment on function internal.attach_version(regclass) is
  'Attaches the optimistic lock to a table: edited columns need the version, derived ones do not.';
