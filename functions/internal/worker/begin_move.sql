create or replace function internal.begin_move(p_tenant_id uuid, p_expected_version integer)
  returns integer
  language plpgsql
  volatile
  security definer  -- lends: writing the tenant's status, as its worker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant commerce.tenant := internal.tenant_for_update(p_tenant_id, p_expected_version, 'moving', p_is_move => true);
begin
  update commerce.tenant as t set status = 'moving', version = t.version where t.id = v_tenant.id;
  return v_tenant.version + 1;
end
$$;

alter function internal.begin_move(uuid, integer) owner to commerce_definer;
grant execute on function internal.begin_move(uuid, integer) to commerce_worker;
comment on function internal.begin_move(uuid, integer) is
  'Closes a merchant for the last moment of its move to another server: every session ends, and sessions and writes are refused (SCMOV, to be tried again) until end_move. From outside it is not visible, and the log records it in one row. Writers that had begun before may still commit: wait until their transactions have ended. Returns the new version. SCNTF, SCVER, SCVRQ, SCTRN.';
