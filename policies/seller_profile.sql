-- Whether a seller is verified is decided by the review of the onboarding.
select internal.attach_tenant_table('commerce.seller_profile');
select internal.attach_lower_email('commerce.seller_profile');

create or replace trigger _500_is_seller
  after insert or update of is_deleted on commerce.seller_profile
  for each row execute function internal.tg_seller_profile__is_seller();

-- A seller who is not on the staff does not see how to reach the others.
create policy select_member on commerce.seller_profile for select to commerce_member
  using (
    ((select internal.has_permission('team.read')) or (select internal.gate(internal.user_id()))[user_hash])
    and ((select internal.has_permission('team.read')) or user_id = (select internal.user_id()))
  );

create policy insert_member on commerce.seller_profile for insert to commerce_member
  with check ((select internal.must_have('team.manage')));

create policy update_member on commerce.seller_profile for update to commerce_member
  using (
    ((select internal.has_permission('team.manage')) or (select internal.gate(internal.user_id()))[user_hash])
    and ((select internal.has_permission('team.manage')) or user_id = (select internal.user_id()))
  )
  with check ((select internal.has_permission('team.manage')) or user_id = (select internal.user_id()));

-- Buyers and visitors see the sellers of this shop.
create policy select_buyer on commerce.seller_profile for select to commerce_buyer
  using (true);

-- As buyers do.
create policy select_anonymous on commerce.seller_profile for select to commerce_anonymous
  using (true);

-- Sessions are opened with the seller that a person is.
create policy select_system on commerce.seller_profile for select to commerce_system
  using (true);

select internal.grant_select('api.seller_profile');
select internal.grant_select('api.seller_profile', '{commerce_buyer, commerce_anonymous}', '{
  id, tenant_id, logo_asset_id, is_verified, business_name, business_type, slug, bio, is_deleted,
  created_at
}');
select internal.grant_write('api.seller_profile', '{commerce_member}', '{
  logo_asset_id, business_name, business_type, phone_number, email, slug, bio
}', p_insert => '{user_id}', p_update => '{version, is_deleted}');
grant delete on api.seller_profile to commerce_member;
grant select (id, tenant_id, user_id, is_deleted) on commerce.seller_profile to commerce_system;
