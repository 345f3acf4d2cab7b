create or replace function api.customer_by_phone(p_phone_number text)
  returns api.customer
  language plpgsql
  stable
  security definer  -- lends: comparing every way to write a telephone number
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('customers.read');
  v_customer api.customer;
begin
  perform internal.require_phone_number('phone_number', p_phone_number);
  select c.*
    into v_customer
    from api.customer as c
   where c.tenant_id = v_tenant_id and c.phone_number = any (internal.phone_variants(p_phone_number));
  return v_customer;
end
$$;

alter function api.customer_by_phone(text) owner to commerce_definer;
grant execute on function api.customer_by_phone(text) to commerce_member, commerce_worker;
comment on function api.customer_by_phone(text) is
  'The customer with this telephone number, in whichever way it is written: numbers of Brazil, Mexico and Argentina have two. NULL when there is none. Needs customers.read. SCPRM, SCVAL.
@param phone_number In international form (E.164).';
