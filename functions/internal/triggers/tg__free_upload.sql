create or replace function internal.tg__free_upload()
  returns trigger
  language plpgsql
  security definer  -- lends: writing internal.upload, of the row's own tenant
  set search_path = pg_catalog, pg_temp
as $$
begin
  update internal.upload as u
     set used_at = null
   where u.tenant_id = old.tenant_id and u.storage_key = to_jsonb(old) ->> tg_argv[0];
  return null;
end
$$;

alter function internal.tg__free_upload() owner to commerce_definer;
comment on function internal.tg__free_upload() is
  'Trigger: the row that showed the file whose key is in the column (argument) is gone for good, so that internal.claim_unused_files checks whether another row shows it.';
