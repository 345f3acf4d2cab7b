-- Each call has a plan of its own, without the filters that are not given.
create or replace function internal.orders_page(
  p_tenant_id uuid,
  p_timezone text,
  p_status text,
  p_payment_status text,
  p_from date,
  p_to date,
  p_seller_id uuid,
  p_channel text,
  p_customer_id uuid,
  p_term text,
  p_first integer,
  p_after_at timestamptz default null,
  p_after_id uuid default null
)
  returns table (order_id uuid, listed_at timestamptz)
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_custom_plan
as $$
declare
  v_words text := internal.like_pattern(p_term);
  v_number text := internal.number_pattern(p_term);
begin
  return query
    select o.id, o.listed_at
      from commerce.orders as o
     where o.tenant_id = p_tenant_id
       and not o.is_deleted
       and (p_status is null or o.status = p_status)
       and (p_payment_status is null or o.payment_status = p_payment_status)
       and (p_seller_id is null or o.seller_id = p_seller_id)
       and (p_channel is null or o.channel = p_channel)
       and (p_customer_id is null or o.customer_id = p_customer_id)
       and (p_term is null
         or coalesce(o.order_number, '') || ' ' || coalesce(o.buyer_name, '') || ' ' || coalesce(o.buyer_phone, '')
           ilike any (array_remove(array[v_words, v_number], null)))
       -- As in api.sales_daily: the day that the shop's clocks showed, within bounds that the index knows.
       and (p_from is null or o.listed_at >= p_from::timestamp at time zone p_timezone - interval '6 hours'
         and (o.listed_at at time zone p_timezone)::date >= p_from)
       and (p_to is null or o.listed_at < (p_to + 1)::timestamp at time zone p_timezone + interval '6 hours'
         and (o.listed_at at time zone p_timezone)::date <= p_to)
       and (p_after_id is null or (o.listed_at, o.id) < (p_after_at, p_after_id))
     -- With a term no index has this order, so that the planner does not read one order after the other in
     -- search of the term until a page is full.
     order by case when p_term is null then o.listed_at else o.listed_at + interval '0' end desc, o.id desc
     limit p_first;
end
$$;

grant execute on function internal.orders_page(
  uuid, text, text, text, date, date, uuid, text, uuid, text, integer, timestamptz, uuid) to commerce_system;
comment on function internal.orders_page(
  uuid, text, text, text, date, date, uuid, text, uuid, text, integer, timestamptz, uuid) is
  'The latest orders of a tenant that fit the filters given, after a place in the list; list_orders and count_orders read them, one status at a time.';
