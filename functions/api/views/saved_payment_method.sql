create or replace view api.saved_payment_method
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.user_id,
       t.is_default,
       t.expiry_month,
       t.expiry_year,
       t.card_last_four,
       t.phone_last_four,
       t.last_used_at,
       t.payment_type,
       t.provider,
       t.display_name,
       t.card_brand,
       t.version,
       t.is_deleted,
       t.created_at,
       t.updated_at
  from commerce.saved_payment_method as t
 where not t.is_deleted;

select internal.copy_comments('api.saved_payment_method', 'commerce.saved_payment_method');

create or replace trigger soft_delete
  instead of delete on api.saved_payment_method
  for each row execute function internal.tg__soft_delete_view();
