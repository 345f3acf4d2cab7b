select internal.attach_tenant_table('commerce.storefront_banner');

-- Everyone on the staff sees the shop.
create policy select_member on commerce.storefront_banner for select to commerce_member
  using (true);

create policy insert_member on commerce.storefront_banner for insert to commerce_member
  with check ((select internal.must_have('storefront.manage')));

create policy update_member on commerce.storefront_banner for update to commerce_member
  using ((select internal.must_have('storefront.manage')))
  with check ((select internal.must_have('storefront.manage')));

create policy select_buyer on commerce.storefront_banner for select to commerce_buyer
  using (is_active);

create policy select_anonymous on commerce.storefront_banner for select to commerce_anonymous
  using (is_active);

select internal.grant_select('api.storefront_banner');
select internal.grant_select('api.storefront_banner', '{commerce_buyer, commerce_anonymous}', '{
  id, tenant_id, storefront_id, asset_id, priority, is_active, starts_at, ends_at, banner_type,
  placement, title, subtitle, link_url, locale, is_deleted
}');
select internal.grant_write('api.storefront_banner', '{commerce_member}', '{
  asset_id, priority, is_active, starts_at, ends_at, banner_type, placement, title, subtitle, link_url, locale
}', p_insert => '{storefront_id}', p_update => '{version, is_deleted}');
grant delete on api.storefront_banner to commerce_member;
