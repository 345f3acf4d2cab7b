create or replace function api.reject_return(p_return_id uuid, p_reason text, p_expected_version integer)
  returns api.order_returns
  language plpgsql
  volatile
  security definer  -- lends: writing the return's status
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_return commerce.order_returns := internal.return_for_update(p_return_id, p_expected_version, 'rejected');
begin
  perform internal.require_text('reason', p_reason, 65536);

  update commerce.order_returns as r
     set status = 'rejected', rejected_at = now(), rejection_reason = p_reason, version = r.version
   where r.tenant_id = v_return.tenant_id and r.id = v_return.id;

  return internal.return_view(v_return.id);
end
$$;

alter function api.reject_return(uuid, text, integer) owner to commerce_definer;
grant execute on function api.reject_return(uuid, text, integer) to commerce_member;
comment on function api.reject_return(uuid, text, integer) is
  'Rejects a return. Needs returns.manage. SCPRM, SCNTF, SCVER, SCVRQ, SCTRN, SCVAL.
@param reason {order_returns.rejection_reason}';
