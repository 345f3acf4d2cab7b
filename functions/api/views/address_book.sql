create or replace view api.address_book
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.user_id,
       t.is_default,
       t.country,
       t.latitude,
       t.longitude,
       t.address_type,
       t.label,
       t.recipient_name,
       t.phone_number,
       t.street_address,
       t.apartment,
       t.landmark,
       t.city,
       t.state,
       t.postal_code,
       t.delivery_note,
       t.version,
       t.is_deleted,
       t.created_at,
       t.updated_at
  from commerce.address_book as t
 where not t.is_deleted;

select internal.copy_comments('api.address_book', 'commerce.address_book', '@name address');

create or replace trigger soft_delete
  instead of delete on api.address_book
  for each row execute function internal.tg__soft_delete_view();
