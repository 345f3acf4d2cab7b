create or replace view api.buyer_profile
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.user_id,
       t.default_currency,
       t.phone_number,
       t.full_name,
       t.preferred_language,
       t.version,
       t.is_deleted,
       t.created_at,
       t.updated_at
  from commerce.buyer_profile as t
 where not t.is_deleted;

select internal.copy_comments('api.buyer_profile', 'commerce.buyer_profile');

create or replace trigger soft_delete
  instead of delete on api.buyer_profile
  for each row execute function internal.tg__soft_delete_view();
