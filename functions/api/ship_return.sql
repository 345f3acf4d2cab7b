create or replace function api.ship_return(p_return_id uuid, p_tracking_number text, p_expected_version integer)
  returns api.order_returns
  language plpgsql
  volatile
  security definer  -- lends: writing the return's status
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_return commerce.order_returns := internal.return_for_update(p_return_id, p_expected_version, 'in_transit');
begin
  perform internal.require_text_within('tracking_number', p_tracking_number, 255);

  update commerce.order_returns as r
     set status = 'in_transit', return_tracking_number = p_tracking_number, version = r.version
   where r.tenant_id = v_return.tenant_id and r.id = v_return.id;

  return internal.return_view(v_return.id);
end
$$;

alter function api.ship_return(uuid, text, integer) owner to commerce_definer;
grant execute on function api.ship_return(uuid, text, integer) to commerce_member, commerce_buyer;
comment on function api.ship_return(uuid, text, integer) is
  'Records that the goods of a return are on their way back. SCPRM, SCNTF, SCVER, SCVRQ, SCTRN, SCVAL.
@param tracking_number {order_returns.return_tracking_number}';
