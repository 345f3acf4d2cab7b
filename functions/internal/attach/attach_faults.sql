-- A condition of a trigger names columns as new.…; PostgreSQL itself writes it so where a second relation stands in the
-- query. A column that is generated has no value before the row is stored, so that its checks stay PostgreSQL's.
create or replace function internal.attach_faults(p_table regclass)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_rules text := (
    select string_agg(r.is_broken, ' or ' order by r.place, r.name) from internal.row_rules(p_table) as r
  );
  v_condition text;
begin
  if v_rules is null then
    return;
  end if;
  execute format(
    'create view internal.condition_of_rules as
       select %s as is_broken from %s as condition_row cross join (values (1)) as other (one)', v_rules, p_table);
  v_condition := substring(
    pg_get_viewdef(to_regclass('internal.condition_of_rules')) from '^[[:space:]]*SELECT (.*) AS is_broken[[:space:]]+FROM');
  drop view internal.condition_of_rules;
  execute format(
    'create or replace trigger _990_faults before insert or update on %s
       for each row when (%s) execute function internal.tg__faults()',
    p_table, replace(v_condition, 'condition_row.', 'new.'));
end
$$;

comment on function internal.attach_faults(regclass) is
  'Lets a row that breaks its table''s rules be refused with all that it breaks: as a condition of a trigger the rules cost what the checks themselves cost, and the trigger runs for a row that will be refused only.';
