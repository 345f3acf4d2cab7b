create or replace function audit.whole_row(p_table regclass, p_alias text)
  returns text
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  -- One object for all that is written otherwise: each concatenation would copy the row once more.
  select format(
    'jsonb_strip_nulls((to_jsonb(%I)%s) - %L::text[])',
    p_alias,
    (select ' || jsonb_build_object(' || string_agg(w.pair, ', ' order by w.attnum) || ')'
       from (
         select a.attnum,
                case
                  when r.treatment = 'mask'
                    then format('%L, case when %I.%I is not null then ''***'' end', a.attname, p_alias, a.attname)
                  -- A program that reads a JSON number would lose digits of it.
                  else format('%L, %I.%I::text', a.attname, p_alias, a.attname)
                end as pair
           from pg_catalog.pg_attribute as a
           left join internal.audit_rule as r on r.table_name = c.relname and r.column_name = a.attname
          where a.attrelid = p_table
            and a.attnum > 0
            and not a.attisdropped
            and a.attgenerated = ''
            and (r.treatment = 'mask' or r.treatment is null and a.atttypid = 'numeric'::regtype)
       ) as w),
    (select array_agg(a.attname::text order by a.attnum)
       from pg_catalog.pg_attribute as a
       left join internal.audit_rule as r on r.table_name = c.relname and r.column_name = a.attname
      where a.attrelid = p_table
        and a.attnum > 0
        and not a.attisdropped
        and (a.attgenerated <> ''
          or a.attname in ('id', 'tenant_key', 'tenant_id', 'version', 'created_at', 'updated_at')
          or r.treatment = 'omit')))
    from pg_catalog.pg_class as c
   where c.oid = p_table
$$;

comment on function audit.whole_row(regclass, text) is
  'SQL for audit.attach: a row as jsonb without keys, bookkeeping, generated and omitted columns, decimal numbers as texts, masked ones shown as ***.';
