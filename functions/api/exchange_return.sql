create or replace function api.exchange_return(p_return_id uuid, p_order_id uuid, p_expected_version integer)
  returns api.order_returns
  language plpgsql
  volatile
  security definer  -- lends: writing returns and what money is for
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan  -- as api.place_order
as $$
declare
  v_tenant_id uuid := internal.require_permission('returns.manage');
  v_return commerce.order_returns;
  v_order_ids uuid[];
begin
  perform internal.require_permission('payments.manage');
  v_order_ids := p_order_id || array(
    select r.order_id from commerce.order_returns as r where r.tenant_id = v_tenant_id and r.id = p_return_id);
  -- In the order of their ids, as every function that locks several orders does.
  perform
     from (select u.id from unnest(v_order_ids) as u (id) order by u.id) as r
    cross join lateral (
       select from commerce.orders as o where o.tenant_id = v_tenant_id and o.id = r.id for no key update
     ) as o;
  v_return := internal.return_for_update(p_return_id, p_expected_version);
  if v_return.status in ('rejected', 'cancelled')
    or v_return.exchange_order_id <> p_order_id and exists (
      select
        from commerce.orders as o
       where o.tenant_id = v_tenant_id and o.id = v_return.exchange_order_id and o.status <> 'cancelled'
    )
  then
    raise exception using
      errcode = 'SCIMM',
      message = 'the return was rejected or cancelled, or has an order in exchange already';
  elsif not exists (
    select
      from commerce.orders as o
      join commerce.orders as b on b.tenant_id = v_tenant_id and b.id = v_return.order_id
     where o.tenant_id = v_tenant_id
       and o.id = p_order_id
       and o.id <> b.id
       and o.customer_id = b.customer_id
       and o.currency_code = b.currency_code
       and o.status not in ('draft', 'cancelled')
       and not o.is_deleted
  ) then
    perform internal.refuse_input(
      'order_id', 'must be another placed order of the same customer in the same currency');
  end if;

  update commerce.order_returns as r
     set exchange_order_id = p_order_id, refund_method = 'exchange', version = r.version
   where r.tenant_id = v_tenant_id and r.id = p_return_id
  returning * into v_return;
  perform internal.pay_exchange(v_return);
  return internal.return_view(p_return_id);
end
$$;

alter function api.exchange_return(uuid, uuid, integer) owner to commerce_definer;
grant execute on function api.exchange_return(uuid, uuid, integer) to commerce_member;
comment on function api.exchange_return(uuid, uuid, integer) is
  'Makes a return and another order of the same customer an exchange: the overpayment of the returned order, now and once the goods have come, pays for the other order; the rest is due for the other order, or is refunded. Call it again when the returned order was paid later. An order that waits for goods to come back does not expire. Needs returns.manage and payments.manage. SCIMM, SCPRM, SCNTF, SCVER, SCVRQ, SCVAL.
@param order_id The order of the goods that the buyer gets instead.';
