create or replace function internal.claim_messages(
  p_tenant_id uuid,
  p_worker text,
  p_batch integer default 100,
  p_claim_for interval default '5 minutes'
)
  returns table (
    message_id uuid,
    thread_id uuid,
    channel_id uuid,
    channel_type text,
    provider text,
    external_account_id text,
    external_user_id text,
    message text,
    message_type text,
    template_name text,
    language text,
    metadata jsonb,
    reply_to_external_message_id text,
    attempt integer
  )
  language plpgsql
  volatile
  security definer  -- lends: reading the queue and internal.message_claim as the worker of the tenant
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_message_ids uuid[];
begin
  perform internal.require_text('worker', p_worker, 255);
  if p_batch is null or p_batch not between 1 and 1000 then
    perform internal.refuse_input('batch', 'must be 1 to 1000');
  end if;
  if coalesce(p_claim_for not between interval '1 second' and interval '1 day', true) then
    perform internal.refuse_input('claim_for', 'must be one second to one day');
  end if;
  perform internal.adopt_active_tenant(p_tenant_id);

  -- The lock spreads workers over the queue. It does not yet decide: a claim that was committed
  -- between this statement's snapshot and its lock is met by the key below.
  v_message_ids := array(
    select h.id
      from commerce.conversation_history as h
      join commerce.channel as c on c.tenant_id = p_tenant_id and c.id = h.channel_id
     where h.tenant_id = p_tenant_id
       and h.delivery_status = 'queued'
       and c.is_active
       and not c.is_deleted
       and not exists (
         select
           from internal.message_claim as k
          where k.tenant_id = p_tenant_id and k.message_id = h.id and k.expires_at > now()
       )
     order by h.created_at, h.id
     limit p_batch
       for no key update of h skip locked
  );

  return query
    with claimed as (
      insert into internal.message_claim as k (tenant_id, message_id, worker, expires_at)
      select p_tenant_id, m.id, p_worker, now() + p_claim_for
        from unnest(v_message_ids) as m (id)
      on conflict (tenant_id, message_id) do update
         set worker = excluded.worker,
             attempts = k.attempts + 1,
             claimed_at = excluded.claimed_at,
             expires_at = excluded.expires_at
       where k.expires_at <= now()
      returning k.message_id, k.attempts
    )
    select h.id, h.thread_id, h.channel_id, c.channel_type, c.provider, c.external_account_id,
           (
             select i.external_user_id
               from commerce.customer_identity as i
              where i.tenant_id = p_tenant_id
                and i.customer_id = h.customer_id
                and i.channel_id = h.channel_id
              order by i.last_seen_at desc nulls last
              limit 1
           ),
           h.message, h.message_type, h.template_name, h.language, h.metadata,
           (
             select r.external_message_id
               from commerce.conversation_history as r
              where r.tenant_id = p_tenant_id and r.id = h.reply_to_id
           ),
           k.attempts
      from claimed as k
      join commerce.conversation_history as h on h.tenant_id = p_tenant_id and h.id = k.message_id
      join commerce.channel as c on c.tenant_id = p_tenant_id and c.id = h.channel_id
     order by h.created_at, h.id;
end
$$;

alter function internal.claim_messages(uuid, text, integer, interval) owner to commerce_definer;
grant execute on function internal.claim_messages(uuid, text, integer, interval) to commerce_worker;
comment on function internal.claim_messages(uuid, text, integer, interval) is
  'Queued messages of a tenant for a sender, oldest first, at most a batch (1 to 1000) a call, with all that sending takes; nobody else gets them before the claim ends. End each with internal.mark_sent or internal.mark_failed; one that ends with neither is given out again, with the next attempt. Safe to run many times at once. SCTEN when the tenant is not active, SCVAL.';
