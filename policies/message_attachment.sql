-- Written with their message, and deleted with it.
select internal.attach_tenant_table('commerce.message_attachment', p_is_audited => false);

create or replace trigger _000_never_deleted
  before delete on commerce.message_attachment
  for each row execute function internal.tg_message_attachment__kept();
grant delete on commerce.message_attachment to commerce_definer;

create or replace trigger _000_never_truncated
  before truncate on commerce.message_attachment
  for each statement execute function internal.tg__append_only();

-- A file that is at the provider is fetched later, once; nothing else changes.
create or replace trigger _020_content
  before update on commerce.message_attachment
  for each row
  when (
    row(
      old.message_id, old.thread_id, old.channel_id, old.customer_id, old.position, old.latitude, old.longitude,
      old.file_type, old.url, old.external_media_id, old.caption, old.created_at
    ) is distinct from row(
      new.message_id, new.thread_id, new.channel_id, new.customer_id, new.position, new.latitude, new.longitude,
      new.file_type, new.url, new.external_media_id, new.caption, new.created_at
    )
    or row(old.storage_key, old.mime_type, old.file_name, old.size_bytes, old.sha256)
        is distinct from row(new.storage_key, new.mime_type, new.file_name, new.size_bytes, new.sha256)
      and old.storage_key is not null
  )
  execute function internal.tg__append_only();

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

-- Which merchants have files to fetch.
create policy select_system on commerce.message_attachment for select to commerce_system
  using (true);

select internal.grant_select('api.message_attachment');
select internal.grant_select('api.message_attachment', '{commerce_buyer, commerce_anonymous}', '{
  id, tenant_id, message_id, position, size_bytes, latitude, longitude, file_type, url, storage_key, mime_type,
  file_name, caption, created_at
}');
grant select (tenant_id, fetch_at) on commerce.message_attachment to commerce_system;
