-- Undo: select internal.detach_policies('commerce.buyer_profile'); revoke all on api.customer_value from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer, commerce_purge, commerce_system;
-- A profile is made by the first order or by api.register_buyer.
select internal.attach_tenant_policies('commerce.buyer_profile');

create policy select_member on commerce.buyer_profile for select to commerce_member
  using ((select internal.has_permission('customers.read')));

create policy update_member on commerce.buyer_profile for update to commerce_member
  using ((select internal.has_permission('customers.manage')))
  with check ((select internal.has_permission('customers.manage')));

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
