create or replace function api.set_discount_code(p_order_id uuid, p_code text, p_expected_version integer)
  returns api.orders
  language plpgsql
  volatile
  security definer  -- lends: reading discounts, and writing the lines of a basket
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_order commerce.orders := internal.basket_for_update(p_order_id, p_expected_version);
begin
  perform internal.require_text_within('code', p_code, 40);
  if p_code is not null then
    perform internal.put_discount(array[v_order.id], p_code, 'code');
  else
    update commerce.orders as o
       set discount_code = null, version = o.version
     where o.tenant_id = v_order.tenant_id and o.id = v_order.id;
    perform internal.spread_discount(v_order.id);
  end if;
  return internal.order_view(v_order.id);
end
$$;

alter function api.set_discount_code(uuid, text, integer) owner to commerce_definer;
grant execute on function api.set_discount_code(uuid, text, integer)
  to commerce_member, commerce_buyer, commerce_worker;
comment on function api.set_discount_code(uuid, text, integer) is
  'Puts a discount code on a draft order, in place of its former code, or takes the code off (NULL). The code is used when the order is placed, and must be valid at that time as well. expected_version is the order''s. SCDSC with the reason, SCNTF, SCIMM once placed, SCVER, SCVRQ, SCPRM, SCVAL.
@param code? The code that the buyer entered, in upper or lower case.';
