create or replace function internal.attach_append_only(p_table regclass)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  -- The trigger fires for each row, so that a cascade that finds no rows is not refused.
  execute format(
    'create or replace trigger _000_append_only before update or delete on %s
       for each row execute function internal.tg__append_only()',
    p_table);
  execute format(
    'create or replace trigger _000_append_only_truncate before truncate on %s
       for each statement execute function internal.tg__append_only()',
    p_table);
end
$$;

comment on function internal.attach_append_only(regclass) is 'Attaches the triggers that make a table append-only.';
