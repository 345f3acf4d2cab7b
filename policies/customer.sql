-- Undo: drop policy tenant on commerce.customer; drop policy all_definer on commerce.customer; drop policy all_purge on commerce.customer; drop policy select_member on commerce.customer; drop policy insert_member on commerce.customer; drop policy update_member on commerce.customer; drop policy select_buyer on commerce.customer; drop policy select_worker on commerce.customer; drop policy select_platform on commerce.customer; revoke all on commerce.customer, api.customer from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer, commerce_purge; alter table commerce.customer no force row level security; alter table commerce.customer disable row level security;
alter table commerce.customer enable row level security;
alter table commerce.customer force row level security;

drop policy if exists tenant on commerce.customer;
create policy tenant on commerce.customer as restrictive for all
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_purge
  using (tenant_id = (select internal.tenant_id()))
  with check (tenant_id = (select internal.tenant_id()));

-- Its functions check the caller; the policy above holds them to the tenant.
drop policy if exists all_definer on commerce.customer;
create policy all_definer on commerce.customer for all to commerce_definer
  using (true) with check (true);

-- internal.purge_deleted removes rows that it has locked; the policy above holds it to the tenant.
drop policy if exists all_purge on commerce.customer;
create policy all_purge on commerce.customer for all to commerce_purge
  using (true) with check (true);

drop policy if exists select_member on commerce.customer;
create policy select_member on commerce.customer for select to commerce_member
  using ((select internal.has_permission('customers.read')));

drop policy if exists insert_member on commerce.customer;
create policy insert_member on commerce.customer for insert to commerce_member
  with check ((select internal.has_permission('customers.manage')));

drop policy if exists update_member on commerce.customer;
create policy update_member on commerce.customer for update to commerce_member
  using ((select internal.has_permission('customers.manage')))
  with check ((select internal.has_permission('customers.manage')));

drop policy if exists select_buyer on commerce.customer;
create policy select_buyer on commerce.customer for select to commerce_buyer
  using (id = (select internal.customer_id()));

-- Webhooks and jobs serve every row of the tenant.
drop policy if exists select_worker on commerce.customer;
create policy select_worker on commerce.customer for select to commerce_worker
  using (true);

drop policy if exists select_platform on commerce.customer;
create policy select_platform on commerce.customer for select to commerce_platform
  using ((select internal.read_is_announced()));

revoke all on commerce.customer, api.customer
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_purge, commerce_system;
-- A view asks its reader for every column that it names, so the right on the table is as wide as the
-- view. What a shopper sees is the right on the view: nobody can name the table.
grant select (
  id, tenant_id, is_blocked, first_seen_at, last_activity_at, display_name, email, phone_number,
  preferred_language, tags, metadata, version, is_deleted, created_at, updated_at
) on commerce.customer to commerce_member, commerce_buyer, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, is_blocked, first_seen_at, last_activity_at, display_name, email, phone_number,
  preferred_language, tags, metadata, version, is_deleted, created_at, updated_at
) on api.customer to commerce_member, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, first_seen_at, last_activity_at, display_name, email, phone_number,
  preferred_language, is_deleted, created_at, updated_at
) on api.customer to commerce_buyer;
grant insert (
  display_name, email, phone_number, preferred_language, tags, metadata
) on commerce.customer, api.customer to commerce_member;
grant update (
  is_blocked, display_name, email, phone_number, preferred_language, tags, metadata, version,
  is_deleted
) on commerce.customer, api.customer to commerce_member;
grant delete on api.customer to commerce_member;
grant select, insert, update on commerce.customer to commerce_definer;
grant select (tenant_id, id, version), delete on commerce.customer to commerce_purge;
grant update (display_name, email, phone_number, version) on commerce.customer to commerce_purge;
grant select on api.customer to commerce_definer;
