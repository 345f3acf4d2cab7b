create or replace function audit.tenant_expression(p_table regclass, p_alias text)
  returns text
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select case
    when p_table = 'commerce.tenant'::regclass then format('%I.id', p_alias)
    when exists (
      select
        from pg_catalog.pg_attribute as a
       where a.attrelid = p_table and a.attname = 'tenant_id' and not a.attisdropped
    ) then format('%I.tenant_id', p_alias)
    else 'null::uuid'
  end
$$;

comment on function audit.tenant_expression(regclass, text) is
  'SQL for audit.attach: the tenant that a row belongs to; reference data belongs to none.';
