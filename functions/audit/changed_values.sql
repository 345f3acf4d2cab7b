create or replace function audit.changed_values(p_table regclass, p_alias text)
  returns text
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select string_agg(
    format(
      'case when o.%1$I is distinct from n.%1$I then jsonb_build_object(%2$L, %3$s) else ''{}'' end',
      s.column_name, s.column_name,
      case
        when r.treatment = 'mask' then '''***'''
        -- A program that reads a JSON number would lose digits of it.
        when a.atttypid = 'numeric'::regtype then format('%I.%I::text', p_alias, s.column_name)
        else format('%I.%I', p_alias, s.column_name)
      end),
    ' || ' order by a.attnum)
    from internal.stored_columns(p_table) as s
    join pg_catalog.pg_class as c on c.oid = p_table
    join pg_catalog.pg_attribute as a on a.attrelid = p_table and a.attname = s.column_name
    left join internal.audit_rule as r on r.table_name = c.relname and r.column_name = s.column_name
   where not s.is_derived and r.treatment is distinct from 'omit'
$$;

comment on function audit.changed_values(regclass, text) is
  'SQL for audit.attach: a jsonb object of the columns that differ between the rows o and n, with the values of one of them, decimal numbers as texts.';
