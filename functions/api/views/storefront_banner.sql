create or replace view api.storefront_banner
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.storefront_id,
       t.asset_id,
       t.priority,
       t.is_active,
       t.starts_at,
       t.ends_at,
       t.banner_type,
       t.placement,
       t.title,
       t.subtitle,
       t.link_url,
       t.locale,
       t.version,
       t.is_deleted,
       t.created_at,
       t.updated_at
  from commerce.storefront_banner as t
 where not t.is_deleted;

select internal.copy_comments('api.storefront_banner', 'commerce.storefront_banner');

create or replace trigger soft_delete
  instead of delete on api.storefront_banner
  for each row execute function internal.tg__soft_delete_view();
