create or replace view api.customer
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.is_blocked,
       t.first_seen_at,
       t.last_activity_at,
       t.display_name,
       t.email,
       t.phone_number,
       t.preferred_language,
       t.tags,
       t.metadata,
       t.version,
       t.is_deleted,
       t.created_at,
       t.updated_at,
       (
         select count(*)
           from commerce.orders as o
          where o.tenant_id = t.tenant_id
            and o.customer_id = t.id
            and o.status in ('pending', 'confirmed', 'processing', 'shipped')
            and not o.is_deleted
       ) as open_order_count
  from commerce.customer as t
 where not t.is_deleted;

select internal.copy_comments('api.customer', 'commerce.customer');
comment on column api.customer.open_order_count is 'Orders of the customer that are placed and not yet delivered, cancelled or returned.
@notNull
@behavior -filterBy -orderBy';

create or replace trigger soft_delete
  instead of delete on api.customer
  for each row execute function internal.tg__soft_delete_view();
