-- Undo: select internal.detach_policies('commerce.seller_profile');
-- Whether a seller is verified is decided by the review of the onboarding.
select internal.attach_tenant_policies('commerce.seller_profile');

-- A seller who is not on the staff does not see how to reach the others.
create policy select_member on commerce.seller_profile for select to commerce_member
  using (
    ((select internal.has_permission('team.read')) or (select internal.gate(internal.user_id()))[user_hash])
    and ((select internal.has_permission('team.read')) or user_id = (select internal.user_id()))
  );

create policy insert_member on commerce.seller_profile for insert to commerce_member
  with check ((select internal.has_permission('team.manage')));

create policy update_member on commerce.seller_profile for update to commerce_member
  using (
    ((select internal.has_permission('team.manage')) or (select internal.gate(internal.user_id()))[user_hash])
    and ((select internal.has_permission('team.manage')) or user_id = (select internal.user_id()))
  )
  with check ((select internal.has_permission('team.manage')) or user_id = (select internal.user_id()));

-- Buyers and visitors see who sells here.
create policy select_buyer on commerce.seller_profile for select to commerce_buyer
  using (true);

-- As buyers do.
create policy select_anonymous on commerce.seller_profile for select to commerce_anonymous
  using (true);

-- Sessions are opened with the seller that a person is.
create policy select_system on commerce.seller_profile for select to commerce_system
  using (true);

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
