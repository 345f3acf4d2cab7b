create or replace view api.role_permission
  with (security_invoker = true)
as
select t.role,
       t.permission_code
  from commerce.role_permission as t;

select internal.copy_comments('api.role_permission', 'commerce.role_permission');
