create or replace function api.return_inbound_event(p_inbound_event_id uuid, p_note text)
  returns api.inbound_event
  language plpgsql
  volatile
  security definer  -- lends: writing events that wait
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('payments.manage');
  v_event commerce.inbound_event := internal.inbound_event_for_update(p_inbound_event_id);
  v_result api.inbound_event;
begin
  perform internal.require_text('note', p_note, 65536);
  update commerce.inbound_event as e
     set status = 'returned', processed_at = now(), reviewed_by = internal.user_id(), note = p_note
   where e.tenant_id = v_tenant_id and e.id = v_event.id;
  select e.* into v_result from api.inbound_event as e where e.tenant_id = v_tenant_id and e.id = v_event.id;
  return v_result;
end
$$;

alter function api.return_inbound_event(uuid, text) owner to commerce_definer;
grant execute on function api.return_inbound_event(uuid, text) to commerce_member;
comment on function api.return_inbound_event(uuid, text) is
  'Records that staff have given money back to the person who sent it, at the provider or by hand, because no payment has its reference. Needs payments.manage. SCPRM, SCNTF, SCTRN, SCVAL.
@param note {inbound_event.note}';
