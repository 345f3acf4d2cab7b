create or replace function api.count_orders(
  p_statuses text[] default null,
  p_payment_status text default null,
  p_from date default null,
  p_to date default null,
  p_seller_id uuid default null,
  p_channel text default null,
  p_customer_id uuid default null,
  p_term text default null
)
  returns table (status text, order_count bigint)
  language plpgsql
  stable
  security definer  -- lends: reading orders past the tenant policy, for the stated tenant and whose orders the caller sees
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_filter record;
begin
  select f.*
    into v_filter
    from internal.order_filters(
      p_seller_id, p_customer_id, p_term, p_statuses, p_payment_status, p_from, p_to, p_channel) as f;
  return query
    select s.status, count(p.order_id)
      from unnest(internal.closed_set('orders', 'status')) with ordinality as s (status, place)
      left join lateral internal.orders_page(
        v_filter.tenant_id, v_filter.timezone, s.status, p_payment_status, p_from, p_to, v_filter.seller_id,
        p_channel, v_filter.customer_id, v_filter.term, 1000) as p on true
     where v_filter.statuses = array[null::text] or s.status = any (v_filter.statuses)
     group by s.status, s.place
     order by s.place;
end
$$;

alter function api.count_orders(text[], text, date, date, uuid, text, uuid, text) owner to commerce_system;
grant execute on function api.count_orders(text[], text, date, date, uuid, text, uuid, text)
  to commerce_member, commerce_buyer, commerce_worker;
comment on function api.count_orders(text[], text, date, date, uuid, text, uuid, text) is
  'How many orders of each status match all given filters, for the tabs of a board; counted up to 1000, which stands for 1000 or more. It takes the filters of list_orders. SCPRM, SCVAL with the field.
@rowName order_count
@param statuses {orders.status} Which statuses; all when it is left out.
@param payment_status {orders.payment_status}
@param from The first day on which an order was placed, or a draft was begun, in the shop''s time zone.
@param to The last day.
@param seller_id Only what this seller sells.
@param channel {orders.channel}
@param customer_id Only what this customer ordered.
@param term A part of the order''s number, or of the buyer''s name or telephone number: at least 3 characters.
@returns status! {orders.status}
@returns order_count! How many; 1000 stands for 1000 or more.';
