create or replace function internal.published_version_id()
  returns uuid
  language sql
  stable
  parallel safe
  security definer  -- lends: reading commerce.storefront
  set search_path = pg_catalog, pg_temp
as $$
  select s.published_version_id
    from commerce.storefront as s
   where s.tenant_id = internal.tenant_id() and s.is_published
$$;

alter function internal.published_version_id() owner to commerce_definer;
grant execute on function internal.published_version_id() to commerce_buyer, commerce_anonymous;
comment on function internal.published_version_id() is
  'The storefront version that visitors of the current tenant see; NULL while nothing is published.';
