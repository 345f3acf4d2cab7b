-- Requires: functions/internal/attach/copy_comments.sql
-- Requires: functions/api/views/complaints.sql
create or replace function internal.complaint_view(p_complaint_id uuid)
  returns api.complaints
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_complaint api.complaints;
begin
  select c.*
    into v_complaint
    from api.complaints as c
   where c.tenant_id = internal.tenant_id() and c.id = p_complaint_id;
  -- Column privileges do not apply to a function's result: the columns that a buyer may not select are left out here.
  if not internal.is_staff() then
    v_complaint.assigned_member_id := null;
    v_complaint.tier := null;
    v_complaint.escalation_reason := null;
  end if;
  return v_complaint;
end
$$;

grant execute on function internal.complaint_view(uuid) to commerce_definer;
comment on function internal.complaint_view(uuid) is
  'A complaint as the caller may see it: what the complaint functions return.';
