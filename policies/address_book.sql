-- A buyer's own; which is the default is swapped by functions.
select internal.attach_tenant_table('commerce.address_book');

create policy select_member on commerce.address_book for select to commerce_member
  using ((select internal.has_permission('customers.read')));

create policy select_buyer on commerce.address_book for select to commerce_buyer
  using (
    (select internal.gate(internal.user_id()))[user_hash]
    and user_id = (select internal.user_id())
  );

create policy update_buyer on commerce.address_book for update to commerce_buyer
  using (
    (select internal.gate(internal.user_id()))[user_hash]
    and user_id = (select internal.user_id())
  )
  with check (user_id = (select internal.user_id()));

select internal.grant_select('api.address_book');
select internal.grant_select('api.address_book', '{commerce_buyer}', '{
  id, tenant_id, user_id, is_default, country, latitude, longitude, address_type, label,
  recipient_name, phone_number, street_address, apartment, landmark, city, state, postal_code,
  delivery_note, version, is_deleted, created_at, updated_at
}');

-- Which one is the default is kept by save_address and remove_address.
grant update (
  country, latitude, longitude, label, recipient_name, phone_number, street_address,
  apartment, landmark, city, state, postal_code, delivery_note, version
) on commerce.address_book, api.address_book to commerce_buyer;
