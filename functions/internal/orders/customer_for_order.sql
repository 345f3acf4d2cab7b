-- Requires: functions/internal/session/acting_customer.sql
-- Requires: functions/internal/session/require_tenant.sql
-- Anyone who writes is a customer; the first order makes a buyer, and with it the users row that a
-- buyer hangs off: a person of the tenant without a login.
create or replace function internal.customer_for_order(
  p_customer_id uuid,
  p_own_id uuid default internal.acting_customer(),
  p_tenant_id uuid default internal.require_tenant()
)
  returns uuid
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_id uuid := coalesce(p_customer_id, p_own_id);
  v_customer commerce.customer;
  v_user_id uuid;
begin
  if v_id is null then
    perform internal.refuse_input('customer_id', 'must not be empty');
  elsif v_id <> p_own_id then
    perform internal.refuse_missing('customer_id');
  end if;

  -- The customer keeps its key until the order is there, so that it is not merged with another one meanwhile.
  perform
     from commerce.customer as c
    where c.tenant_id = p_tenant_id and c.id = v_id and not c.is_deleted
      for key share;
  if found and exists (
    select from commerce.buyer_profile as b where b.tenant_id = p_tenant_id and b.id = v_id and not b.is_deleted
  ) then
    return v_id;
  end if;

  -- The lock lets one of two concurrent first orders make the buyer; the other then finds it.
  select c.*
    into v_customer
    from commerce.customer as c
   where c.tenant_id = p_tenant_id and c.id = v_id and not c.is_deleted
     for no key update;
  if not found
    or exists (
      select from commerce.buyer_profile as b
       where b.tenant_id = p_tenant_id and b.id = v_id and b.is_deleted
    )
  then
    perform internal.refuse_missing('customer_id');
  end if;

  if not exists (select from commerce.buyer_profile as b where b.tenant_id = p_tenant_id and b.id = v_id) then
    insert into commerce.users (tenant_id, display_name, phone_number)
    values (p_tenant_id, v_customer.display_name, v_customer.phone_number)
    returning id into v_user_id;
    insert into commerce.buyer_profile (id, tenant_id, user_id, phone_number, full_name, preferred_language)
    values (
      v_id, p_tenant_id, v_user_id, v_customer.phone_number, v_customer.display_name,
      coalesce(v_customer.preferred_language, 'en')
    );
  end if;
  return v_id;
end
$$;

grant execute on function internal.customer_for_order(uuid, uuid, uuid) to commerce_definer;
comment on function internal.customer_for_order(uuid, uuid, uuid) is
  'The customer that the caller orders for (for a buyer, only the buyer), made a buyer if not one yet. SCPRM, SCVAL, SCNTF.';
