select internal.attach_tenant_table('commerce.customer');
select internal.attach_lower_email('commerce.customer');

create policy select_member on commerce.customer for select to commerce_member
  using ((select internal.has_permission('customers.read')));

create policy insert_member on commerce.customer for insert to commerce_member
  with check ((select internal.must_have('customers.manage')));

create policy update_member on commerce.customer for update to commerce_member
  using ((select internal.must_have('customers.manage')))
  with check ((select internal.must_have('customers.manage')));

create policy select_buyer on commerce.customer for select to commerce_buyer
  using (
    (select internal.gate(internal.customer_id()))[customer_hash]
    and id = (select internal.customer_id())
  );

-- api.search_customers states the tenant itself.
create policy select_system on commerce.customer for select to commerce_system
  using (true);
grant select (id, tenant_id, display_name, phone_number, last_activity_at, is_deleted)
  on commerce.customer to commerce_system;

select internal.grant_select('api.customer');
select internal.grant_select('api.customer', '{commerce_buyer}', '{
  id, tenant_id, first_seen_at, last_activity_at, display_name, email, phone_number,
  preferred_language, is_deleted, created_at, updated_at
}');
select internal.grant_write('api.customer', '{commerce_member}', '{
  display_name, email, phone_number, preferred_language, tags, metadata
}', p_update => '{is_blocked, version, is_deleted}');
grant delete on api.customer to commerce_member;
