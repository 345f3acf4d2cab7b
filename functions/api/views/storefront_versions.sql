create or replace view api.storefront_versions
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.storefront_id,
       t.theme_id,
       t.created_by,
       t.version_number,
       t.snapshot,
       t.change_summary,
       t.created_at
  from commerce.storefront_versions as t;

select internal.copy_comments('api.storefront_versions', 'commerce.storefront_versions');
