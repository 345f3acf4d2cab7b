create or replace function api.start_order(
  p_seller_id uuid,
  p_channel text,
  p_customer_id uuid default null,
  p_thread_id uuid default null
)
  returns api.orders
  language plpgsql
  volatile
  security definer  -- lends: writing orders and buyers
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_own_id uuid := internal.acting_customer();
  v_channel text := p_channel;
  v_customer_id uuid := p_customer_id;
  v_order_id uuid;
begin
  if p_thread_id is not null then
    select c.channel_type, t.customer_id
      into v_channel, v_customer_id
      from commerce.conversation_thread as t
      join commerce.channel as c on c.tenant_id = v_tenant_id and c.id = t.channel_id
     where t.tenant_id = v_tenant_id
       and t.id = p_thread_id
       and (v_own_id is null or t.customer_id = v_own_id);
    if not found then
      perform internal.refuse_missing('thread_id');
    elsif p_channel <> v_channel then
      perform internal.refuse_input('channel', 'must be the channel of the thread, or empty');
    elsif p_customer_id <> v_customer_id then
      perform internal.refuse_input('customer_id', 'must be the customer of the thread, or empty');
    end if;
  else
    perform internal.require_in_set('channel', v_channel, 'orders', 'channel');
  end if;
  if not exists (
    select
      from commerce.seller_profile as s
     where s.tenant_id = v_tenant_id and s.id = p_seller_id and not s.is_deleted
  ) then
    perform internal.refuse_missing('seller_id');
  end if;
  v_customer_id := internal.customer_for_order(v_customer_id);

  -- When two calls run at once, the unique index of open baskets lets one insert; the other waits for it,
  -- inserts nothing and finds the same row. A basket that was placed in the meantime is no
  -- basket any more, so the call tries again.
  loop
    select o.id
      into v_order_id
      from commerce.orders as o
     where o.tenant_id = v_tenant_id
       and o.customer_id = v_customer_id
       and o.channel = v_channel
       and o.seller_id = p_seller_id
       and o.status = 'draft'
       and o.placed_at is null
       and not o.is_deleted;
    exit when found;

    insert into commerce.orders (
      tenant_id, seller_id, customer_id, channel, currency_code, prices_include_tax, shipping_tax_rate, thread_id
    )
    select v_tenant_id, p_seller_id, v_customer_id, v_channel, t.default_currency, t.prices_include_tax,
           t.shipping_tax_rate, p_thread_id
      from commerce.tenant as t
     where t.id = v_tenant_id
    on conflict do nothing
    returning id into v_order_id;
    exit when found;
  end loop;

  -- The basket follows the customer into a new thread.
  update commerce.orders as o
     set thread_id = p_thread_id, version = o.version
   where o.tenant_id = v_tenant_id
     and o.id = v_order_id
     and o.status = 'draft'
     and o.thread_id is distinct from coalesce(p_thread_id, o.thread_id);

  return internal.order_view(v_order_id);
end
$$;

alter function api.start_order(uuid, text, uuid, uuid) owner to commerce_definer;
grant execute on function api.start_order(uuid, text, uuid, uuid)
  to commerce_member, commerce_buyer, commerce_worker;
comment on function api.start_order(uuid, text, uuid, uuid) is
  'Returns the open basket of this customer, channel and seller, and makes it when there is none. With a thread, customer and channel are the thread''s. Buyers order only for themselves. SCPRM, SCNTF, SCVAL with the field.
@param channel {orders.channel}
@param seller_id The seller.';
