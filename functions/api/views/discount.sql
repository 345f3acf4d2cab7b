create or replace view api.discount
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.seller_id,
       t.product_id,
       t.currency_code,
       t.amount,
       t.rate,
       t.minimum_amount,
       t.max_uses,
       t.max_uses_per_customer,
       t.used_count,
       t.is_active,
       t.starts_at,
       t.ends_at,
       t.code,
       t.version,
       t.is_deleted,
       t.created_at,
       t.updated_at
  from commerce.discount as t
 where not t.is_deleted;

select internal.copy_comments('api.discount', 'commerce.discount');

create or replace trigger soft_delete
  instead of delete on api.discount
  for each row execute function internal.tg__soft_delete_view();
