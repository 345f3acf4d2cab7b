-- Written by publishing, and only added to. Visitors see the one that is published.
select internal.attach_tenant_table('commerce.storefront_versions', p_is_append_only => true, p_is_audited => false);

create or replace trigger _060_theme
  before insert on commerce.storefront_versions
  for each row execute function internal.tg__theme();

create policy select_member on commerce.storefront_versions for select to commerce_member
  using ((select internal.has_permission('storefront.manage')));

create policy select_buyer on commerce.storefront_versions for select to commerce_buyer
  using (
    (select internal.gate(internal.published_version_id()))[id_hash]
    and id = (select internal.published_version_id())
  );

create policy select_anonymous on commerce.storefront_versions for select to commerce_anonymous
  using (
    (select internal.gate(internal.published_version_id()))[id_hash]
    and id = (select internal.published_version_id())
  );

select internal.grant_select('api.storefront_versions');
select internal.grant_select('api.storefront_versions', '{commerce_buyer, commerce_anonymous}', '{
  id, tenant_id, storefront_id, theme_id, version_number, snapshot, created_at
}');
