create or replace function internal.attach_lower_email(p_table regclass)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  execute format(
    'create or replace trigger _050_email before insert or update of email on %s
       for each row execute function internal.tg__lower_email()',
    p_table);
end
$$;

comment on function internal.attach_lower_email(regclass) is 'Attaches the trigger that lower-cases the email column.';
