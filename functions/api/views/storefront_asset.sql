create or replace view api.storefront_asset
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.created_by,
       t.size_bytes,
       t.width,
       t.height,
       t.is_private,
       t.is_payment_proof,
       t.file_name,
       t.file_type,
       t.url,
       t.mime_type,
       t.sha256,
       t.alt_text,
       t.version,
       t.is_deleted,
       t.created_at,
       t.updated_at
  from commerce.storefront_asset as t
 where not t.is_deleted;

select internal.copy_comments('api.storefront_asset', 'commerce.storefront_asset');

create or replace trigger soft_delete
  instead of delete on api.storefront_asset
  for each row execute function internal.tg__soft_delete_view();
