create or replace view api.users
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.is_seller,
       t.is_system_admin,
       t.last_seen_at,
       t.email,
       t.auth_subject,
       t.display_name,
       t.phone_number,
       t.locale,
       t.version,
       t.is_deleted,
       t.created_at,
       t.updated_at
  from commerce.users as t
 where not t.is_deleted;

select internal.copy_comments('api.users', 'commerce.users');

create or replace trigger soft_delete
  instead of delete on api.users
  for each row execute function internal.tg__soft_delete_view();
