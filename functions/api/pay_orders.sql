create or replace function api.pay_orders(
  p_order_ids uuid[],
  p_payment_type text,
  p_provider text,
  p_idempotency_key text
)
  returns setof api.payment
  language plpgsql
  volatile
  security definer  -- lends: writing payments
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan  -- as api.place_order
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_own_id uuid := internal.acting_customer();
  v_order commerce.orders;
  v_payment_ids uuid[];
  v_reference text;
begin
  perform internal.refuse_faults(
    case when coalesce(cardinality(p_order_ids) not between 1 and 100, true)
        or cardinality(p_order_ids) <> (select count(distinct i) from unnest(p_order_ids) as i)
      then internal.fault('order_ids', 'must name 1 to 100 orders, each once') end,
    internal.text_fault('idempotency_key', p_idempotency_key, 200)
  );
  perform
     from (select u.id from unnest(p_order_ids) as u (id) order by u.id) as r
    cross join lateral (
       select
         from commerce.orders as o
        where o.tenant_id = v_tenant_id and o.id = r.id and (v_own_id is null or o.customer_id = v_own_id)
          for no key update
     ) as o;
  if (
    select count(distinct (o.customer_id, o.currency_code)) > 1
      from unnest(p_order_ids) as r (id)
     cross join lateral (
        select o.* from commerce.orders as o where o.tenant_id = v_tenant_id and o.id = r.id offset 0
      ) as o
     where (v_own_id is null or o.customer_id = v_own_id)
  ) then
    perform internal.refuse_input('order_ids', 'must be orders of one customer in one currency');
  end if;

  -- They are in the order in which internal.apply_payment_event pays them.
  for v_position in 1 .. cardinality(p_order_ids) loop
    select o.*
      into v_order
      from commerce.orders as o
     where o.tenant_id = v_tenant_id and o.id = p_order_ids[v_position];
    if not found then
      perform internal.refuse_missing('order_id');
    end if;
    v_payment_ids := v_payment_ids || (api.create_payment(
      p_order_ids[v_position], p_payment_type, p_provider,
      coalesce((
        select p.amount
          from commerce.payment as p
         where p.tenant_id = v_tenant_id
           and p.idempotency_key = md5(concat_ws(' ', v_own_id, p_idempotency_key || ' ' || v_position))
      ), v_order.due_amount),
      p_idempotency_key || ' ' || v_position)).id;
  end loop;
  select p.provider_reference
    into v_reference
    from commerce.payment as p
   where p.tenant_id = v_tenant_id and p.id = v_payment_ids[1];
  for v_position in 2 .. cardinality(v_payment_ids) loop
    update commerce.payment as p
       set provider_reference = v_reference, version = p.version
     where p.tenant_id = v_tenant_id and p.id = v_payment_ids[v_position] and p.provider_reference = p.id::text;
  end loop;
  return query
    select v.*
      from unnest(v_payment_ids) with ordinality as i (id, n)
     cross join lateral internal.payment_view(i.id) as v
     order by i.n;
end
$$;

alter function api.pay_orders(uuid[], text, text, text) owner to commerce_definer;
grant execute on function api.pay_orders(uuid[], text, text, text) to commerce_member, commerce_buyer, commerce_worker;
comment on function api.pay_orders(uuid[], text, text, text) is
  'Begins one payment at a provider for several orders of a customer, such as those of a split basket: an attempt for the due amount of each order, all with one reference, which is the first attempt''s id. The money that comes in is distributed in this order, and the last order gets the rest. A repeat with the same key returns the same attempts. SCDUP, SCAMT, SCIDM, SCNTF, SCPRM, SCVAL.
@param payment_type {payment.payment_type}
@param order_ids The orders, 1 to 100, in one currency.';
