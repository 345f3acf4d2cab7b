-- A profile is made by the first order or by api.register_buyer.
select internal.attach_tenant_table('commerce.buyer_profile');

create or replace trigger _500_sessions
  after update of is_deleted on commerce.buyer_profile
  for each row execute function internal.tg_buyer_profile__sessions();

create policy select_member on commerce.buyer_profile for select to commerce_member
  using ((select internal.has_permission('customers.read')));

create policy update_member on commerce.buyer_profile for update to commerce_member
  using ((select internal.must_have('customers.manage')))
  with check ((select internal.must_have('customers.manage')));

create policy select_buyer on commerce.buyer_profile for select to commerce_buyer
  using (
    (select internal.gate(internal.customer_id()))[customer_hash]
    and id = (select internal.customer_id())
  );

create policy update_buyer on commerce.buyer_profile for update to commerce_buyer
  using (
    (select internal.gate(internal.customer_id()))[customer_hash]
    and id = (select internal.customer_id())
  )
  with check (id = (select internal.customer_id()));

-- Sessions are opened with the customer that a shopper is.
create policy select_system on commerce.buyer_profile for select to commerce_system
  using (true);

select internal.grant_select('api.buyer_profile');
select internal.grant_select('api.buyer_profile', '{commerce_buyer}', '{
  id, tenant_id, user_id, default_currency, phone_number, full_name, preferred_language, version,
  is_deleted, created_at, updated_at
}');
grant update (
  default_currency, phone_number, full_name, preferred_language, version
) on commerce.buyer_profile, api.buyer_profile to commerce_member, commerce_buyer;
grant update (is_deleted) on commerce.buyer_profile, api.buyer_profile to commerce_member;
grant delete on api.buyer_profile to commerce_member;
grant select (id, tenant_id, user_id, is_deleted) on commerce.buyer_profile to commerce_system;

grant select on api.customer_value to commerce_member, commerce_worker, commerce_platform;
