create or replace function api.request_return(
  p_order_id uuid,
  p_lines jsonb,
  p_reason text,
  p_idempotency_key text,
  p_description text default null
)
  returns api.order_returns
  language plpgsql
  volatile
  security definer  -- lends: writing returns
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_own_id uuid := internal.acting_customer();
  v_operation text := concat_ws(' ', 'request_return', v_own_id);
  v_return_id uuid;
  v_order commerce.orders;
  v_line record;
  v_left integer;
begin
  perform internal.refuse_faults(
    internal.return_line_faults(p_lines),
    internal.set_fault('reason', p_reason, 'order_returns', 'reason'),
    internal.length_fault('description', p_description, 65536)
  );
  v_return_id := (internal.begin_idempotent(
    v_operation, p_idempotency_key,
    jsonb_build_array(p_order_id, p_lines, p_reason, p_description)) ->> 'return_id')::uuid;
  if v_return_id is not null then
    return internal.return_view(v_return_id);
  end if;

  select o.*
    into v_order
    from commerce.orders as o
   where o.tenant_id = v_tenant_id
     and o.id = p_order_id
     and (v_own_id is null or o.customer_id = v_own_id)
     for no key update;
  if not found then
    perform internal.refuse_missing('order_id');
  elsif v_order.status <> 'delivered' and not exists (
    select
      from commerce.fulfillment as f
     where f.tenant_id = v_tenant_id and f.order_id = p_order_id and f.status in ('delivered', 'collected')
  ) then
    raise exception using
      errcode = 'SCRET',
      message = 'only delivered goods can be returned',
      detail = json_build_object('field', 'order_id', 'status', v_order.status)::text;
  end if;

  insert into commerce.order_returns (
    tenant_id, order_id, customer_id, seller_id, currency_code, return_number, reason, description
  )
  values (
    v_tenant_id, p_order_id, v_order.customer_id, v_order.seller_id, v_order.currency_code,
    internal.next_number('returns'), p_reason, p_description
  )
  returning id into v_return_id;

  for v_line in select l.* from internal.return_lines(p_lines) as l
  loop
    -- The lock on the order makes other returns of it wait, so the remaining quantity cannot change before this transaction ends.
    select case v_order.status when 'delivered' then i.quantity else i.shipped_quantity - coalesce((
             select sum(l.quantity)
               from commerce.fulfillment_item as l
               join commerce.fulfillment as f on f.tenant_id = v_tenant_id and f.id = l.fulfillment_id
              where l.tenant_id = v_tenant_id
                and l.order_id = p_order_id
                and l.order_item_id = i.id
                and f.status = 'shipped'
           ), 0) end - coalesce((
             select sum(coalesce(b.accepted_quantity, b.quantity))
               from commerce.order_return_items as b
               join commerce.order_returns as r on r.tenant_id = v_tenant_id and r.id = b.order_return_id
              where b.tenant_id = v_tenant_id
                and b.order_id = p_order_id
                and b.order_item_id = i.id
                and r.status not in ('rejected', 'cancelled')
           ), 0)
      into v_left
      from commerce.order_items as i
     where i.tenant_id = v_tenant_id and i.order_id = p_order_id and i.id = v_line.order_item_id;
    if not found then
      perform internal.refuse_missing(format('lines[%s].order_item_id', v_line.line_index));
    elsif v_line.quantity > v_left then
      raise exception using
        errcode = 'SCRET',
        message = 'quantity must be at most the units that were delivered and are in no other return',
        detail = json_build_object(
          'field', format('lines[%s].quantity', v_line.line_index),
          'requested', v_line.quantity, 'returnable', v_left)::text;
    end if;

    insert into commerce.order_return_items (
      tenant_id, order_id, customer_id, seller_id, order_return_id, order_item_id, quantity, refund_amount,
      refund_tax_amount, reason, customer_note
    )
    values (
      v_tenant_id, p_order_id, v_order.customer_id, v_order.seller_id, v_return_id, v_line.order_item_id,
      v_line.quantity, internal.in_currency(0, v_order.currency_code), internal.in_currency(0, v_order.currency_code),
      v_line.reason, v_line.note
    );
  end loop;

  perform internal.finish_idempotent(
    v_operation, p_idempotency_key, jsonb_build_object('return_id', v_return_id));
  return internal.return_view(v_return_id);
exception
  when unique_violation then
    raise exception using
      errcode = 'SCVAL',
      message = 'lines must name each line of the order once',
      detail = json_build_object('field', 'lines')::text;
end
$$;

alter function api.request_return(uuid, jsonb, text, text, text) owner to commerce_definer;
grant execute on function api.request_return(uuid, jsonb, text, text, text)
  to commerce_member, commerce_buyer, commerce_worker;
comment on function api.request_return(uuid, jsonb, text, text, text) is
  'Requests the return of delivered goods: lines [{"order_item_id", "quantity", "reason", "note"}]. All returns of an order together cannot exceed what was delivered. SCRET, SCIDM, SCNTF, SCPRM, SCVAL.
@param lines {order_return_items[]: order_item_id! quantity! reason! note=customer_note} What goes back.';
