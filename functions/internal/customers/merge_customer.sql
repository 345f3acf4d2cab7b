create or replace function internal.merge_customer(p_customer_id uuid, p_merged_id uuid)
  returns uuid[]
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_thread_ids uuid[];
  v_order commerce.orders;
  v_merged commerce.customer;
  v_buyer commerce.buyer_profile;
begin
  -- Threads come before orders, as where a message names an order.
  v_thread_ids := internal.move_threads(v_tenant_id, p_merged_id, p_customer_id);
  update commerce.customer_identity as i
     set customer_id = p_customer_id
   where i.tenant_id = v_tenant_id and i.customer_id = p_merged_id;
  update internal.upload as u
     set customer_id = p_customer_id
   where u.tenant_id = v_tenant_id and u.customer_id = p_merged_id;
  -- Whoever holds a visitor's token cannot open what the other customer has; the token stands for a new visitor.
  perform internal.bind_visitor(v.subject, null)
     from internal.visitor as v
    where v.tenant_id = v_tenant_id and v.customer_id in (p_customer_id, p_merged_id);
  delete from internal.visitor as v
   where v.tenant_id = v_tenant_id and v.customer_id in (p_customer_id, p_merged_id);

  select b.*
    into v_buyer
    from commerce.buyer_profile as b
   where b.tenant_id = v_tenant_id and b.id = p_merged_id;
  if found then
    perform internal.customer_for_order(p_customer_id, null);
    for v_order in
      select o.*
        from commerce.orders as o
       where o.tenant_id = v_tenant_id and o.customer_id = p_merged_id
       order by o.id
         for update
    loop
      -- There is one open basket for each seller and kind of channel.
      if v_order.status = 'draft' and v_order.placed_at is null and not v_order.is_deleted and exists (
        select
          from commerce.orders as o
         where o.tenant_id = v_tenant_id
           and o.customer_id = p_customer_id
           and o.channel = v_order.channel
           and o.seller_id = v_order.seller_id
           and o.status = 'draft'
           and o.placed_at is null
           and not o.is_deleted
      ) then
        perform internal.cancel_locked_order(v_order, 'merged with a customer who has a basket');
      end if;
      update commerce.orders as o
         set customer_id = p_customer_id, version = o.version
       where o.tenant_id = v_tenant_id and o.id = v_order.id;
    end loop;
    -- After the orders, as where credit is spent.
    perform internal.lock_shopper(v_tenant_id, s.id)
       from unnest(array[least(p_customer_id, p_merged_id), greatest(p_customer_id, p_merged_id)]) as s (id);
    update commerce.customer_credit as c
       set customer_id = p_customer_id
     where c.tenant_id = v_tenant_id and c.customer_id = p_merged_id;
    update commerce.address_book as a
       set user_id = b.user_id, is_default = false, version = a.version
      from commerce.buyer_profile as b
     where b.tenant_id = v_tenant_id and b.id = p_customer_id and a.tenant_id = v_tenant_id and a.user_id = v_buyer.user_id;
    update commerce.saved_payment_method as m
       set user_id = b.user_id, is_default = false, version = m.version
      from commerce.buyer_profile as b
     where b.tenant_id = v_tenant_id and b.id = p_customer_id and m.tenant_id = v_tenant_id and m.user_id = v_buyer.user_id;
    update commerce.buyer_profile as b
       set full_name = coalesce(b.full_name, v_buyer.full_name),
           phone_number = coalesce(b.phone_number, v_buyer.phone_number),
           version = b.version
     where b.tenant_id = v_tenant_id
       and b.id = p_customer_id
       and (b.full_name is null or b.phone_number is null);
  end if;

  -- The number is free before the other customer takes it.
  update commerce.customer as c
     set is_deleted = true, deleted_at = now(), merged_into_id = p_customer_id, version = c.version
   where c.tenant_id = v_tenant_id and c.id = p_merged_id
  returning * into v_merged;
  -- The person without a login for whom the orders were taken.
  update commerce.users as u
     set is_deleted = true, version = u.version
   where u.tenant_id = v_tenant_id and u.id = v_buyer.user_id;
  update commerce.customer as c
     set is_blocked = c.is_blocked or v_merged.is_blocked,
         first_seen_at = least(c.first_seen_at, v_merged.first_seen_at),
         last_activity_at = greatest(c.last_activity_at, v_merged.last_activity_at),
         display_name = coalesce(c.display_name, v_merged.display_name),
         email = coalesce(c.email, v_merged.email),
         phone_number = coalesce(c.phone_number, v_merged.phone_number),
         preferred_language = coalesce(c.preferred_language, v_merged.preferred_language),
         tags = c.tags || array(select m.tag from unnest(v_merged.tags) as m (tag) where m.tag <> all (c.tags)),
         metadata = v_merged.metadata || c.metadata,
         version = c.version
   where c.tenant_id = v_tenant_id and c.id = p_customer_id;
  return v_thread_ids;
end
$$;

grant execute on function internal.merge_customer(uuid, uuid) to commerce_definer;
comment on function internal.merge_customer(uuid, uuid) is
  'Gives all that a customer without a login has to another one: threads, ids, orders with their money, baskets, store credit, addresses, means of payment and files. Both are locked by internal.lock_customers. Returns the threads that moved.';
