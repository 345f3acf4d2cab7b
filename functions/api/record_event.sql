create or replace function api.record_event(
  p_thread_id uuid,
  p_event_type text,
  p_metadata jsonb default '{}',
  p_product_id uuid default null
)
  returns api.conversation_event
  language plpgsql
  volatile
  security definer  -- lends: writing conversation events
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('conversations.reply');
  v_event_id uuid;
  v_event api.conversation_event;
begin
  -- The operations that they report write the other events.
  perform internal.refuse_faults(
    case when coalesce(p_event_type, '') not in (
      'product_clicked', 'user_joined', 'user_left', 'consent_changed', 'onboarding_step', 'onboarding_error')
      then internal.fault('event_type', 'must be product_clicked, user_joined, user_left, consent_changed, onboarding_step or onboarding_error') end,
    internal.object_fault('metadata', p_metadata),
    case when (p_event_type = 'product_clicked') <> (p_product_id is not null)
      then internal.fault('product_id', 'must be given for product_clicked, and for no other event') end
  );
  if p_product_id is not null and not exists (
    select from commerce.products as p where p.tenant_id = v_tenant_id and p.id = p_product_id
  ) then
    perform internal.refuse_missing('product_id');
  end if;

  insert into commerce.conversation_event (tenant_id, thread_id, conversation_id, event_type, product_id, metadata)
  select h.tenant_id, h.thread_id, h.id, p_event_type, p_product_id, p_metadata
    from commerce.conversation_history as h
   where h.tenant_id = v_tenant_id and h.thread_id = p_thread_id
   order by h.occurred_at desc, h.id desc
   limit 1
  returning id into v_event_id;
  if not found then
    perform internal.refuse_missing('thread_id');
  end if;
  select e.*
    into v_event
    from api.conversation_event as e
   where e.tenant_id = v_tenant_id and e.id = v_event_id;
  return v_event;
end
$$;

alter function api.record_event(uuid, text, jsonb, uuid) owner to commerce_definer;
grant execute on function api.record_event(uuid, text, jsonb, uuid) to commerce_member, commerce_worker;
comment on function api.record_event(uuid, text, jsonb, uuid) is
  'Records an event that a bot or a channel noticed in a conversation and that is not a message: a product was looked at, somebody joined or left, a consent changed, or a step of an onboarding in the chat was done or failed. Needs conversations.reply. SCPRM, SCNTF, SCVAL.
@param event_type {product_clicked|user_joined|user_left|consent_changed|onboarding_step|onboarding_error} What happened.
@param metadata? {conversation_event.metadata}
@param product_id? The product that was looked at.';
