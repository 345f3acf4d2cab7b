create or replace function internal.seed_demo_return(p_order_id uuid, p_buyer_id uuid, p_member_id uuid)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_line commerce.order_items;
  v_amount numeric;
  v_return_id uuid;
  v_return_item_id uuid;
  v_balance integer;
  v_step text;
  v_payment commerce.payment;
  v_refund commerce.refund;
  v_refund_id uuid;
begin
  select i.*
    into strict v_line
    from commerce.order_items as i
   where i.tenant_id = v_tenant_id and i.order_id = p_order_id and i.line_number = 1;
  select v_line.subtotal - v_line.discount_amount
         + case when o.prices_include_tax then 0 else v_line.tax_amount end
    into strict v_amount
    from commerce.orders as o
   where o.tenant_id = v_tenant_id and o.id = p_order_id;

  insert into commerce.order_returns (
    tenant_id, order_id, customer_id, seller_id, requested_by, currency_code, return_number, reason, description,
    refund_method
  )
  values (
    v_tenant_id, p_order_id, v_line.customer_id, v_line.seller_id, p_buyer_id, v_line.currency_code,
    internal.next_number('returns'), 'not_as_described', 'It looked different in the picture.', 'original_payment'
  )
  returning id into v_return_id;
  insert into commerce.order_return_items (
    tenant_id, order_id, customer_id, seller_id, order_return_id, order_item_id, quantity, reason
  )
  values (
    v_tenant_id, p_order_id, v_line.customer_id, v_line.seller_id, v_return_id, v_line.id, v_line.quantity,
    'not_as_described'
  )
  returning id into v_return_item_id;

  foreach v_step in array array['approved', 'in_transit', 'received'] loop
    update commerce.order_returns as r
       set status = v_step,
           approved_by = p_member_id,
           approved_at = coalesce(r.approved_at, now()),
           return_date = case v_step when 'received' then now() end,
           returned_amount = case v_step when 'received' then v_amount else 0 end,
           refund_amount = case v_step when 'received' then v_amount else 0 end,
           version = r.version
     where r.tenant_id = v_tenant_id and r.id = v_return_id;
  end loop;
  update commerce.order_return_items as i
     set accepted_quantity = i.quantity, restocked_quantity = i.quantity, condition = 'unopened',
         refund_amount = v_amount, refund_tax_amount = v_line.tax_amount
   where i.tenant_id = v_tenant_id and i.id = v_return_item_id;
  update commerce.order_items as i
     set returned_quantity = i.quantity
   where i.tenant_id = v_tenant_id and i.id = v_line.id;
  update commerce.products as p
     set inventory_count = p.inventory_count + v_line.quantity
   where p.tenant_id = v_tenant_id and p.id = v_line.product_id
  returning p.inventory_count into v_balance;
  insert into commerce.inventory_movement (
    tenant_id, product_id, delta, balance_after, reason, order_item_id, return_item_id
  )
  values (
    v_tenant_id, v_line.product_id, v_line.quantity, v_balance, 'return_restock', v_line.id, v_return_item_id
  );

  select p.*
    into strict v_payment
    from commerce.payment as p
   where p.tenant_id = v_tenant_id and p.order_id = p_order_id and p.status = 'succeeded';
  v_refund_id := internal.open_refund(
    v_payment, p_order_id, v_amount, v_line.currency_code, 'original_payment', 'demo return ' || v_return_id,
    'Returned', v_return_id);
  select r.* into strict v_refund from commerce.refund as r where r.tenant_id = v_tenant_id and r.id = v_refund_id;
  perform internal.finish_refund(v_refund, 'succeeded', 'webhook', 'demo-refund');
end
$$;

grant execute on function internal.seed_demo_return(uuid, uuid, uuid) to commerce_definer;
comment on function internal.seed_demo_return(uuid, uuid, uuid) is
  'Takes the first line of a delivered and paid demo order back: into the stock, and its money to the buyer.';
