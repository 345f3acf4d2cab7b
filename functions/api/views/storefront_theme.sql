create or replace view api.storefront_theme
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.is_system,
       t.name,
       t.description,
       t.tokens,
       t.version,
       t.is_deleted,
       t.created_at,
       t.updated_at
  from commerce.storefront_theme as t
 where not t.is_deleted;

select internal.copy_comments('api.storefront_theme', 'commerce.storefront_theme');

create or replace trigger soft_delete
  instead of delete on api.storefront_theme
  for each row execute function internal.tg__soft_delete_view();
