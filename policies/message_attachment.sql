-- Written with their message, and shown unless its sender took it back.
select internal.attach_tenant_table('commerce.message_attachment', p_is_audited => false, p_is_append_only => true);

create policy select_member on commerce.message_attachment for select to commerce_member
  using ((select internal.has_permission('conversations.read')));

create policy select_buyer on commerce.message_attachment for select to commerce_buyer
  using (
    (select internal.gate(internal.customer_id()))[customer_hash]
    and customer_id = (select internal.customer_id())
  );

create policy select_anonymous on commerce.message_attachment for select to commerce_anonymous
  using (
    (select internal.gate(internal.customer_id()))[customer_hash]
    and customer_id = (select internal.customer_id())
  );

select internal.grant_select('api.message_attachment');
select internal.grant_select('api.message_attachment', '{commerce_buyer, commerce_anonymous}', '{
  id, tenant_id, message_id, position, size_bytes, latitude, longitude, file_type, url, storage_key, mime_type,
  file_name, caption, created_at
}');
