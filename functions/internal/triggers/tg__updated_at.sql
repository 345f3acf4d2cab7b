create or replace function internal.tg__updated_at()
  returns trigger
  language plpgsql
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  new.updated_at := now();
  return new;
end
$$;

comment on function internal.tg__updated_at() is 'Trigger: sets updated_at of a row that really changed.';
