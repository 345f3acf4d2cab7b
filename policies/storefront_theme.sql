-- Themes of the platform are everybody's to read and nobody's to change.
select internal.attach_tenant_table('commerce.storefront_theme', p_is_shared => true);

-- Everyone on the staff sees the themes to choose from.
create policy select_member on commerce.storefront_theme for select to commerce_member
  using (true);

create policy insert_member on commerce.storefront_theme for insert to commerce_member
  with check ((select internal.must_have('storefront.manage')));

create policy update_member on commerce.storefront_theme for update to commerce_member
  using (tenant_id = (select internal.tenant_id()) and (select internal.must_have('storefront.manage')))
  with check ((select internal.must_have('storefront.manage')));

-- The storefront is rendered with them.
create policy select_buyer on commerce.storefront_theme for select to commerce_buyer
  using (true);

-- As for buyers.
create policy select_anonymous on commerce.storefront_theme for select to commerce_anonymous
  using (true);

select internal.grant_select('api.storefront_theme');
select internal.grant_select('api.storefront_theme', '{commerce_buyer, commerce_anonymous}', '{
  id, tenant_id, is_system, name, description, tokens, is_deleted
}');
select internal.grant_write('api.storefront_theme', '{commerce_member}', '{
  name, description, tokens
}', p_update => '{version, is_deleted}');
grant delete on api.storefront_theme to commerce_member;
