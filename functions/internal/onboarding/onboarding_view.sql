-- Requires: functions/api/views/seller_onboarding.sql
create or replace function internal.onboarding_view(p_onboarding_id uuid)
  returns api.seller_onboarding
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select o from api.seller_onboarding as o where o.tenant_id = internal.tenant_id() and o.id = p_onboarding_id
$$;

grant execute on function internal.onboarding_view(uuid) to commerce_definer;
comment on function internal.onboarding_view(uuid) is 'An onboarding: what its functions return.';
