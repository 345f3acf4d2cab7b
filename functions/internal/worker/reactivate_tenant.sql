create or replace function internal.reactivate_tenant(p_tenant_id uuid, p_reason text, p_expected_version integer)
  returns integer
  language plpgsql
  volatile
  security definer  -- lends: writing the tenant's status, as its worker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant commerce.tenant := internal.tenant_for_update(p_tenant_id, p_expected_version, 'active');
begin
  perform internal.require_text('reason', p_reason, 2000);

  update commerce.tenant as t
     set status = 'active', suspended_at = null, version = t.version
   where t.id = v_tenant.id;
  perform audit.log_action(
    'custom', 'tenant', v_tenant.id::text, jsonb_build_object('operation', 'reactivate_tenant'), p_reason);
  return v_tenant.version + 1;
end
$$;

alter function internal.reactivate_tenant(uuid, text, integer) owner to commerce_definer;
grant execute on function internal.reactivate_tenant(uuid, text, integer) to commerce_worker;
comment on function internal.reactivate_tenant(uuid, text, integer) is
  'Ends the suspension of a merchant, or lets one stay that was about to close. The reason is recorded in the audit log. Returns the new version. SCNTF, SCVER, SCVRQ, SCTRN, SCVAL.';
