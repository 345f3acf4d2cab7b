create or replace function audit.whole_row(p_table regclass, p_alias text)
  returns text
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select format(
    'jsonb_strip_nulls((to_jsonb(%I)%s) - %L::text[])%s',
    p_alias,
    -- A program that reads a JSON number would lose digits of it.
    (select string_agg(format(' || jsonb_build_object(%L, %I.%I::text)', a.attname, p_alias, a.attname), '' order by a.attnum)
       from pg_catalog.pg_attribute as a
      where a.attrelid = p_table and a.attnum > 0 and not a.attisdropped and a.atttypid = 'numeric'::regtype),
    (select array_agg(a.attname::text order by a.attnum)
       from pg_catalog.pg_attribute as a
       left join internal.audit_rule as r on r.table_name = c.relname and r.column_name = a.attname
      where a.attrelid = p_table
        and a.attnum > 0
        and not a.attisdropped
        and (a.attgenerated <> ''
          or a.attname in ('id', 'tenant_key', 'tenant_id', 'version', 'created_at', 'updated_at')
          or r.treatment = 'omit')),
    (select string_agg(
       format(
         ' || case when %1$I.%2$I is null then ''{}'' else ''{%3$s: "***"}'' end::jsonb',
         p_alias, r.column_name, to_json(r.column_name)), '' order by r.column_name)
       from internal.audit_rule as r
      where r.table_name = c.relname and r.treatment = 'mask'))
    from pg_catalog.pg_class as c
   where c.oid = p_table
$$;

comment on function audit.whole_row(regclass, text) is
  'SQL for audit.attach: a row as jsonb without keys, bookkeeping, generated and omitted columns, decimal numbers as texts, masked ones shown as ***.';
