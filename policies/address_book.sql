-- Undo: drop policy tenant on commerce.address_book; drop policy all_definer on commerce.address_book; drop policy all_purge on commerce.address_book; drop policy select_member on commerce.address_book; drop policy select_buyer on commerce.address_book; drop policy update_buyer on commerce.address_book; drop policy select_worker on commerce.address_book; drop policy select_platform on commerce.address_book; revoke all on commerce.address_book, api.address_book from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer, commerce_purge; alter table commerce.address_book no force row level security; alter table commerce.address_book disable row level security;
-- A buyer's own; which is the default is swapped by functions.
alter table commerce.address_book enable row level security;
alter table commerce.address_book force row level security;

drop policy if exists tenant on commerce.address_book;
create policy tenant on commerce.address_book as restrictive for all
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_purge
  using (tenant_id = (select internal.tenant_id()))
  with check (tenant_id = (select internal.tenant_id()));

-- Its functions check the caller; the policy above holds them to the tenant.
drop policy if exists all_definer on commerce.address_book;
create policy all_definer on commerce.address_book for all to commerce_definer
  using (true) with check (true);

-- internal.purge_deleted removes rows that it has locked; the policy above holds it to the tenant.
drop policy if exists all_purge on commerce.address_book;
create policy all_purge on commerce.address_book for all to commerce_purge
  using (true) with check (true);

drop policy if exists select_member on commerce.address_book;
create policy select_member on commerce.address_book for select to commerce_member
  using ((select internal.has_permission('customers.read')));

drop policy if exists select_buyer on commerce.address_book;
create policy select_buyer on commerce.address_book for select to commerce_buyer
  using (user_id = (select internal.user_id()));

drop policy if exists update_buyer on commerce.address_book;
create policy update_buyer on commerce.address_book for update to commerce_buyer
  using (user_id = (select internal.user_id()))
  with check (user_id = (select internal.user_id()));

-- Webhooks and jobs serve every row of the tenant.
drop policy if exists select_worker on commerce.address_book;
create policy select_worker on commerce.address_book for select to commerce_worker
  using (true);

drop policy if exists select_platform on commerce.address_book;
create policy select_platform on commerce.address_book for select to commerce_platform
  using ((select internal.read_is_announced()));

revoke all on commerce.address_book, api.address_book
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_purge, commerce_system;
grant select (
  id, tenant_id, user_id, is_default, country, latitude, longitude, address_type, label,
  recipient_name, phone_number, street_address, apartment, landmark, city, state, postal_code,
  delivery_note, is_deleted, created_at, updated_at
) on commerce.address_book, api.address_book to commerce_member, commerce_buyer, commerce_worker, commerce_platform;
-- Which one is the default is kept by save_address and remove_address.
grant update (
  country, latitude, longitude, label, recipient_name, phone_number, street_address,
  apartment, landmark, city, state, postal_code, delivery_note
) on commerce.address_book, api.address_book to commerce_buyer;
grant select, insert, update on commerce.address_book to commerce_definer;
grant select (tenant_id, id), delete on commerce.address_book to commerce_purge;
grant select on api.address_book to commerce_definer;
