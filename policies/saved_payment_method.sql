-- Undo: drop policy tenant on commerce.saved_payment_method; drop policy all_definer on commerce.saved_payment_method; drop policy all_purge on commerce.saved_payment_method; drop policy select_member on commerce.saved_payment_method; drop policy select_buyer on commerce.saved_payment_method; drop policy update_buyer on commerce.saved_payment_method; drop policy select_worker on commerce.saved_payment_method; drop policy select_platform on commerce.saved_payment_method; revoke all on commerce.saved_payment_method, api.saved_payment_method from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer, commerce_purge; alter table commerce.saved_payment_method no force row level security; alter table commerce.saved_payment_method disable row level security;
-- A buyer's own, saved by functions, which keep the provider's token apart.
alter table commerce.saved_payment_method enable row level security;
alter table commerce.saved_payment_method force row level security;

drop policy if exists tenant on commerce.saved_payment_method;
create policy tenant on commerce.saved_payment_method as restrictive for all
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_purge
  using (tenant_id = (select internal.tenant_id()))
  with check (tenant_id = (select internal.tenant_id()));

-- Its functions check the caller; the policy above holds them to the tenant.
drop policy if exists all_definer on commerce.saved_payment_method;
create policy all_definer on commerce.saved_payment_method for all to commerce_definer
  using (true) with check (true);

-- internal.purge_deleted removes rows that it has locked; the policy above holds it to the tenant.
drop policy if exists all_purge on commerce.saved_payment_method;
create policy all_purge on commerce.saved_payment_method for all to commerce_purge
  using (true) with check (true);

drop policy if exists select_member on commerce.saved_payment_method;
create policy select_member on commerce.saved_payment_method for select to commerce_member
  using ((select internal.has_permission('customers.read')));

drop policy if exists select_buyer on commerce.saved_payment_method;
create policy select_buyer on commerce.saved_payment_method for select to commerce_buyer
  using (user_id = (select internal.user_id()));

drop policy if exists update_buyer on commerce.saved_payment_method;
create policy update_buyer on commerce.saved_payment_method for update to commerce_buyer
  using (user_id = (select internal.user_id()))
  with check (user_id = (select internal.user_id()));

-- Webhooks and jobs serve every row of the tenant.
drop policy if exists select_worker on commerce.saved_payment_method;
create policy select_worker on commerce.saved_payment_method for select to commerce_worker
  using (true);

drop policy if exists select_platform on commerce.saved_payment_method;
create policy select_platform on commerce.saved_payment_method for select to commerce_platform
  using ((select internal.read_is_announced()));

revoke all on commerce.saved_payment_method, api.saved_payment_method
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_purge, commerce_system;
grant select (
  id, tenant_id, user_id, is_default, expiry_month, expiry_year, card_last_four, phone_last_four,
  last_used_at, payment_type, provider, display_name, card_brand, is_deleted, created_at, updated_at
) on commerce.saved_payment_method, api.saved_payment_method to commerce_member, commerce_buyer, commerce_worker, commerce_platform;
-- Which one is the default is kept by save_payment_method and remove_payment_method.
grant update (display_name) on commerce.saved_payment_method, api.saved_payment_method to commerce_buyer;
grant select, insert, update on commerce.saved_payment_method to commerce_definer;
grant select (tenant_id, id), delete on commerce.saved_payment_method to commerce_purge;
grant update (display_name, phone_last_four) on commerce.saved_payment_method to commerce_purge;
grant select on api.saved_payment_method to commerce_definer;
