-- Requires: functions/api/views/storefront.sql
create or replace function internal.storefront_view()
  returns api.storefront
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select s.*
    from api.storefront as s
   where s.tenant_id = internal.tenant_id()
$$;

grant execute on function internal.storefront_view() to commerce_definer;
comment on function internal.storefront_view() is
  'The tenant''s storefront as the view shows it: what the storefront functions return.';
