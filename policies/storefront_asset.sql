select internal.attach_tenant_table('commerce.storefront_asset');

-- A private file, such as a proof of payment, is for those who work with orders or files.
create policy select_member on commerce.storefront_asset for select to commerce_member
  using (
    not is_private
    or (select internal.has_permission('orders.read'))
    or (select internal.has_permission('storefront.manage'))
    or created_by = (select internal.user_id())
  );

create policy insert_member on commerce.storefront_asset for insert to commerce_member
  with check ((select internal.has_permission('storefront.manage')));

create policy update_member on commerce.storefront_asset for update to commerce_member
  using ((select internal.has_permission('storefront.manage')))
  with check ((select internal.has_permission('storefront.manage')));

create policy select_buyer on commerce.storefront_asset for select to commerce_buyer
  using (not is_private or created_by = (select internal.user_id()));

create policy select_anonymous on commerce.storefront_asset for select to commerce_anonymous
  using (not is_private);

select internal.grant_select('api.storefront_asset');
select internal.grant_select('api.storefront_asset', '{commerce_buyer, commerce_anonymous}', '{
  id, tenant_id, size_bytes, width, height, is_private, file_name, file_type, url, mime_type,
  alt_text, is_deleted, created_at
}');
grant insert (
  size_bytes, width, height, is_private, file_name, file_type, url, mime_type, sha256, alt_text
) on commerce.storefront_asset, api.storefront_asset to commerce_member;
grant update (
  is_private, file_name, alt_text, is_deleted
) on commerce.storefront_asset, api.storefront_asset to commerce_member;
grant delete on api.storefront_asset to commerce_member;
