-- Undo: drop policy tenant on commerce.customer_identity; drop policy all_definer on commerce.customer_identity; drop policy all_purge on commerce.customer_identity; drop policy select_member on commerce.customer_identity; drop policy select_worker on commerce.customer_identity; drop policy select_platform on commerce.customer_identity; revoke all on commerce.customer_identity, api.customer_identity from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer, commerce_purge; alter table commerce.customer_identity no force row level security; alter table commerce.customer_identity disable row level security;
-- Written when messages arrive.
alter table commerce.customer_identity enable row level security;
alter table commerce.customer_identity force row level security;

drop policy if exists tenant on commerce.customer_identity;
create policy tenant on commerce.customer_identity as restrictive for all
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_purge
  using (tenant_id = (select internal.tenant_id()))
  with check (tenant_id = (select internal.tenant_id()));

-- Its functions check the caller; the policy above holds them to the tenant.
drop policy if exists all_definer on commerce.customer_identity;
create policy all_definer on commerce.customer_identity for all to commerce_definer
  using (true) with check (true);

-- internal.purge_deleted removes rows that it has locked; the policy above holds it to the tenant.
drop policy if exists all_purge on commerce.customer_identity;
create policy all_purge on commerce.customer_identity for all to commerce_purge
  using (true) with check (true);

drop policy if exists select_member on commerce.customer_identity;
create policy select_member on commerce.customer_identity for select to commerce_member
  using ((select internal.has_permission('customers.read')));

-- Webhooks and jobs serve every row of the tenant.
drop policy if exists select_worker on commerce.customer_identity;
create policy select_worker on commerce.customer_identity for select to commerce_worker
  using (true);

drop policy if exists select_platform on commerce.customer_identity;
create policy select_platform on commerce.customer_identity for select to commerce_platform
  using ((select internal.read_is_announced()));

revoke all on commerce.customer_identity, api.customer_identity
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_purge, commerce_system;
grant select (
  id, tenant_id, customer_id, channel_id, last_seen_at, external_user_id, profile_name, created_at,
  updated_at
) on commerce.customer_identity, api.customer_identity to commerce_member, commerce_worker, commerce_platform;
grant select, insert, update on commerce.customer_identity to commerce_definer;
grant select (tenant_id, customer_id), delete on commerce.customer_identity to commerce_purge;
grant select on api.customer_identity to commerce_definer;
