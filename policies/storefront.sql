-- Published, and given a domain, by functions.
select internal.attach_tenant_table('commerce.storefront');

create or replace trigger _060_theme
  before insert or update of theme_id on commerce.storefront
  for each row execute function internal.tg__theme();

create or replace trigger _500_domain_claim
  before insert or update of custom_domain on commerce.storefront
  for each row execute function internal.tg_storefront__domain_claim();

-- Everyone on the staff sees the shop.
create policy select_member on commerce.storefront for select to commerce_member
  using (true);

create policy update_member on commerce.storefront for update to commerce_member
  using ((select internal.must_have('storefront.manage')))
  with check ((select internal.must_have('storefront.manage')));

create policy select_buyer on commerce.storefront for select to commerce_buyer
  using (is_published);

create policy select_anonymous on commerce.storefront for select to commerce_anonymous
  using (is_published);

select internal.grant_select('api.storefront');
select internal.grant_select('api.storefront', '{commerce_buyer, commerce_anonymous}', '{
  id, tenant_id, theme_id, published_version_id, is_published, published_at, custom_domain,
  meta_title, meta_description, config
}');
grant update (
  theme_id, meta_title, meta_description, config, version
) on commerce.storefront, api.storefront to commerce_member;
