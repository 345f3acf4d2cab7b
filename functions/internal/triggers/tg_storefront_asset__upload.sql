create or replace function internal.tg_storefront_asset__upload()
  returns trigger
  language plpgsql
  security definer  -- lends: looking the upload up
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_upload internal.upload := internal.use_upload(
    'url', new.url,
    case when new.is_payment_proof then '{payment_proof}' else '{product,storefront}' end::text[]);
begin
  new.mime_type := v_upload.mime_type;
  new.size_bytes := v_upload.size_bytes;
  return new;
end
$$;

alter function internal.tg_storefront_asset__upload() owner to commerce_definer;
comment on function internal.tg_storefront_asset__upload() is
  'Trigger: a file that is not a link was uploaded by its creator, with the type and size that were granted (SCNTF).';
