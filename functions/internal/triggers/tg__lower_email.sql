create or replace function internal.tg__lower_email()
  returns trigger
  language plpgsql
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  new.email := lower(btrim(new.email));
  return new;
end
$$;

comment on function internal.tg__lower_email() is 'Trigger: stores e-mail addresses in lower case.';
