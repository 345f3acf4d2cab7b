create or replace function api.order_timeline(p_order_id uuid)
  returns table (occurred_at timestamptz, kind text, record_id uuid, status text, detail text)
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  -- This reads through the views, so that each caller sees the rows that the policies give.
  v_tenant_id uuid := (select o.tenant_id from api.orders as o where o.id = p_order_id);
begin
  if v_tenant_id is null then
    raise exception using
      errcode = 'SCNTF',
      message = 'not found: order_id',
      detail = json_build_object('field', 'order_id')::text;
  end if;

  return query
    select h.created_at, h.field, h.id, h.to_value, h.from_value
      from api.order_status_history as h
     where h.tenant_id = v_tenant_id and h.order_id = p_order_id
    union all
    select p.created_at, 'payment', p.id, p.status, p.payment_type
      from api.payment as p
     where p.tenant_id = v_tenant_id and p.order_id = p_order_id
    union all
    select r.created_at, 'refund', r.id, r.status, r.method
      from api.refund as r
     where r.tenant_id = v_tenant_id and r.order_id = p_order_id
    union all
    select f.created_at, 'fulfillment', f.id, f.status, f.tracking_number
      from api.fulfillment as f
     where f.tenant_id = v_tenant_id and f.order_id = p_order_id
    union all
    select b.created_at, 'return', b.id, b.status, b.return_number
      from api.order_returns as b
     where b.tenant_id = v_tenant_id and b.order_id = p_order_id
    union all
    select m.occurred_at, 'message', m.id, m.delivery_status, left(m.message, 200)
      from api.conversation_history as m
     where m.tenant_id = v_tenant_id and m.order_id = p_order_id
     order by 1, 3;
end
$$;

grant execute on function api.order_timeline(uuid) to commerce_member, commerce_buyer, commerce_worker, commerce_platform;
comment on function api.order_timeline(uuid) is
  'What happened to an order, in the order of time: changes of status and corrections (with the former value as detail), parcels, payments, refunds, returns and messages. SCNTF.
@rowName timeline_entry
@field orders.timeline
@returns occurred_at! When it happened.
@returns kind! {status|payment_status|fulfillment_status|lines|address|tracking|fulfillment|payment|refund|return|message} What happened: a status changed, something was corrected, or a record was made.
@returns record_id! The change of status or correction, parcel, payment, refund, return or message, by id.
@returns status! The status of the record, or its new status; for a correction the new total, or the kind of address.
@returns detail The value before a change, the tracking number of a parcel, the kind of payment, how it was refunded, the number of the return, or the beginning of the message.';
