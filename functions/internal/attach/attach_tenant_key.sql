-- Replication filters a merchant's rows by a column of the replica identity, which may be neither NULL nor
-- generated: hence a plain column beside a tenant_id that is NULL in rows of the platform.
create or replace function internal.attach_tenant_key(p_table regclass)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  -- By the condition, a statement that writes the key itself does not call the function.
  execute format(
    'create or replace trigger _005_tenant_key before insert or update of tenant_id, tenant_key on %s
       for each row when (new.tenant_key is distinct from coalesce(new.tenant_id, %L))
       execute function internal.tg__tenant_key()',
    p_table, '00000000-0000-0000-0000-000000000000');
end
$$;

comment on function internal.attach_tenant_key(regclass) is
  'Attaches the trigger that keeps tenant_key of a table that holds rows of merchants and of the platform.';
