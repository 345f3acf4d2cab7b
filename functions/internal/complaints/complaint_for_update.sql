create or replace function internal.complaint_for_update(p_complaint_id uuid, p_expected_version integer)
  returns commerce.complaints
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('complaints.manage');
  v_complaint commerce.complaints;
begin
  select c.*
    into v_complaint
    from commerce.complaints as c
   where c.tenant_id = v_tenant_id and c.id = p_complaint_id
     for no key update;
  if not found then
    perform internal.refuse_missing('complaint_id');
  end if;
  perform internal.require_version(p_expected_version, v_complaint.version, 'complaints', v_complaint.id);
  return v_complaint;
end
$$;

grant execute on function internal.complaint_for_update(uuid, integer) to commerce_definer;
comment on function internal.complaint_for_update(uuid, integer) is
  'Locks a complaint that the caller may deal with, at the version the caller read. SCTEN, SCPRM, SCNTF, SCVRQ, SCVER.';
