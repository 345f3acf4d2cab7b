-- Names are searched by trigrams, which are not leakproof: under row-level security they could not use an
-- index. So this function is owned by a role outside the tenant policy, and states the tenant itself.
create or replace function api.list_orders(
  p_statuses text[] default null,
  p_payment_status text default null,
  p_from date default null,
  p_to date default null,
  p_seller_id uuid default null,
  p_channel text default null,
  p_customer_id uuid default null,
  p_term text default null,
  p_first integer default 20,
  p_after_at timestamptz default null,
  p_after_id uuid default null
)
  returns table (order_id uuid, listed_at timestamptz)
  rows 20  -- a page; a planner that expects a thousand rows reads all orders
  language plpgsql
  stable
  security definer  -- lends: reading orders past the tenant policy, for the stated tenant and whose orders the caller sees
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan  -- as api.place_order; a page of one status has a plan of its own
as $$
declare
  v_filter record;
begin
  select f.*
    into v_filter
    from internal.order_filters(
      p_seller_id, p_customer_id, p_term, p_statuses, p_payment_status, p_from, p_to, p_channel) as f;
  if coalesce(p_first, 0) < 1 then
    perform internal.refuse_input('first', 'must be from 1');
  elsif (p_after_at is null) <> (p_after_id is null) then
    perform internal.refuse_input('after_at', 'and after_id are of one row');
  end if;
  perform internal.refuse_faults(internal.calendar_fault('after_at', p_after_at));
  return query
    select p.order_id, p.listed_at
      from unnest(v_filter.statuses) as s (status),
           internal.orders_page(
             v_filter.tenant_id, v_filter.timezone, s.status, p_payment_status, p_from, p_to, v_filter.seller_id,
             p_channel, v_filter.customer_id, v_filter.term, p_first, p_after_at, p_after_id) as p
     order by p.listed_at desc, p.order_id desc
     limit p_first;
end
$$;

alter function api.list_orders(
  text[], text, date, date, uuid, text, uuid, text, integer, timestamptz, uuid) owner to commerce_system;
grant execute on function api.list_orders(
  text[], text, date, date, uuid, text, uuid, text, integer, timestamptz, uuid)
  to commerce_member, commerce_buyer, commerce_worker;
comment on function api.list_orders(
  text[], text, date, date, uuid, text, uuid, text, integer, timestamptz, uuid) is
  'Orders that match all given filters, the latest placed first. Staff get all orders, sellers those of what they sell, and buyers their own. Pass listed_at and id of the last row as after_at and after_id to get the rows behind it. SCPRM, SCVAL with the field.
@rowName order_match
@param statuses {orders.status} Which statuses; all when it is left out.
@param payment_status {orders.payment_status}
@param from The first day on which an order was placed, or a draft was begun, in the shop''s time zone.
@param to The last day.
@param seller_id Only what this seller sells.
@param channel {orders.channel}
@param customer_id Only what this customer ordered.
@param term A part of the order''s number, or of the buyer''s name or telephone number: at least 3 characters.
@param first How many, from 1.
@param after_at When the last row that was read was placed.
@param after_id The order of the last row that was read.
@returns order_id! {orders.id} The order.
@returns listed_at! {orders.listed_at}';
