create or replace function internal.attach_identity(p_table regclass)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  execute format(
    'create or replace trigger _010_identity before update of %s on %s
       for each row execute function internal.tg__identity()',
    (select string_agg(quote_ident(a.attname), ', ' order by a.attnum)
       from pg_catalog.pg_attribute as a
      where a.attrelid = p_table
        and a.attname in ('id', 'tenant_id')
        and not a.attisdropped),
    p_table);
end
$$;

comment on function internal.attach_identity(regclass) is 'Attaches the trigger that keeps id and tenant_id of a table unchanged.';
