-- Undo: drop policy tenant on commerce.complaints; drop policy all_definer on commerce.complaints; drop policy select_member on commerce.complaints; drop policy select_buyer on commerce.complaints; drop policy select_worker on commerce.complaints; drop policy select_platform on commerce.complaints; revoke all on commerce.complaints, api.complaints from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer; alter table commerce.complaints no force row level security; alter table commerce.complaints disable row level security;
-- Filed, escalated and resolved by functions.
alter table commerce.complaints enable row level security;
alter table commerce.complaints force row level security;

drop policy if exists tenant on commerce.complaints;
create policy tenant on commerce.complaints as restrictive for all
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_purge
  using (tenant_id = (select internal.tenant_id()))
  with check (tenant_id = (select internal.tenant_id()));

-- Its functions check the caller; the policy above holds them to the tenant.
drop policy if exists all_definer on commerce.complaints;
create policy all_definer on commerce.complaints for all to commerce_definer
  using (true) with check (true);

drop policy if exists select_member on commerce.complaints;
create policy select_member on commerce.complaints for select to commerce_member
  using ((select internal.has_permission('complaints.manage')) or user_id = (select internal.user_id()));

drop policy if exists select_buyer on commerce.complaints;
create policy select_buyer on commerce.complaints for select to commerce_buyer
  using (user_id = (select internal.user_id()));

-- Webhooks and jobs serve every row of the tenant.
drop policy if exists select_worker on commerce.complaints;
create policy select_worker on commerce.complaints for select to commerce_worker
  using (true);

drop policy if exists select_platform on commerce.complaints;
create policy select_platform on commerce.complaints for select to commerce_platform
  using ((select internal.read_is_announced()));

revoke all on commerce.complaints, api.complaints
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_system;
-- A view asks its reader for every column that it names, so the right on the table is as wide as the
-- view. What a shopper sees is the right on the view: nobody can name the table.
grant select (
  id, tenant_id, user_id, order_id, product_id, thread_id, assigned_member_id, resolved_at, type,
  status, tier, description, resolution, escalation_reason, version, created_at, updated_at
) on commerce.complaints to commerce_member, commerce_buyer, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, user_id, order_id, product_id, thread_id, assigned_member_id, resolved_at, type,
  status, tier, description, resolution, escalation_reason, version, created_at, updated_at
) on api.complaints to commerce_member, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, user_id, order_id, product_id, thread_id, resolved_at, type, status, description,
  resolution, version, created_at, updated_at
) on api.complaints to commerce_buyer;
grant select, insert, update on commerce.complaints to commerce_definer;
grant select on api.complaints to commerce_definer;
