create or replace function api.resolve_violation(p_violation_id uuid, p_reason text)
  returns api.violations
  language plpgsql
  volatile
  security definer  -- lends: writing violations
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('violations.manage');
  v_violation commerce.violations;
begin
  select v.*
    into v_violation
    from commerce.violations as v
   where v.tenant_id = v_tenant_id and v.id = p_violation_id
     for no key update;
  if not found then
    perform internal.refuse_missing('violation_id');
  end if;
  if v_violation.user_id = internal.user_id() then
    raise exception using
      errcode = 'SCPRM',
      message = 'nobody may lift a violation of their own',
      detail = json_build_object('permission', 'violations.manage')::text;
  end if;
  perform internal.require_text('reason', p_reason, 2000);
  perform internal.require_transition('violations.status', v_violation.status, 'resolved');

  update commerce.violations as v
     set status = 'resolved',
         resolved_at = now(),
         details = v.details || jsonb_build_object('resolution', p_reason)
   where v.tenant_id = v_tenant_id and v.id = p_violation_id;
  return internal.violation_view(p_violation_id);
end
$$;

alter function api.resolve_violation(uuid, text) owner to commerce_definer;
grant execute on function api.resolve_violation(uuid, text) to commerce_member;
comment on function api.resolve_violation(uuid, text) is
  'Lifts a violation before its end; the reason is kept in its details. Needs violations.manage, and nobody lifts a violation of their own. SCPRM, SCNTF, SCTRN, SCVAL.
@param reason The reason why it is lifted.';
