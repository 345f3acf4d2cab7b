create or replace function internal.buyer_of_order(
  p_tenant_id uuid,
  p_customer_id uuid,
  out name text,
  out phone text,
  out email text
)
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  select coalesce(b.full_name, c.display_name), coalesce(b.phone_number, c.phone_number), coalesce(c.email, u.email)
    into name, phone, email
    from commerce.customer as c
    join commerce.buyer_profile as b on b.tenant_id = p_tenant_id and b.id = c.id
    join commerce.users as u on u.tenant_id = p_tenant_id and u.id = b.user_id
   where c.tenant_id = p_tenant_id and c.id = p_customer_id;
end
$$;

grant execute on function internal.buyer_of_order(uuid, uuid) to commerce_definer;
comment on function internal.buyer_of_order(uuid, uuid) is
  'Name, telephone number and email address of a buyer, as an order keeps them.';
