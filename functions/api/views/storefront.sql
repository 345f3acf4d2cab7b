create or replace view api.storefront
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.theme_id,
       t.published_version_id,
       t.published_by,
       t.is_published,
       t.domain_verified_at,
       t.published_at,
       t.custom_domain,
       t.meta_title,
       t.meta_description,
       t.config,
       t.version,
       t.created_at,
       t.updated_at
  from commerce.storefront as t;

select internal.copy_comments('api.storefront', 'commerce.storefront');
