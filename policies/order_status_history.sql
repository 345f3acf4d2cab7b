-- Undo: select internal.detach_policies('commerce.order_status_history');
-- Buyers see what happened, not who did it or why.
select internal.attach_tenant_policies('commerce.order_status_history');

create policy select_member on commerce.order_status_history for select to commerce_member
  using (
    ((select internal.has_permission('orders.read')) or (select internal.gate(internal.seller_id()))[seller_hash])
    and ((select internal.has_permission('orders.read')) or seller_id = (select internal.seller_id()))
  );

create policy select_buyer on commerce.order_status_history for select to commerce_buyer
  using (
    (select internal.gate(internal.customer_id()))[customer_hash]
    and customer_id = (select internal.customer_id())
  );

-- A view asks its reader for every column that it names, so the right on the table is as wide as the
-- view. What a shopper sees is the right on the view: nobody can name the table.
grant select (
  id, tenant_id, order_id, changed_by, field, from_value, to_value, reason, created_at
) on commerce.order_status_history to commerce_member, commerce_buyer, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, order_id, changed_by, field, from_value, to_value, reason, created_at
) on api.order_status_history to commerce_member, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, order_id, field, from_value, to_value, created_at
) on api.order_status_history to commerce_buyer;
grant select, insert on commerce.order_status_history to commerce_definer;
grant select (tenant_id, order_id), delete on commerce.order_status_history to commerce_purge;
grant select on api.order_status_history to commerce_definer;
