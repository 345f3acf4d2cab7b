-- Requires: functions/internal/session/session_tenant.sql
create or replace function internal.attach_tenant_policies(p_table regclass, p_is_shared boolean default false)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_name text := (select c.relname from pg_catalog.pg_class as c where c.oid = p_table);
  v_tenant text := case when p_table = 'commerce.tenant'::regclass then 'id' else 'tenant_id' end;
  v_gate text := '(select internal.tenant_gate())[tenant_hash]';
  v_column text;
  v_equal text := format('%I = (select internal.tenant_id())', v_tenant);
begin
  execute format('alter table %s enable row level security', p_table);
  execute format('alter table %s force row level security', p_table);

  -- The gate comes first and costs nothing, so the planner tests no condition of a reader before it.
  -- The equality decides what is seen, and is the index condition. Writing needs no gate: a check runs
  -- on the writer's own row.
  execute format(
    'create policy tenant on %s as restrictive for all
       to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_purge
       using (%s and %s) with check (%s)',
    p_table,
    case when p_is_shared then format('(%s or tenant_hash is null)', v_gate) else v_gate end,
    case when p_is_shared then format('(%s or %I is null)', v_equal, v_tenant) else v_equal end,
    v_equal);
  -- The gate protects from conditions that a reader writes. Functions write their own, and read several tables at each
  -- call, so they do without it and look the tenant up in the statement itself.
  v_equal := format('%I = (select s.id from internal.session_tenant as s)', v_tenant);
  execute format(
    'create policy tenant_definer on %1$s as restrictive for all to commerce_definer using (%2$s) with check (%3$s)',
    p_table,
    case when p_is_shared then format('(%s or %I is null)', v_equal, v_tenant) else v_equal end,
    v_equal);
  for v_column in
    select c from internal.gate_columns(p_table) as c
  loop
    execute format(
      'comment on column %s.%I is %L',
      p_table, v_column, 'Made of the id that it is named after; row-level security tests it first.');
  end loop;

  -- Functions that run as commerce_definer check their caller; the policy above holds them to the tenant.
  execute format('create policy all_definer on %s for all to commerce_definer using (true) with check (true)', p_table);
  -- Webhooks and jobs serve every row of the tenant.
  execute format('create policy select_worker on %s for select to commerce_worker using (true)', p_table);
  execute format(
    'create policy select_platform on %s for select to commerce_platform using ((select internal.read_is_announced()))',
    p_table);
  -- internal.purge_deleted removes what was deleted long ago, and its parts.
  if internal.has_column(p_table, 'is_deleted')
    or exists (select from internal.purge_child as c where c.child = 'commerce.' || v_name)
  then
    execute format('create policy all_purge on %s for all to commerce_purge using (true) with check (true)', p_table);
  end if;
end
$$;

comment on function internal.attach_tenant_policies(regclass, boolean) is
  'Switches row-level security on for a table without policies, and creates the policies that all tables with a tenant have: tenant, tenant_definer, all_definer, select_worker, select_platform and, where rows are purged, all_purge. p_is_shared: all callers may read rows without a tenant.';
