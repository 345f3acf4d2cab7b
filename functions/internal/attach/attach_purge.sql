create or replace function internal.attach_purge(p_table regclass)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_personal text[] := internal.personal_columns(p_table);
  v_version text[] := case when internal.has_column(p_table, 'version') then '{version}' else '{}' end::text[];
  v_column text;
begin
  if internal.has_column(p_table, 'is_deleted') then
    execute format('grant select (tenant_id, id), delete on %s to commerce_purge', p_table);
    -- Rows that nothing can refer to are removed, and never have to stay.
    if v_personal <> '{}' and internal.referred_to(p_table, 'p') <> 'false' then
      execute format(
        'grant update (%s) on %s to commerce_purge', array_to_string(v_personal || v_version, ', '), p_table);
      if v_version <> '{}' then
        execute format('grant select (version) on %s to commerce_purge', p_table);
      end if;
    end if;
  end if;
  for v_column in
    select c.child_column from internal.purge_child as c where to_regclass(c.child) = p_table
  loop
    execute format('grant select (tenant_id, %I), delete on %s to commerce_purge', v_column, p_table);
  end loop;
end
$$;

comment on function internal.attach_purge(regclass) is
  'Gives internal.purge_deleted its rights on a table: to remove rows that were deleted or are part of such rows (internal.purge_child), and to empty the personal columns of those that have to stay.';
