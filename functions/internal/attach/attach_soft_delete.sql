-- Requires: functions/internal/attach/attach_live_parents.sql
create or replace function internal.attach_soft_delete(p_table regclass)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform internal.attach_live_parents(p_table);
  execute format(
    'create or replace trigger _200_soft_delete before update of is_deleted on %s
       for each row execute function internal.tg__soft_delete()',
    p_table);
  -- Children follow after the row itself, so that their parent is already live when they are restored.
  execute format(
    'create or replace trigger _210_soft_delete_children after update of is_deleted on %s
       for each row when (old.is_deleted <> new.is_deleted)
       execute function internal.tg__soft_delete_children()',
    p_table);
end
$$;

comment on function internal.attach_soft_delete(regclass) is 'Attaches soft delete to a table with is_deleted and deleted_at.';
