create or replace function internal.note_correction(
  p_order commerce.orders,
  p_field text,
  p_from_value text,
  p_to_value text,
  p_reason text
)
  returns void
  language sql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  insert into commerce.order_status_history (
    tenant_id, order_id, customer_id, seller_id, field, from_value, to_value, reason
  )
  values (
    p_order.tenant_id, p_order.id, p_order.customer_id, p_order.seller_id, p_field, p_from_value, p_to_value, p_reason
  )
$$;

grant execute on function internal.note_correction(commerce.orders, text, text, text, text) to commerce_definer;
comment on function internal.note_correction(commerce.orders, text, text, text, text) is
  'Writes into the history of an order what staff corrected of it, and why.';
