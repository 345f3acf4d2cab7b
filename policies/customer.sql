-- Undo: select internal.detach_policies('commerce.customer');
select internal.attach_tenant_policies('commerce.customer');

create policy select_member on commerce.customer for select to commerce_member
  using ((select internal.has_permission('customers.read')));

create policy insert_member on commerce.customer for insert to commerce_member
  with check ((select internal.has_permission('customers.manage')));

create policy update_member on commerce.customer for update to commerce_member
  using ((select internal.has_permission('customers.manage')))
  with check ((select internal.has_permission('customers.manage')));

create policy select_buyer on commerce.customer for select to commerce_buyer
  using (
    (select internal.gate(internal.customer_id()))[customer_hash]
    and id = (select internal.customer_id())
  );

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
