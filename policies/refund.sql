-- Undo: select internal.detach_policies('commerce.refund');
-- Written by the refund functions.
select internal.attach_tenant_policies('commerce.refund');

create policy select_member on commerce.refund for select to commerce_member
  using (
    ((select internal.has_permission('orders.read')) or (select internal.gate(internal.seller_id()))[seller_hash])
    and ((select internal.has_permission('orders.read')) or seller_id = (select internal.seller_id()))
  );

create policy select_buyer on commerce.refund for select to commerce_buyer
  using (
    (select internal.gate(internal.customer_id()))[customer_hash]
    and customer_id = (select internal.customer_id())
  );

-- Providers' webhooks name a row before a tenant is known.
create policy select_system on commerce.refund for select to commerce_system
  using (true);

-- A view asks its reader for every column that it names, so the right on the table is as wide as the
-- view. What a shopper sees is the right on the view: nobody can name the table.
grant select (
  id, tenant_id, order_id, payment_id, order_return_id, created_by, currency_code, amount,
  completed_at, status, method, provider_reference, reason, created_at, updated_at
) on commerce.refund to commerce_member, commerce_buyer, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, order_id, payment_id, order_return_id, created_by, currency_code, amount,
  completed_at, status, method, provider_reference, reason, created_at, updated_at
) on api.refund to commerce_member, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, order_id, payment_id, order_return_id, currency_code, amount, completed_at, status,
  method, reason, created_at, updated_at
) on api.refund to commerce_buyer;
grant select, insert, update on commerce.refund to commerce_definer;
grant select on api.refund to commerce_definer;
grant select (id, tenant_id) on commerce.refund to commerce_system;
