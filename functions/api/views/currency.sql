create or replace view api.currency
  with (security_invoker = true)
as
select t.code,
       t.minor_unit,
       t.name
  from commerce.currency as t;

select internal.copy_comments('api.currency', 'commerce.currency');
