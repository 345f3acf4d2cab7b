create or replace function api.sales_daily(p_from date, p_to date)
  returns table (
    day date,
    channel text,
    currency_code text,
    order_count bigint,
    unit_count bigint,
    gross_amount numeric,
    discount_amount numeric,
    shipping_amount numeric,
    fee_amount numeric,
    tax_amount numeric,
    included_tax_amount numeric,
    adjustment_amount numeric,
    returned_amount numeric,
    refunded_amount numeric,
    net_amount numeric
  )
  language plpgsql
  stable
  security definer  -- lends: the whole tenant's orders, to those who may read reports
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_tenant_id uuid := internal.require_permission('reports.read');
  v_timezone text := (select t.timezone from commerce.tenant as t where t.id = v_tenant_id);
begin
  perform internal.refuse_faults(
    case when p_from is null then internal.fault('from', 'must be given') end,
    case when p_to is null then internal.fault('to', 'must be given') end,
    internal.days_fault(p_from, p_to)
  );
  if p_to - p_from > 366 then
    perform internal.refuse_input('to', 'must be at most 366 days after from');
  end if;

  -- The day is the one on the shop's clocks, even in an hour that they showed twice. The bounds, which are wider by
  -- more than clocks are put back, are moments that are compared with placed_at itself, so that its index is used.
  return query
    select (o.placed_at at time zone v_timezone)::date as day, o.channel, o.currency_code,
           count(*), sum(u.units)::bigint, sum(o.subtotal_amount), sum(o.discount_amount),
           sum(o.shipping_amount), sum(o.fee_amount), sum(x.tax),
           sum(case when o.prices_include_tax then x.tax else 0 * x.tax end),
           sum(o.adjustment_amount), sum(o.returned_amount),
           sum(o.refunded_amount), sum(internal.net_amount(o.worth_amount, o.refunded_amount, o.due_amount))
      from commerce.orders as o
     cross join lateral (select o.tax_amount + o.shipping_tax_amount + o.fee_tax_amount as tax) as x
     cross join lateral (
       select coalesce(sum(i.quantity), 0) as units
         from commerce.order_items as i
        where i.tenant_id = o.tenant_id and i.order_id = o.id
     ) as u
     where o.tenant_id = v_tenant_id
       and o.placed_at >= p_from::timestamp at time zone v_timezone - interval '6 hours'
       and o.placed_at < (p_to + 1)::timestamp at time zone v_timezone + interval '6 hours'
       and (o.placed_at at time zone v_timezone)::date between p_from and p_to
       and o.status not in ('draft', 'cancelled')
     group by 1, 2, 3
     order by 1, 2, 3;
end
$$;

alter function api.sales_daily(date, date) owner to commerce_definer;
grant execute on function api.sales_daily(date, date) to commerce_member;
comment on function api.sales_daily(date, date) is
  'Sales of each day between two days in the tenant''s time zone, both of which are included and which are at most 366 days apart, by channel and currency: orders, units, gross before discount, discount, shipping, fees, taxes, the part of the taxes that is contained in those amounts because the prices include it, adjustments, goods that came back, refunds and net. Net is what the orders are worth, taxes and shipping included, less those refunds that have not lowered the worth already, so that each is subtracted once. Drafts and cancelled orders do not count. Needs reports.read. SCVAL.
@rowName sales_day
@param from The first day.
@param to The last day.
@returns day! The day, in the tenant''s time zone.
@returns channel! {orders.channel}
@returns currency_code! {orders.currency_code}
@returns order_count! How many orders.
@returns unit_count! How many units.
@returns gross_amount! Sum before discount, and before tax where prices do not include it.
@returns discount_amount! Sum of the discounts.
@returns shipping_amount! Sum of what was charged for shipping.
@returns fee_amount! Sum of the fees.
@returns tax_amount! Sum of the taxes, those on shipping and fees as well.
@returns included_tax_amount! The part of the taxes that the other amounts contain, because the prices include it.
@returns adjustment_amount! Sum of what staff took off or added afterwards.
@returns returned_amount! Price of the goods that came back.
@returns refunded_amount! The sum that was refunded to buyers.
@returns net_amount! The net sum: what the orders are worth, less refunds that are due again.';
