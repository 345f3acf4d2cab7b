-- Requires: functions/internal/attach/generate_trigger_function.sql
create or replace function internal.attach_live_parents(p_table regclass)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  -- This is the lock that the foreign key takes as well, taken earlier: it waits for a deletion under way,
  -- and a deletion waits for it (internal.tg__soft_delete).
  v_checks text := (
    select string_agg(
             format(
               'if (select p.is_deleted from commerce.%1$I as p
                     where p.tenant_id = new.tenant_id and p.%2$I = new.%3$I for key share)
                then
                  perform internal.refuse_deleted_parent(%1$L);
                end if;', r.parent, r.parent_column, r.child_column),
             E'\n' order by r.parent, r.child_column)
      from internal.soft_delete_rule as r
      join pg_catalog.pg_class as c on c.relname = r.child
     where c.oid = p_table
  );
  v_function regprocedure;
begin
  if v_checks is null then
    return;
  end if;
  v_function := internal.generate_trigger_function(
    p_table, 'live_parents', '', v_checks,
    'Trigger: a row that is made or restored belongs to live rows (SCDEP).');
  execute format(
    'create or replace trigger _190_live_parents before insert on %s for each row execute function %s',
    p_table, v_function);
  execute format(
    'create or replace trigger _190_live_parents_again before update of is_deleted on %s
       for each row when (old.is_deleted and not new.is_deleted) execute function %s',
    p_table, v_function);
end
$$;

comment on function internal.attach_live_parents(regclass) is
  'Attaches the trigger that refuses a row whose parent is deleted, by internal.soft_delete_rule. Repeat it when the rules change.';
