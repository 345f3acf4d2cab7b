-- A buyer's own, saved by functions, which keep the provider's token apart.
select internal.attach_tenant_table('commerce.saved_payment_method');

create policy select_member on commerce.saved_payment_method for select to commerce_member
  using ((select internal.has_permission('customers.read')));

create policy select_buyer on commerce.saved_payment_method for select to commerce_buyer
  using (
    (select internal.gate(internal.user_id()))[user_hash]
    and user_id = (select internal.user_id())
  );

create policy update_buyer on commerce.saved_payment_method for update to commerce_buyer
  using (
    (select internal.gate(internal.user_id()))[user_hash]
    and user_id = (select internal.user_id())
  )
  with check (user_id = (select internal.user_id()));

select internal.grant_select('api.saved_payment_method');
select internal.grant_select('api.saved_payment_method', '{commerce_buyer}', '{
  id, tenant_id, user_id, is_default, expiry_month, expiry_year, card_last_four, phone_last_four,
  last_used_at, payment_type, provider, display_name, card_brand, version, is_deleted, created_at, updated_at
}');

-- Which one is the default is kept by save_payment_method and remove_payment_method.
grant update (display_name, version) on commerce.saved_payment_method, api.saved_payment_method to commerce_buyer;
