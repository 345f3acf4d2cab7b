create or replace function api.cancel_return(p_return_id uuid, p_expected_version integer)
  returns api.order_returns
  language plpgsql
  volatile
  security definer  -- lends: writing the return's status
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_return commerce.order_returns := internal.return_for_update(p_return_id, p_expected_version, 'cancelled');
begin
  update commerce.order_returns as r
     set status = 'cancelled', version = r.version
   where r.tenant_id = v_return.tenant_id and r.id = v_return.id;

  return internal.return_view(v_return.id);
end
$$;

alter function api.cancel_return(uuid, integer) owner to commerce_definer;
grant execute on function api.cancel_return(uuid, integer) to commerce_member, commerce_buyer;
comment on function api.cancel_return(uuid, integer) is
  'Cancels a return before the goods are on their way. SCPRM, SCNTF, SCVER, SCVRQ, SCTRN.';
