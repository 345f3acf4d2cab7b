create or replace view api.seller_profile
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.user_id,
       t.logo_asset_id,
       t.is_verified,
       t.business_name,
       t.business_type,
       t.phone_number,
       t.email,
       t.slug,
       t.bio,
       t.version,
       t.is_deleted,
       t.created_at,
       t.updated_at
  from commerce.seller_profile as t
 where not t.is_deleted;

select internal.copy_comments('api.seller_profile', 'commerce.seller_profile');

create or replace trigger soft_delete
  instead of delete on api.seller_profile
  for each row execute function internal.tg__soft_delete_view('team.manage');
