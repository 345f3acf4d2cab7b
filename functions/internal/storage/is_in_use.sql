create or replace function internal.is_in_use(p_storage_key text)
  returns boolean
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select exists (
           select
             from commerce.message_attachment as a
            where a.tenant_id = internal.tenant_id() and a.storage_key = p_storage_key
         )
      or exists (
           select
             from commerce.storefront_asset as s
            where s.tenant_id = internal.tenant_id() and s.url = p_storage_key
         )
      or exists (
           select
             from commerce.kyc_document as d
            where d.tenant_id = internal.tenant_id() and d.document_url = p_storage_key
         )
$$;

grant execute on function internal.is_in_use(text) to commerce_definer;
comment on function internal.is_in_use(text) is
  'Whether a row shows the file with this storage key: a message, a file of the merchant or a document of a seller, including one that was deleted and not yet purged.';
