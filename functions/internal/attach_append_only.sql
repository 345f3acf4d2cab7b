-- Undo: drop function internal.attach_append_only(regclass);
create or replace function internal.attach_append_only(p_table regclass)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = ''
as $$
begin
  execute format(
    'create or replace trigger _000_append_only before update or delete or truncate on %s
       for each statement execute function internal.tg__append_only()',
    p_table);
end
$$;

comment on function internal.attach_append_only(regclass) is 'Attaches the trigger that makes a table append-only.';
