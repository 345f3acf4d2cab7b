create or replace function api.approve_return(p_return_id uuid, p_expected_version integer)
  returns api.order_returns
  language plpgsql
  volatile
  security definer  -- lends: writing the return's status
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_return commerce.order_returns := internal.return_for_update(p_return_id, p_expected_version, 'approved');
begin
  update commerce.order_returns as r
     set status = 'approved', approved_by = internal.user_id(), approved_at = now(), version = r.version
   where r.tenant_id = v_return.tenant_id and r.id = v_return.id;

  return internal.return_view(v_return.id);
end
$$;

alter function api.approve_return(uuid, integer) owner to commerce_definer;
grant execute on function api.approve_return(uuid, integer) to commerce_member;
comment on function api.approve_return(uuid, integer) is
  'Approves a return. Needs returns.manage. SCPRM, SCNTF, SCVER, SCVRQ, SCTRN.';
