create or replace function internal.order_filters(
  p_seller_id uuid,
  p_customer_id uuid,
  p_term text,
  p_statuses text[],
  p_payment_status text,
  p_from date,
  p_to date,
  p_channel text,
  out tenant_id uuid,
  out timezone text,
  out statuses text[],
  out seller_id uuid,
  out customer_id uuid,
  out term text
)
  language plpgsql
  stable
  security definer  -- lends: whose orders the caller sees
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_status text;
  v_own_id uuid := internal.customer_id();
begin
  tenant_id := internal.require_tenant();
  timezone := (select t.timezone from commerce.tenant as t where t.id = tenant_id);
  seller_id := p_seller_id;
  customer_id := p_customer_id;
  if internal.session_role() = 'commerce_buyer' and v_own_id is not null then
    customer_id := v_own_id;
  elsif internal.session_role() = 'commerce_member'
    and internal.seller_id() is not null
    and not internal.has_permission('orders.read')
  then
    seller_id := internal.seller_id();
  else
    perform internal.require_permission('orders.read');
  end if;

  if cardinality(p_statuses) > 100 then
    perform internal.refuse_input('statuses', 'must be at most 100');
  end if;
  foreach v_status in array coalesce(p_statuses, '{}') loop
    perform internal.require_in_set('statuses', v_status, 'orders', 'status');
  end loop;
  -- There is one row for each status, or one that represents all of them.
  statuses := coalesce(
    (select array_agg(distinct s.status) from unnest(p_statuses) as s (status)), array[null::text]);
  if p_payment_status is not null then
    perform internal.require_in_set('payment_status', p_payment_status, 'orders', 'payment_status');
  end if;
  if p_channel is not null then
    perform internal.require_in_set('channel', p_channel, 'orders', 'channel');
  end if;
  perform internal.refuse_faults(internal.days_fault(p_from, p_to));
  term := nullif(btrim(p_term), '');
  if length(term) not between 3 and 100 then
    perform internal.refuse_input('term', 'must have 3 to 100 characters');
  end if;
end
$$;

alter function internal.order_filters(uuid, uuid, text, text[], text, date, date, text) owner to commerce_definer;
grant execute on function internal.order_filters(uuid, uuid, text, text[], text, date, date, text) to commerce_system;
comment on function internal.order_filters(uuid, uuid, text, text[], text, date, date, text) is
  'The filters of a list of orders, checked and narrowed to what the caller sees: staff all, sellers what they sell, buyers their own. SCTEN, SCPRM, SCVAL with the field.';
