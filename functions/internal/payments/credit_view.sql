-- Requires: functions/api/views/customer_credit.sql
create or replace function internal.credit_view(p_credit_id uuid)
  returns api.customer_credit
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select c.*
    from api.customer_credit as c
   where c.tenant_id = internal.tenant_id() and c.id = p_credit_id
$$;

grant execute on function internal.credit_view(uuid) to commerce_definer;
comment on function internal.credit_view(uuid) is 'A row of store credit as schema api shows it.';
