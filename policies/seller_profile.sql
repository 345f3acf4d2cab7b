-- Undo: drop policy tenant on commerce.seller_profile; drop policy all_definer on commerce.seller_profile; drop policy all_purge on commerce.seller_profile; drop policy select_member on commerce.seller_profile; drop policy insert_member on commerce.seller_profile; drop policy update_member on commerce.seller_profile; drop policy select_buyer on commerce.seller_profile; drop policy select_anonymous on commerce.seller_profile; drop policy select_worker on commerce.seller_profile; drop policy select_platform on commerce.seller_profile; drop policy select_system on commerce.seller_profile; revoke all on commerce.seller_profile, api.seller_profile from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer, commerce_purge, commerce_system; alter table commerce.seller_profile no force row level security; alter table commerce.seller_profile disable row level security;
-- Whether a seller is verified is decided by the review of the onboarding.
alter table commerce.seller_profile enable row level security;
alter table commerce.seller_profile force row level security;

drop policy if exists tenant on commerce.seller_profile;
create policy tenant on commerce.seller_profile as restrictive for all
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_purge
  using (tenant_id = (select internal.tenant_id()))
  with check (tenant_id = (select internal.tenant_id()));

-- Its functions check the caller; the policy above holds them to the tenant.
drop policy if exists all_definer on commerce.seller_profile;
create policy all_definer on commerce.seller_profile for all to commerce_definer
  using (true) with check (true);

-- internal.purge_deleted removes rows that it has locked; the policy above holds it to the tenant.
drop policy if exists all_purge on commerce.seller_profile;
create policy all_purge on commerce.seller_profile for all to commerce_purge
  using (true) with check (true);

-- A seller who is not on the staff does not see how to reach the others.
drop policy if exists select_member on commerce.seller_profile;
create policy select_member on commerce.seller_profile for select to commerce_member
  using ((select internal.has_permission('team.read')) or user_id = (select internal.user_id()));

drop policy if exists insert_member on commerce.seller_profile;
create policy insert_member on commerce.seller_profile for insert to commerce_member
  with check ((select internal.has_permission('team.manage')));

drop policy if exists update_member on commerce.seller_profile;
create policy update_member on commerce.seller_profile for update to commerce_member
  using ((select internal.has_permission('team.manage')) or user_id = (select internal.user_id()))
  with check ((select internal.has_permission('team.manage')) or user_id = (select internal.user_id()));

-- Buyers and visitors see who sells here.
drop policy if exists select_buyer on commerce.seller_profile;
create policy select_buyer on commerce.seller_profile for select to commerce_buyer
  using (true);

-- As buyers do.
drop policy if exists select_anonymous on commerce.seller_profile;
create policy select_anonymous on commerce.seller_profile for select to commerce_anonymous
  using (true);

-- Webhooks and jobs serve every row of the tenant.
drop policy if exists select_worker on commerce.seller_profile;
create policy select_worker on commerce.seller_profile for select to commerce_worker
  using (true);

drop policy if exists select_platform on commerce.seller_profile;
create policy select_platform on commerce.seller_profile for select to commerce_platform
  using ((select internal.read_is_announced()));

-- Sessions are opened with the seller that a person is.
drop policy if exists select_system on commerce.seller_profile;
create policy select_system on commerce.seller_profile for select to commerce_system
  using (true);

revoke all on commerce.seller_profile, api.seller_profile
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_purge, commerce_system;
-- A view asks its reader for every column that it names, so the right on the table is as wide as the
-- view. What a shopper sees is the right on the view: nobody can name the table.
grant select (
  id, tenant_id, user_id, logo_asset_id, is_verified, business_name, business_type, phone_number,
  email, slug, bio, version, is_deleted, created_at, updated_at
) on commerce.seller_profile to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, user_id, logo_asset_id, is_verified, business_name, business_type, phone_number,
  email, slug, bio, version, is_deleted, created_at, updated_at
) on api.seller_profile to commerce_member, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, logo_asset_id, is_verified, business_name, business_type, slug, bio, is_deleted,
  created_at
) on api.seller_profile to commerce_buyer, commerce_anonymous;
grant insert (
  user_id, logo_asset_id, business_name, business_type, phone_number, email, slug, bio
) on commerce.seller_profile, api.seller_profile to commerce_member;
grant update (
  logo_asset_id, business_name, business_type, phone_number, email, slug, bio, version, is_deleted
) on commerce.seller_profile, api.seller_profile to commerce_member;
grant delete on api.seller_profile to commerce_member;
grant select, insert, update on commerce.seller_profile to commerce_definer;
grant select (tenant_id, id, version), delete on commerce.seller_profile to commerce_purge;
grant update (email, phone_number, version) on commerce.seller_profile to commerce_purge;
grant select on api.seller_profile to commerce_definer;
grant select (id, tenant_id, user_id, is_deleted) on commerce.seller_profile to commerce_system;
