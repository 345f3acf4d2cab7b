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
    attachments jsonb,
    is_past_window boolean,
    attempt integer
  )
  language plpgsql
  volatile
  security definer  -- lends: reading the queue and internal.message_claim as the worker of the tenant
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan  -- as api.place_order
as $$
#variable_conflict use_column
declare
  v_message_ids uuid[];
begin
  perform internal.refuse_faults(
    internal.text_fault('worker', p_worker, 255),
    internal.batch_fault(p_batch, 1000),
    case when coalesce(p_claim_for not between interval '1 second' and interval '1 day', true)
      then internal.fault('claim_for', 'must be one second to one day') end
  );
  perform internal.adopt_active_tenant(p_tenant_id);

  -- Much may have happened since they were queued. Messages that can no longer be sent end here.
  perform internal.apply_receipt(q.id, 'failed', now(), q.reason)
     from (
       select h.id, internal.unsendable_reason(h.id) as reason
         from commerce.conversation_history as h
         join commerce.channel as c on c.tenant_id = p_tenant_id and c.id = h.channel_id
        where h.tenant_id = p_tenant_id
          and h.delivery_status = 'queued'
          and (c.is_active or c.is_deleted)
          and internal.is_next_to_send(h)
        order by h.created_at, h.id
        limit p_batch
     ) as q
    where q.reason is not null;

  -- The lock spreads workers over the queue. It does not yet decide: a claim that was committed
  -- between this statement's snapshot and its lock is met by the key below.
  v_message_ids := array(
    select h.id
      from commerce.conversation_history as h
      join commerce.channel as c on c.tenant_id = p_tenant_id and c.id = h.channel_id
     where h.tenant_id = p_tenant_id
       and h.delivery_status = 'queued'
       and c.is_active
       and internal.is_next_to_send(h)
       and internal.unsendable_reason(h.id) is null
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
           i.external_user_id,
           h.message, h.message_type, h.template_name, h.language, h.metadata,
           (
             select r.external_message_id
               from commerce.conversation_history as r
              where r.tenant_id = p_tenant_id and r.id = h.reply_to_id
           ),
           (
             select coalesce(jsonb_agg(to_jsonb(a) - '{tenant_hash,tenant_id,message_id,created_at}'::text[] order by a.position), '[]')
               from commerce.message_attachment as a
              where a.tenant_id = p_tenant_id and a.message_id = h.id
           ),
           (internal.reply_window(
             t.last_inbound_at, t.reply_window_ends_at, c, h.sender_type = 'merchant')).is_human_only
             and h.template_name is null,
           k.attempts
      from claimed as k
     cross join lateral (
        select h.* from commerce.conversation_history as h where h.tenant_id = p_tenant_id and h.id = k.message_id offset 0
      ) as h
     cross join lateral (
        select t.* from commerce.conversation_thread as t where t.tenant_id = p_tenant_id and t.id = h.thread_id offset 0
      ) as t
     cross join lateral (
        select i.* from commerce.customer_identity as i where i.tenant_id = p_tenant_id and i.id = h.identity_id offset 0
      ) as i
      join commerce.channel as c on c.tenant_id = p_tenant_id and c.id = h.channel_id
     order by h.created_at, h.id;
end
$$;

alter function internal.claim_messages(uuid, text, integer, interval) owner to commerce_definer;
grant execute on function internal.claim_messages(uuid, text, integer, interval) to commerce_worker;
comment on function internal.claim_messages(uuid, text, integer, interval) is
  'Queued messages of a tenant for a sender, oldest first, at most a batch (1 to 1000) a call, with everything that is needed to send them; no other sender gets them before the claim ends. Of each thread only the first that waits is given out, so that they go out in their order, however many senders there are. Each must be ended with internal.mark_sent or internal.mark_failed; a message that ends with neither is given out again, with the next attempt. A message that can no longer be sent is not given out, and fails with error_code customer_blocked, customer_deleted, customer_merged, channel_disconnected, reply_window_closed, template_not_approved, recipient_unknown or attempts_exhausted. is_past_window: it goes out only because a person wrote it, which the sender has to say to the provider. Safe to run many times at once. SCTEN when the tenant is not active, SCVAL.';
