create or replace view api.storefront_drafts
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.storefront_id,
       t.base_version_id,
       t.theme_id,
       t.created_by,
       t.expires_at,
       t.name,
       t.config,
       t.version,
       t.created_at,
       t.updated_at
  from commerce.storefront_drafts as t;

select internal.copy_comments('api.storefront_drafts', 'commerce.storefront_drafts');
