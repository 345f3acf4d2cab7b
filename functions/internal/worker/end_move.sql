create or replace function internal.end_move(p_tenant_id uuid, p_expected_version integer)
  returns integer
  language plpgsql
  volatile
  security definer  -- lends: writing the tenant's status, as its worker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant commerce.tenant := internal.tenant_for_update(p_tenant_id, p_expected_version, 'active', p_is_move => true);
begin
  if v_tenant.status <> 'moving' then
    raise exception using
      errcode = 'SCTRN',
      message = 'the tenant is not being moved',
      detail = json_build_object('machine', 'tenant.status', 'from', v_tenant.status, 'to', 'active')::text;
  end if;

  update commerce.tenant as t
     set status = case when t.suspended_at is null then 'active' else 'suspended' end, version = t.version
   where t.id = v_tenant.id;
  return v_tenant.version + 1;
end
$$;

alter function internal.end_move(uuid, integer) owner to commerce_definer;
grant execute on function internal.end_move(uuid, integer) to commerce_worker;
comment on function internal.end_move(uuid, integer) is
  'Opens a merchant again that begin_move closed: on the server where it now is, or, when the move is given up, where it was. One that was suspended stays so. Returns the new version. SCNTF, SCVER, SCVRQ, SCTRN.';
