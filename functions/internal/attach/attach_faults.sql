-- Requires: functions/internal/attach/generate_trigger_function.sql
-- PostgreSQL itself writes the rules with their columns as condition_row.…, if the query has a second
-- relation. A column that is generated has no value before the row is stored, so that its checks stay PostgreSQL's.
create or replace function internal.attach_faults(p_table regclass)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
  -- Dates in a rule are written out as the session shows them.
  set timezone = 'UTC'
  set datestyle = 'ISO'
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
  -- These are E-strings: no setting changes the meaning of their backslashes.
  v_condition := regexp_replace(
    replace(v_condition, E'\\', E'\\\\'), $re$'((?:[^']|'')*)'$re$, 'E''' || E'\\1' || '''', 'g');
  execute format(
    'create or replace trigger _990_faults before insert or update on %s for each row execute function %s',
    p_table,
    internal.generate_trigger_function(
      p_table, 'faults', '',
      format(
        'if %s then
           perform internal.refuse_row(tg_relid, to_jsonb(new));
         end if;',
        replace(v_condition, 'condition_row.', 'new.')),
      'Trigger: a row that breaks rules is refused with all of them.'));
end
$$;

comment on function internal.attach_faults(regclass) is
  'Attaches the trigger that refuses a row that breaks its table''s rules, with all the rules that it breaks. The rules are in the text of a function of the table, which a session reads once; as the condition of a trigger they would be read at every statement.';
