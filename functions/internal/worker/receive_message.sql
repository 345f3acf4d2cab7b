-- Providers deliver a webhook more than once, and at the same time. What is looked up first is found
-- by an index in the usual case; what is missing is inserted under a unique key or a lock, so that
-- all deliveries together make one customer, one thread, one message and one event.
create or replace function internal.receive_message(
  p_channel_type text,
  p_external_account_id text,
  p_external_user_id text,
  p_external_message_id text,
  p_message text,
  p_message_type text default 'text',
  p_occurred_at timestamptz default now(),
  p_profile_name text default null,
  p_metadata jsonb default '{}'
)
  returns table (tenant_id uuid, message_id uuid, thread_id uuid, customer_id uuid, is_new boolean)
  language plpgsql
  volatile
  security definer  -- lends: finding the tenant by the account, and writing its conversation
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid;
  v_channel_id uuid;
  v_customer_id uuid;
  v_thread_id uuid;
  v_thread_status text;
  v_message_id uuid;
  -- A provider's clock that runs ahead does not prolong the reply window.
  v_occurred_at timestamptz := internal.past_time('occurred_at', p_occurred_at);
  v_profile_name text := nullif(left(btrim(p_profile_name), 200), '');
begin
  perform internal.require_text('external_user_id', p_external_user_id, 255);
  perform internal.require_text('external_message_id', p_external_message_id, 255);
  perform internal.require_in_set('message_type', p_message_type, 'conversation_history', 'message_type');
  perform internal.limit_text('message', p_message, 65536);
  if p_message_type = 'text' then
    perform internal.require_text('message', p_message, 65536);
  end if;
  perform internal.require_object('metadata', p_metadata);

  select r.tenant_id, r.channel_id
    into v_tenant_id, v_channel_id
    from internal.channel_route as r
   where r.channel_type = p_channel_type and r.external_account_id = p_external_account_id;
  if not found then
    perform internal.refuse_missing('external_account_id');
  end if;
  perform internal.adopt_active_tenant(v_tenant_id);

  return query
    select h.tenant_id, h.id, h.thread_id, h.customer_id, false
      from commerce.conversation_history as h
     where h.tenant_id = v_tenant_id
       and h.channel_id = v_channel_id
       and h.external_message_id = p_external_message_id;
  if found then
    return;
  end if;

  v_customer_id := coalesce(
    internal.known_customer(v_channel_id, p_external_user_id),
    internal.first_contact(v_channel_id, p_channel_type, p_external_user_id, v_profile_name));

  -- The lock keeps the thread from being closed under the message, and its status as the message
  -- found it. A new thread is missing for all
  -- deliveries at once: the unique key lets one insert, the others wait for it and look again.
  loop
    select t.id, t.status
      into v_thread_id, v_thread_status
      from commerce.conversation_thread as t
     where t.tenant_id = v_tenant_id
       and t.channel_id = v_channel_id
       and t.customer_id = v_customer_id
       and t.status <> 'closed'
       for no key update;
    exit when found;

    insert into commerce.conversation_thread (tenant_id, channel_id, customer_id)
    values (v_tenant_id, v_channel_id, v_customer_id)
    on conflict do nothing
    returning id, 'new' into v_thread_id, v_thread_status;
    exit when found;
  end loop;

  insert into commerce.conversation_history (
    tenant_id, thread_id, channel_id, customer_id, message, direction, message_type, sender_type,
    external_message_id, delivery_status, occurred_at, metadata
  )
  values (
    v_tenant_id, v_thread_id, v_channel_id, v_customer_id, coalesce(p_message, ''), 'inbound',
    p_message_type, 'customer', p_external_message_id, 'received', v_occurred_at, p_metadata
  )
  on conflict do nothing
  returning id into v_message_id;
  if not found then
    return query
      select h.tenant_id, h.id, h.thread_id, h.customer_id, false
        from commerce.conversation_history as h
       where h.tenant_id = v_tenant_id
         and h.channel_id = v_channel_id
         and h.external_message_id = p_external_message_id;
    return;
  end if;

  insert into commerce.conversation_event (tenant_id, thread_id, conversation_id, event_type, metadata)
  select v_tenant_id, v_thread_id, v_message_id, e.event_type, e.metadata
    from (values
      (v_thread_status = 'new', 'conversation_started', '{}'::jsonb),
      (v_thread_status not in ('new', 'open'), 'conversation_reopened',
        jsonb_build_object('from', v_thread_status)),
      (true, 'message_received', '{}')
    ) as e (happened, event_type, metadata)
   where e.happened;

  update commerce.customer_identity as i
     set last_seen_at = now(), profile_name = coalesce(v_profile_name, i.profile_name)
   where i.tenant_id = v_tenant_id
     and i.channel_id = v_channel_id
     and i.external_user_id = p_external_user_id;
  update commerce.customer as c
     set last_activity_at = now()
   where c.tenant_id = v_tenant_id and c.id = v_customer_id;

  return query select v_tenant_id, v_message_id, v_thread_id, v_customer_id, true;
end
$$;

alter function internal.receive_message(text, text, text, text, text, text, timestamptz, text, jsonb)
  owner to commerce_definer;
grant execute on function internal.receive_message(text, text, text, text, text, text, timestamptz, text, jsonb)
  to commerce_worker;
comment on function internal.receive_message(text, text, text, text, text, text, timestamptz, text, jsonb) is
  'Takes in a message from a provider: finds the tenant by the exact account, finds or makes the customer and the live thread, and keeps the message once. A repeat returns the first row with is_new = false and changes nothing. SCNTF for an account nobody has connected, SCTEN when its tenant is not active, SCVAL with the field.';
