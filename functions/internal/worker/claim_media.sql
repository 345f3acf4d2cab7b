-- A provider gives the id of a file first, and its bytes only to those who ask for them. A webhook has no time to fetch
-- them, so a worker does.
create or replace function internal.claim_media(p_tenant_id uuid, p_batch integer default 100)
  returns table (
    attachment_id uuid,
    message_id uuid,
    channel_id uuid,
    channel_type text,
    external_account_id text,
    external_media_id text,
    mime_type text,
    file_name text,
    attempt integer
  )
  language plpgsql
  volatile
  security definer  -- lends: writing attachments
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  perform internal.refuse_faults(
    case when p_batch is null or p_batch not between 1 and 1000
      then internal.fault('batch', 'must be 1 to 1000') end);
  perform internal.adopt_active_tenant(p_tenant_id);

  return query
    with due as (
      select a.id
        from commerce.message_attachment as a
       where a.tenant_id = p_tenant_id and a.fetch_at <= now()
       order by a.fetch_at, a.id
       limit p_batch
         for no key update of a skip locked
    )
    update commerce.message_attachment as a
       set fetch_attempts = a.fetch_attempts + 1,
           -- The wait is five minutes, then twice as long each time; the eighth attempt is the last one.
           fetch_at = case when a.fetch_attempts < 7 then now() + interval '5 minutes' * power(2, a.fetch_attempts) end
      from due as d, commerce.channel as c
     where a.tenant_id = p_tenant_id and a.id = d.id and c.tenant_id = p_tenant_id and c.id = a.channel_id
    returning a.id, a.message_id, c.id, c.channel_type, c.external_account_id, a.external_media_id, a.mime_type,
              a.file_name, a.fetch_attempts::integer;
end
$$;

alter function internal.claim_media(uuid, integer) owner to commerce_definer;
grant execute on function internal.claim_media(uuid, integer) to commerce_worker;
comment on function internal.claim_media(uuid, integer) is
  'Files of a tenant''s messages that are still at the provider, the oldest first, at most a batch (1 to 1000) a call. The worker fetches each, stores it under a key that request_upload grants, and calls internal.record_media. A file that it does not record is given out again after five minutes, ten, twenty and so on, eight times in all. No other worker gets it meanwhile. Safe to run many times at once. SCTEN when the tenant is not active, SCVAL.';
