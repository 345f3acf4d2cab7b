-- Requires: functions/internal/attach/row_rules.sql
-- The error is the one that PostgreSQL itself would raise for the first rule, with the same message; the detail names
-- the others.
create or replace function internal.refuse_row(p_table regclass, p_row jsonb)
  returns void
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_table pg_catalog.pg_class := (
    select c from pg_catalog.pg_class as c where c.oid = p_table
  );
  v_faults jsonb;
  v_first text;
begin
  execute (
    select format(
             'select jsonb_agg(f.fault order by f.place)
                from jsonb_populate_record(null::%s, $1) as t cross join lateral (', p_table)
           || string_agg(
                format('select %L::jsonb as fault, %s as place where %s', o.fault, o.place, o.is_broken),
                ' union all ')
           || ') as f'
      from (
             select r.fault, r.is_broken, row_number() over (order by r.place, r.name) as place
               from internal.row_rules(p_table) as r
           ) as o
  )
    into v_faults
    using p_row;

  v_first := coalesce(v_faults -> 0 ->> 'constraint', v_faults -> 0 ->> 'column');
  if v_faults -> 0 ? 'constraint' then
    raise exception using
      errcode = 'check_violation',
      message = format('new row for relation "%s" violates check constraint "%s"', v_table.relname, v_first),
      detail = jsonb_build_object('faults', v_faults)::text,
      schema = v_table.relnamespace::regnamespace::text, table = v_table.relname, constraint = v_first;
  elsif v_faults -> 0 ? 'rule' then
    raise exception using
      errcode = 'datetime_field_overflow',
      message = format('column "%s" of relation "%s" %s', v_first, v_table.relname, v_faults -> 0 ->> 'rule'),
      detail = jsonb_build_object('faults', v_faults)::text,
      schema = v_table.relnamespace::regnamespace::text, table = v_table.relname, column = v_first;
  elsif v_first is not null then
    raise exception using
      errcode = 'not_null_violation',
      message = format(
        'null value in column "%s" of relation "%s" violates not-null constraint', v_first, v_table.relname),
      detail = jsonb_build_object('faults', v_faults)::text,
      schema = v_table.relnamespace::regnamespace::text, table = v_table.relname, column = v_first;
  end if;
end
$$;

grant execute on function internal.refuse_row(regclass, jsonb) to commerce_definer;
comment on function internal.refuse_row(regclass, jsonb) is
  'Refuses a row of a table with all the rules that it breaks: 23514, 23502 or, for a date, 22008, by the first of them, with their names in the detail.';
