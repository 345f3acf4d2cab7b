-- One query is much cheaper than a transaction for each tenant that has nothing to do. Work is what the function
-- of that name would take.
create or replace function internal.tenants_with_work(
  p_kind text,
  p_after uuid default null,
  p_batch integer default 1000
)
  returns setof uuid
  language plpgsql
  stable
  security definer  -- lends: looking for work in every tenant
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_work text := case p_kind
    when 'claim_messages' then $work$
      select
        from commerce.conversation_history as h
        join commerce.channel as c on c.tenant_id = t.id and c.id = h.channel_id
       where h.tenant_id = t.id
         and t.is_active
         and t.status in ('active', 'closing')
         and h.delivery_status = 'queued'
         and (c.is_active or c.is_deleted)
         and not exists (
           select
             from commerce.conversation_history as e
            where e.tenant_id = t.id
              and e.thread_id = h.thread_id
              and e.delivery_status = 'queued'
              and e.arrival < h.arrival
         )
         and not exists (
           select
             from internal.message_claim as k
            where k.tenant_id = t.id and k.message_id = h.id and k.expires_at > now()
         )
    $work$
    when 'wake_snoozed_threads' then $work$
      select
        from commerce.conversation_thread as r
       where r.tenant_id = t.id and r.status = 'snoozed' and r.snoozed_until <= now()
    $work$
    when 'expire_unpaid_orders' then $work$
      select
        from commerce.orders as o
       where o.tenant_id = t.id
         and o.status = 'pending'
         and o.payment_status in ('unpaid', 'pending', 'failed')
         and o.due_amount > 0
         and o.placed_at < now() - interval '24 hours'
         and not o.is_deleted
    $work$
    when 'expire_payments' then $work$
      select
        from commerce.payment as p
       where p.tenant_id = t.id and p.status in ('pending', 'requires_action') and p.expires_at < now()
         and p.proof_asset_id is null
    $work$
    when 'expire_store_credit' then $work$
      select
        from commerce.customer_credit as c
       where c.tenant_id = t.id
         and c.kind = 'granted'
         and c.expires_at <= now()
         and c.amount + coalesce((
           select sum(s.amount)
             from commerce.customer_credit as s
            where s.tenant_id = t.id and s.granted_by_id = c.id
         ), 0) > 0
    $work$
    when 'expire_team_invites' then $work$
      select
        from commerce.team_invites as i
       where i.tenant_id = t.id and i.status = 'pending' and i.expires_at < now()
    $work$
    when 'expire_violations' then $work$
      select
        from commerce.violations as v
       where v.tenant_id = t.id and v.status = 'active' and v.end_at < now()
    $work$
    when 'expire_kyc_documents' then $work$
      select
        from commerce.kyc_document as d
       where d.tenant_id = t.id and d.verification_status = 'verified' and d.expires_on <= (now() at time zone t.timezone)::date
    $work$
    when 'expire_domain_claims' then $work$
      select
        from internal.domain_claim as d
       where d.tenant_id = t.id
         and d.source = 'storefront'
         and d.verified_at is null
         and d.claimed_at < now() - interval '7 days'
    $work$
    when 'claim_unused_files' then $work$
      select
        from internal.upload as u
       where u.tenant_id = t.id
         and u.used_at is null
         and u.created_at < now() - interval '1 day'
         and coalesce(u.claim_ends_at, '-infinity') <= now()
    $work$
    when 'claim_media' then $work$
      select
        from commerce.message_attachment as a
       where a.tenant_id = t.id and t.is_active and t.status in ('active', 'closing') and a.fetch_at <= now()
    $work$
    -- The search for rows to purge would cost almost as much as the purge.
    when 'purge_deleted' then 'select'
  end;
begin
  if v_work is null then
    perform internal.refuse_input('kind', 'must be the name of a job that is done for each tenant');
  end if;
  perform internal.refuse_faults(internal.batch_fault(p_batch, 10000));

  return query execute format(
    $query$
      select t.id
        from commerce.tenant as t
       where t.status not in ('moving', 'closed')
         -- The work of a merchant that is still being copied is done on the server that it comes from.
         and not exists (
           select
             from audit.tenant_move as m
            where m.tenant_key = t.id and m.direction = 'in' and m.to_id is null
         )
         and ($1 is null or t.id > $1)
         and exists (%s)
       order by t.id
       limit $2
    $query$, v_work)
    using p_after, p_batch;
end
$$;

alter function internal.tenants_with_work(text, uuid, integer) owner to commerce_system;
grant execute on function internal.tenants_with_work(text, uuid, integer) to commerce_worker;
comment on function internal.tenants_with_work(text, uuid, integer) is
  'The tenants for whom the function of this name has something to do: claim_messages, wake_snoozed_threads, expire_unpaid_orders (after 24 hours), expire_payments, expire_store_credit, expire_team_invites, expire_violations, expire_kyc_documents, expire_domain_claims, claim_unused_files, claim_media, purge_deleted (all). Returns only ids, in their order, at most a batch (1 to 10000) after the given one. SCVAL.';
