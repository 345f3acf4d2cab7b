-- Undo: select internal.detach_policies('commerce.customer_identity');
-- Written when messages arrive.
select internal.attach_tenant_policies('commerce.customer_identity');

create policy select_member on commerce.customer_identity for select to commerce_member
  using ((select internal.has_permission('customers.read')));

grant select (
  id, tenant_id, customer_id, channel_id, last_seen_at, external_user_id, profile_name, created_at,
  updated_at
) on commerce.customer_identity, api.customer_identity to commerce_member, commerce_worker, commerce_platform;
grant select, insert, update on commerce.customer_identity to commerce_definer;
grant select (tenant_id, customer_id), delete on commerce.customer_identity to commerce_purge;
grant select on api.customer_identity to commerce_definer;
