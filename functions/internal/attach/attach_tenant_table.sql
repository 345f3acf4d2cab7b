-- One call gives a table everything that all tables of a merchant have; its own triggers, policies and rights follow in
-- its file under policies/. A repeated call starts again from the beginning of that file.
create or replace function internal.attach_tenant_table(
  p_table regclass,
  p_is_audited boolean default true,
  p_is_append_only boolean default false,
  p_is_shared boolean default false
)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_view regclass := to_regclass(format(
    'api.%I', (select c.relname from pg_catalog.pg_class as c where c.oid = p_table)));
begin
  perform internal.detach_table(p_table);
  perform internal.attach_tenant_key_columns(p_table);
  if internal.has_column(p_table, 'tenant_key') then
    perform internal.attach_tenant_key(p_table);
  end if;
  perform internal.attach_identity(p_table);
  if p_is_append_only then
    perform internal.attach_append_only(p_table);
  end if;
  if internal.has_column(p_table, 'version') then
    perform internal.attach_version(p_table);
  end if;
  if internal.has_column(p_table, 'updated_at') then
    perform internal.attach_updated_at(p_table);
  end if;
  if internal.has_column(p_table, 'is_deleted') then
    perform internal.attach_soft_delete(p_table);
  end if;
  if p_is_audited then
    perform audit.attach(p_table);
  end if;

  perform internal.attach_tenant_policies(p_table, p_is_shared);
  perform internal.attach_purge(p_table);
  perform internal.attach_faults(p_table);
  perform internal.attach_closed_sets(p_table);
  execute format(
    'grant select, insert%s on %s to commerce_definer', case when not p_is_append_only then ', update' end, p_table);
  if v_view is not null then
    execute format('grant select on %s to commerce_definer', v_view);
  end if;
end
$$;

comment on function internal.attach_tenant_table(regclass, boolean, boolean, boolean) is
  'Gives a table of schema commerce what all tables with a tenant have: the tenant''s key and gate, row-level security with the policies that all have in common, keys that never change, and, by the columns that it has, the optimistic lock (version), updated_at, soft delete (is_deleted) and the right to purge. p_is_audited: changes are logged. p_is_append_only: rows are added only. p_is_shared: all callers may read rows without a tenant.';
