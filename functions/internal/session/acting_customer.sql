-- Requires: functions/internal/session/current_session.sql
create or replace function internal.acting_customer(p_session internal.session default internal.current_session())
  returns uuid
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  if p_session.role is distinct from 'commerce_buyer' then
    perform internal.require_permission('orders.manage');
    return null;
  end if;

  if p_session.customer_id is null then
    raise exception using
      errcode = 'SCPRM',
      message = 'the shopper is not registered with this shop',
      detail = json_build_object('permission', 'orders.manage')::text,
      hint = 'Call register_buyer first.';
  end if;
  return p_session.customer_id;
end
$$;

grant execute on function internal.acting_customer(internal.session) to commerce_definer;
comment on function internal.acting_customer(internal.session) is
  'The customer whose orders the caller may act on: NULL for staff with orders.manage (all customers), their own customer for a buyer. SCTEN without a tenant, SCPRM for all others.';
