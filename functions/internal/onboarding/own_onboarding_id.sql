create or replace function internal.own_onboarding_id()
  returns uuid
  language sql
  stable
  parallel safe
  security definer  -- lends: reading commerce.seller_onboarding
  set search_path = pg_catalog, pg_temp
as $$
  select o.id
    from commerce.seller_onboarding as o
   where o.tenant_id = internal.tenant_id() and o.seller_id = internal.seller_id()
$$;

alter function internal.own_onboarding_id() owner to commerce_definer;
grant execute on function internal.own_onboarding_id() to commerce_member;
comment on function internal.own_onboarding_id() is
  'The onboarding of the current session''s seller; NULL for everyone else.';
