create or replace function api.receive_return(p_return_id uuid, p_lines jsonb, p_expected_version integer)
  returns api.order_returns
  language plpgsql
  volatile
  security definer  -- lends: writing returns, the lines of the order, and the stock
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_return commerce.order_returns := internal.return_for_update(p_return_id, p_expected_version, 'received');
begin
  perform internal.receive_goods(v_return, p_lines);
  return internal.return_view(v_return.id);
end
$$;

alter function api.receive_return(uuid, jsonb, integer) owner to commerce_definer;
grant execute on function api.receive_return(uuid, jsonb, integer) to commerce_member;
comment on function api.receive_return(uuid, jsonb, integer) is
  'Records that the goods of a return have arrived: lines [{"order_item_id", "accepted_quantity", "restocked_quantity", "condition", "note"}], one for each line of the return. Sets the returned amount, which is the share of the price of the accepted units, tax and discount included, and the amount to refund, which is at most the overpayment of the order that is left after an exchange. Needs returns.manage. SCPRM, SCNTF, SCVER, SCVRQ, SCTRN, SCVAL.
@param lines {order_return_items[]: order_item_id! accepted_quantity! restocked_quantity condition note=store_note} One for each line of the return.';
