create or replace view api.message_attachment
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.message_id,
       t.position,
       t.size_bytes,
       t.sha256,
       t.latitude,
       t.longitude,
       t.file_type,
       t.url,
       t.storage_key,
       t.external_media_id,
       t.mime_type,
       t.file_name,
       t.caption,
       t.created_at
  from commerce.message_attachment as t;

select internal.copy_comments('api.message_attachment', 'commerce.message_attachment');
comment on column api.message_attachment.message_id is 'The message that carries it.
@listName attachments';
