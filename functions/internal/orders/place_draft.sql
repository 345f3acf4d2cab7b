create or replace function internal.place_draft(p_order commerce.orders, p_buyer_note text)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_buyer record := internal.buyer_of_order(p_order.tenant_id, p_order.customer_id);
begin
  update commerce.orders as o
     set status = 'pending',
         order_number = internal.next_number('orders', p_order.tenant_id),
         placed_at = now(),
         buyer_name = v_buyer.name,
         buyer_phone = v_buyer.phone,
         buyer_email = v_buyer.email,
         buyer_note = coalesce(p_buyer_note, o.buyer_note),
         version = o.version
   where o.tenant_id = p_order.tenant_id and o.id = p_order.id;
end
$$;

grant execute on function internal.place_draft(commerce.orders, text) to commerce_definer;
comment on function internal.place_draft(commerce.orders, text) is
  'Gives a draft that the caller has locked its number and the buyer''s name and addresses, and makes it a pending order.';
