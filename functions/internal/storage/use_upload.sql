-- Marking the file as in use waits for a worker that is about to claim it, and is seen by a worker that comes later.
create or replace function internal.use_upload(p_field text, p_storage_key text, p_purposes text[])
  returns internal.upload
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_user_id uuid := internal.user_id();
  v_upload internal.upload;
begin
  update internal.upload as u
     set used_at = now()
   where u.tenant_id = v_tenant_id
     and u.storage_key = p_storage_key
     and u.purpose = any (p_purposes)
     and u.claim_ends_at is null
     and u.user_id is not distinct from v_user_id
     and (v_user_id is not null or u.customer_id is not distinct from internal.customer_id())
  returning u.* into v_upload;
  if not found then
    perform internal.refuse_missing(p_field);
  end if;
  return v_upload;
end
$$;

grant execute on function internal.use_upload(text, text, text[]) to commerce_definer;
comment on function internal.use_upload(text, text, text[]) is
  'Marks a file as shown by a row, by its storage key: one that the caller was allowed to upload, for one of these purposes. SCNTF with the field for any other key.';
