create or replace function internal.confirm_deleted_files(p_tenant_id uuid, p_storage_keys text[])
  returns integer
  language plpgsql
  volatile
  security definer  -- lends: writing internal.upload
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_count integer;
begin
  if coalesce(cardinality(p_storage_keys) not between 1 and 1000, true) then
    perform internal.refuse_input('storage_keys', 'must be 1 to 1000 keys');
  end if;
  perform internal.adopt_tenant(p_tenant_id);
  delete from internal.upload as u
   where u.tenant_id = p_tenant_id and u.storage_key = any (p_storage_keys) and u.claim_ends_at is not null;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

alter function internal.confirm_deleted_files(uuid, text[]) owner to commerce_definer;
grant execute on function internal.confirm_deleted_files(uuid, text[]) to commerce_worker;
comment on function internal.confirm_deleted_files(uuid, text[]) is
  'Confirms that files that internal.claim_unused_files gave out are gone from the object storage, or were never uploaded to it: their bytes no longer count against the plan. Returns how many there were; a repeat returns 0, and a file that was not claimed stays. SCVAL.';
