create or replace function internal.tenant_for_update(
  p_tenant_id uuid,
  p_expected_version integer,
  p_next_status text,
  p_is_move boolean default false
)
  returns commerce.tenant
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant commerce.tenant;
begin
  perform internal.adopt_tenant(p_tenant_id, p_is_move);
  select t.* into v_tenant from commerce.tenant as t where t.id = p_tenant_id for no key update;
  if not found then
    perform internal.refuse_missing('tenant_id');
  end if;
  perform internal.require_version(p_expected_version, v_tenant.version, 'tenant', v_tenant.id);
  perform internal.require_transition('tenant.status', v_tenant.status, p_next_status);
  return v_tenant;
end
$$;

grant execute on function internal.tenant_for_update(uuid, integer, text, boolean) to commerce_definer;
comment on function internal.tenant_for_update(uuid, integer, text, boolean) is
  'Locks a tenant as its worker, at the version that was read, for a change to the given status. SCNTF, SCVRQ, SCVER, SCTRN, and SCMOV for a change that is not part of its move.';
