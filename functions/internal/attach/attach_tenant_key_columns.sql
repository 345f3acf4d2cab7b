create or replace function internal.attach_tenant_key_columns(p_table regclass)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_name text := (select c.relname from pg_catalog.pg_class as c where c.oid = p_table);
begin
  if p_table = 'commerce.tenant'::regclass then
    return;
  end if;
  if not internal.has_column(p_table, 'tenant_id') then
    raise exception using
      errcode = 'undefined_column',
      message = format('table %s has no column tenant_id', p_table),
      hint = 'Declare it: tenant_id uuid not null default internal.tenant_id()';
  end if;
  if not internal.has_column(p_table, 'tenant_hash') then
    execute format(
      'alter table %s add column tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored', p_table);
  end if;
  if not exists (
    select
      from pg_catalog.pg_constraint as k
     where k.conrelid = p_table and k.contype = 'f' and k.confrelid = 'commerce.tenant'::regclass
  ) then
    execute format(
      'alter table %s add constraint %I foreign key (tenant_id) references commerce.tenant (id) on delete restrict',
      p_table, v_name || '_tenant_id_fkey');
  end if;
  if not exists (
    select
      from pg_catalog.pg_index as i
      join pg_catalog.pg_attribute as a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
     where i.indrelid = p_table and a.attname = 'tenant_id' and i.indpred is null
  ) then
    -- Other tables refer to this key, so that no row can refer to one of another tenant.
    execute format(
      'alter table %s add constraint %I unique (tenant_id, id)', p_table, v_name || '_tenant_id_id_key');
  end if;
  -- Rows lie in the order of their ids. A planner that knew would find the newest rows of one merchant by the primary
  -- key, past all newer ones of others. Nothing else about ids needs to be counted, as they are unique.
  if internal.has_column(p_table, 'id') then
    execute format('alter table %s alter column id set statistics 0', p_table);
  end if;
end
$$;

comment on function internal.attach_tenant_key_columns(regclass) is
  'Adds to a table with tenant_id those parts of the tenant''s key that it lacks: the number that row-level security tests first, the foreign key to the tenant, and the key (tenant_id, id) that other tables refer to.';
