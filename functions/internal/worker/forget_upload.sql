create or replace function internal.forget_upload(p_tenant_id uuid, p_storage_key text)
  returns void
  language plpgsql
  volatile
  security definer  -- lends: writing what the merchant has stored
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform internal.adopt_tenant(p_tenant_id);
  delete from internal.upload as u where u.tenant_id = p_tenant_id and u.storage_key = p_storage_key;
  if not found then
    perform internal.refuse_missing('storage_key');
  end if;
end
$$;

alter function internal.forget_upload(uuid, text) owner to commerce_definer;
grant execute on function internal.forget_upload(uuid, text) to commerce_worker;
comment on function internal.forget_upload(uuid, text) is
  'A file was deleted from the store of files, or never came to it: its bytes no longer count against the plan. SCNTF.';
