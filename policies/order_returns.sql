-- Undo: select internal.detach_policies('commerce.order_returns');
-- Written by the return functions.
select internal.attach_tenant_policies('commerce.order_returns');

create policy select_member on commerce.order_returns for select to commerce_member
  using (
    ((select internal.has_permission('orders.read')) or (select internal.gate(internal.seller_id()))[seller_hash])
    and ((select internal.has_permission('orders.read')) or seller_id = (select internal.seller_id()))
  );

create policy select_buyer on commerce.order_returns for select to commerce_buyer
  using (
    (select internal.gate(internal.customer_id()))[customer_hash]
    and customer_id = (select internal.customer_id())
  );

-- A view asks its reader for every column that it names, so the right on the table is as wide as the
-- view. What a shopper sees is the right on the view: nobody can name the table.
grant select (
  id, tenant_id, order_id, requested_by, approved_by, currency_code, refund_amount, return_date,
  approved_at, rejected_at, refunded_at, closed_at, return_number, status, reason, description,
  rejection_reason, refund_method, return_tracking_number, version, created_at, updated_at
) on commerce.order_returns to commerce_member, commerce_buyer, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, order_id, requested_by, approved_by, currency_code, refund_amount, return_date,
  approved_at, rejected_at, refunded_at, closed_at, return_number, status, reason, description,
  rejection_reason, refund_method, return_tracking_number, version, created_at, updated_at
) on api.order_returns to commerce_member, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, order_id, currency_code, refund_amount, return_date, approved_at, rejected_at,
  refunded_at, closed_at, return_number, status, reason, description, rejection_reason,
  refund_method, return_tracking_number, version, created_at, updated_at
) on api.order_returns to commerce_buyer;
grant select, insert, update on commerce.order_returns to commerce_definer;
grant select on api.order_returns to commerce_definer;
