create or replace function audit.whole_row(p_table regclass, p_alias text)
  returns text
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select format('jsonb_strip_nulls(%s)', string_agg(o.object, ' || ' order by o.number))
    from (
      select c.number, format('jsonb_build_object(%s)', string_agg(c.pair, ', ' order by c.attnum)) as object
        from (
          select a.attnum,
                 -- A function takes a hundred arguments at most.
                 (row_number() over (order by a.attnum) - 1) / 50 as number,
                 case
                   when r.treatment = 'mask'
                     then format('%1$L, case when %2$I.%1$I is not null then ''***'' end', a.attname, p_alias)
                   -- A program that reads a JSON number would lose digits of it.
                   when a.atttypid = 'numeric'::regtype then format('%1$L, %2$I.%1$I::text', a.attname, p_alias)
                   else format('%1$L, %2$I.%1$I', a.attname, p_alias)
                 end as pair
            from pg_catalog.pg_attribute as a
            join pg_catalog.pg_class as t on t.oid = a.attrelid
            left join internal.audit_rule as r on r.table_name = t.relname and r.column_name = a.attname
           where a.attrelid = p_table
             and a.attnum > 0
             and not a.attisdropped
             and a.attgenerated = ''
             and a.attname not in ('id', 'tenant_key', 'tenant_id', 'version', 'created_at', 'updated_at')
             and r.treatment is distinct from 'omit'
        ) as c
       group by c.number
    ) as o
$$;

comment on function audit.whole_row(regclass, text) is
  'SQL for audit.attach: a row as jsonb without keys, bookkeeping, generated and omitted columns, decimal numbers as texts, masked ones shown as ***.';
