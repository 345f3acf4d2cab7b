create or replace view api.permission
  with (security_invoker = true)
as
select t.code,
       t.description
  from commerce.permission as t;

select internal.copy_comments('api.permission', 'commerce.permission');
