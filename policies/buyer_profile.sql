-- Undo: drop policy tenant on commerce.buyer_profile; drop policy all_definer on commerce.buyer_profile; drop policy all_purge on commerce.buyer_profile; drop policy select_member on commerce.buyer_profile; drop policy update_member on commerce.buyer_profile; drop policy select_buyer on commerce.buyer_profile; drop policy update_buyer on commerce.buyer_profile; drop policy select_worker on commerce.buyer_profile; drop policy select_platform on commerce.buyer_profile; drop policy select_system on commerce.buyer_profile; revoke all on commerce.buyer_profile, api.buyer_profile, api.customer_value from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer, commerce_purge, commerce_system; alter table commerce.buyer_profile no force row level security; alter table commerce.buyer_profile disable row level security;
-- A profile is made by the first order or by api.register_buyer.
alter table commerce.buyer_profile enable row level security;
alter table commerce.buyer_profile force row level security;

drop policy if exists tenant on commerce.buyer_profile;
create policy tenant on commerce.buyer_profile as restrictive for all
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_purge
  using (tenant_id = (select internal.tenant_id()))
  with check (tenant_id = (select internal.tenant_id()));

-- Its functions check the caller; the policy above holds them to the tenant.
drop policy if exists all_definer on commerce.buyer_profile;
create policy all_definer on commerce.buyer_profile for all to commerce_definer
  using (true) with check (true);

-- internal.purge_deleted removes rows that it has locked; the policy above holds it to the tenant.
drop policy if exists all_purge on commerce.buyer_profile;
create policy all_purge on commerce.buyer_profile for all to commerce_purge
  using (true) with check (true);

drop policy if exists select_member on commerce.buyer_profile;
create policy select_member on commerce.buyer_profile for select to commerce_member
  using ((select internal.has_permission('customers.read')));

drop policy if exists update_member on commerce.buyer_profile;
create policy update_member on commerce.buyer_profile for update to commerce_member
  using ((select internal.has_permission('customers.manage')))
  with check ((select internal.has_permission('customers.manage')));

drop policy if exists select_buyer on commerce.buyer_profile;
create policy select_buyer on commerce.buyer_profile for select to commerce_buyer
  using (id = (select internal.customer_id()));

drop policy if exists update_buyer on commerce.buyer_profile;
create policy update_buyer on commerce.buyer_profile for update to commerce_buyer
  using (id = (select internal.customer_id()))
  with check (id = (select internal.customer_id()));

-- Webhooks and jobs serve every row of the tenant.
drop policy if exists select_worker on commerce.buyer_profile;
create policy select_worker on commerce.buyer_profile for select to commerce_worker
  using (true);

drop policy if exists select_platform on commerce.buyer_profile;
create policy select_platform on commerce.buyer_profile for select to commerce_platform
  using ((select internal.read_is_announced()));

-- Sessions are opened with the customer that a shopper is.
drop policy if exists select_system on commerce.buyer_profile;
create policy select_system on commerce.buyer_profile for select to commerce_system
  using (true);

revoke all on commerce.buyer_profile, api.buyer_profile
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_purge, commerce_system;
grant select (
  id, tenant_id, user_id, default_currency, phone_number, full_name, preferred_language, version,
  is_deleted, created_at, updated_at
) on commerce.buyer_profile, api.buyer_profile to commerce_member, commerce_buyer, commerce_worker, commerce_platform;
grant update (
  default_currency, phone_number, full_name, preferred_language, version, is_deleted
) on commerce.buyer_profile, api.buyer_profile to commerce_member;
grant delete on api.buyer_profile to commerce_member;
grant update (default_currency, phone_number, full_name, preferred_language, version) on commerce.buyer_profile, api.buyer_profile to commerce_buyer;
grant select, insert, update on commerce.buyer_profile to commerce_definer;
grant select (tenant_id, id, version), delete on commerce.buyer_profile to commerce_purge;
grant update (full_name, phone_number, version) on commerce.buyer_profile to commerce_purge;
grant select on api.buyer_profile to commerce_definer;
grant select (id, tenant_id, user_id, is_deleted) on commerce.buyer_profile to commerce_system;

revoke all on api.customer_value
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_system;
grant select on api.customer_value to commerce_member, commerce_worker, commerce_platform;
