create or replace function internal.tg__append_only()
  returns trigger
  language plpgsql
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  -- Columns that a row repeats from its parent follow the parent. PostgreSQL runs such a cascade as the owner of the
  -- tables, inside the trigger of the foreign key; no function of the database runs as that owner.
  if tg_op = 'UPDATE' and current_user = 'commerce_owner' and pg_trigger_depth() > 1 then
    return new;
  end if;
  -- This is the one exception. A BEFORE trigger fires at once, as the role that runs the statement: only
  -- internal.purge_deleted runs as this role.
  if tg_op = 'DELETE' and current_user = 'commerce_purge' then
    return old;
  end if;
  raise exception using
    errcode = 'SCIMM',
    message = 'rows of this table are only added';
end
$$;

comment on function internal.tg__append_only() is 'Trigger: refuses to change, delete or truncate (SCIMM), but for a cascade of a foreign key and internal.purge_deleted.';
