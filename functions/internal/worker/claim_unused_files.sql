-- A file that is used while this runs is not claimed: its use sets used_at, which FOR UPDATE reads again once it has the
-- row's lock.
create or replace function internal.claim_unused_files(
  p_tenant_id uuid,
  p_batch integer default 100,
  p_claim_for interval default '5 minutes'
)
  returns table (storage_key text, size_bytes bigint)
  language plpgsql
  volatile
  security definer  -- lends: writing internal.upload
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  perform internal.refuse_faults(
    case when p_batch is null or p_batch not between 1 and 1000
      then internal.fault('batch', 'must be 1 to 1000') end,
    case when coalesce(p_claim_for not between interval '1 second' and interval '1 day', true)
      then internal.fault('claim_for', 'must be one second to one day') end
  );
  perform internal.adopt_tenant(p_tenant_id);

  return query
    with due as (
      select u.id
        from internal.upload as u
       where u.tenant_id = p_tenant_id
         and u.used_at is null
         and u.created_at < now() - interval '1 day'
         and coalesce(u.claim_ends_at, '-infinity') <= now()
         and not internal.is_in_use(u.storage_key)
       order by u.created_at
       limit p_batch
         for update skip locked
    )
    update internal.upload as u
       set claim_ends_at = now() + p_claim_for
      from due as d
     where u.tenant_id = p_tenant_id and u.id = d.id
    returning u.storage_key, u.size_bytes;
end
$$;

alter function internal.claim_unused_files(uuid, integer, interval) owner to commerce_definer;
grant execute on function internal.claim_unused_files(uuid, integer, interval) to commerce_worker;
comment on function internal.claim_unused_files(uuid, integer, interval) is
  'Files of a tenant that a worker is to delete from the object storage, at most a batch (1 to 1000) a call: uploads that were granted more than a day ago and that no row shows, because none ever did, because its row was purged, or because the message''s sender deleted it. A file that was claimed can no longer be used. No other worker gets them before the claim ends. Each claim must be ended with internal.confirm_deleted_files, also where the object storage had no such file. Safe to run many times at once. SCVAL.';
