-- Trigrams are not leakproof: under row-level security they could not use an index. So this function is owned
-- by a role outside the tenant policy, and states the tenant itself.
create or replace function api.search_customers(
  p_term text,
  p_first integer default 20,
  p_after_at timestamptz default null,
  p_after_id uuid default null
)
  returns table (customer_id uuid, last_activity_at timestamptz)
  rows 20  -- a page
  language plpgsql
  stable
  security definer  -- lends: reading customers past the tenant policy, for the stated tenant
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_custom_plan
as $$
declare
  v_tenant_id uuid := internal.require_permission('customers.read');
  v_words text := internal.like_pattern(btrim(p_term));
  v_number text := internal.number_pattern(btrim(p_term));
begin
  if coalesce(length(btrim(p_term)), 0) not between 3 and 100 then
    perform internal.refuse_input('term', 'must have 3 to 100 characters');
  elsif coalesce(p_first, 0) < 1 then
    perform internal.refuse_input('first', 'must be from 1');
  elsif (p_after_at is null) <> (p_after_id is null) then
    perform internal.refuse_input('after_at', 'and after_id are of one row');
  end if;
  perform internal.refuse_faults(internal.calendar_fault('after_at', p_after_at));
  return query
    select c.id, c.last_activity_at
      from commerce.customer as c
     where c.tenant_id = v_tenant_id
       and not c.is_deleted
       and (c.display_name ilike v_words or c.phone_number like v_number)
       and (p_after_id is null or (c.last_activity_at, c.id) < (p_after_at, p_after_id))
     -- The order is not that of an index, for the reason given in internal.orders_page.
     order by c.last_activity_at + interval '0' desc, c.id desc
     limit p_first;
end
$$;

alter function api.search_customers(text, integer, timestamptz, uuid) owner to commerce_system;
grant execute on function api.search_customers(text, integer, timestamptz, uuid) to commerce_member, commerce_worker;
comment on function api.search_customers(text, integer, timestamptz, uuid) is
  'Customers whose name or telephone number contains a term, the latest active first. Pass last_activity_at and id of the last row as after_at and after_id to get the rows behind it. Needs customers.read. SCPRM, SCVAL with the field.
@rowName customer_match
@param term A part of the name or of the telephone number: 3 to 100 characters.
@param first How many, from 1.
@param after_at When the last customer that was read was active.
@param after_id The last customer that was read.
@returns customer_id! {customer.id} The customer.
@returns last_activity_at! {customer.last_activity_at}';
