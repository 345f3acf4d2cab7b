-- Providers deliver a webhook more than once, and at the same time. Rows are looked up first, and usually
-- found by an index; a missing row is inserted under a unique key or a lock, so that
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
  p_metadata jsonb default '{}',
  p_attachments jsonb default '[]',
  p_reply_to_external_id text default null,
  p_direction text default 'inbound',
  p_is_history boolean default false,
  p_author_external_id text default null,
  p_author_name text default null,
  p_other_user_ids text[] default '{}'
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
  v_identity commerce.customer_identity;
  v_is_blocked boolean;
  v_is_silent boolean;
  v_live record;
  v_thread commerce.conversation_thread;
  v_message_id uuid;
  v_known commerce.conversation_history;
  -- A provider's clock that runs ahead does not prolong the reply window.
  v_occurred_at timestamptz := internal.reported_time('occurred_at', p_occurred_at);
  v_profile_name text := internal.shown_name(p_profile_name, 200);
  v_contact_name text := case p_direction when 'inbound' then v_profile_name end;
  v_captions text := internal.require_attachments(p_attachments);
  v_message text := coalesce(nullif(p_message, ''), v_captions, '');
  v_kind text := internal.message_kind(p_message_type);
begin
  perform internal.refuse_faults(
    internal.text_fault('external_user_id', p_external_user_id, 255),
    internal.text_fault('external_message_id', p_external_message_id, 255),
    internal.length_fault('message', v_message, 65536)
  );
  if v_kind = 'text' and p_attachments = '[]' then
    perform internal.require_text('message', p_message, 65536);
  end if;
  perform internal.refuse_faults(
    internal.object_fault('metadata', p_metadata),
    internal.length_fault('reply_to_external_id', p_reply_to_external_id, 255),
    internal.length_fault('author_external_id', p_author_external_id, 255),
    case when coalesce(cardinality(p_other_user_ids) > 10, true)
      then internal.fault('other_user_ids', 'must be at most 10 ids') end,
    case when coalesce(p_direction not in ('inbound', 'outbound'), true)
      then internal.fault('direction', 'must be inbound or outbound') end
  );
  perform internal.require_text('other_user_ids', o.id, 255) from unnest(p_other_user_ids) as o (id);
  v_channel_id := internal.adopt_channel(p_channel_type, p_external_account_id);
  v_tenant_id := internal.tenant_id();

  if p_message_type = 'reaction' and p_reply_to_external_id is not null then
    return query
      select v_tenant_id, c.message_id, h.thread_id, h.customer_id, c.is_changed
        from internal.record_message_change(
          p_channel_type, p_external_account_id, p_reply_to_external_id, 'reaction', p_message, v_occurred_at,
          coalesce(p_author_external_id, p_external_user_id),
          case p_direction when 'inbound' then 'customer' else 'merchant' end) as c
        left join commerce.conversation_history as h on h.tenant_id = v_tenant_id and h.id = c.message_id;
    return;
  end if;

  v_known := internal.known_message(v_channel_id, p_external_message_id);
  if v_known.id is not null then
    perform internal.complete_message(v_known.id, v_kind, v_message, p_metadata, p_attachments);
    return query select v_tenant_id, v_known.id, v_known.thread_id, v_known.customer_id, false;
    return;
  end if;

  -- The customer may be deleted, or merged with another one, before this lock is there; then the id is somebody else's.
  loop
    v_identity := internal.known_identity(v_channel_id, p_channel_type, p_external_user_id);
    if p_other_user_ids <> '{}' then
      v_identity := internal.identity_of_sender(
        v_identity, v_channel_id, p_channel_type, p_external_user_id || p_other_user_ids, v_contact_name);
    elsif v_identity.id is null then
      v_identity := internal.create_contact(v_channel_id, p_channel_type, p_external_user_id, v_contact_name);
    end if;
    select c.is_blocked
      into v_is_blocked
      from commerce.customer as c
     where c.tenant_id = v_tenant_id and c.id = v_identity.customer_id and not c.is_deleted
       for key share;
    exit when found;
  end loop;
  v_is_silent := v_is_blocked or p_is_history or v_kind = 'system';

  -- A change of this message that came before it takes the same turn: either finds what the other wrote. So does a read
  -- mark of the person to whom we wrote. Turns are taken before the thread is locked, as everywhere.
  perform internal.take_turn(concat_ws(' ', 'receipt', v_channel_id, p_external_message_id));
  if p_direction = 'outbound' then
    perform internal.take_turn(concat_ws(' ', 'recipient', v_channel_id, v_identity.identity_key));
  end if;
  v_live := internal.thread_for_message(v_channel_id, v_identity.customer_id, v_is_silent);
  v_thread := v_live.thread;

  if p_direction = 'outbound' and not p_is_history then
    v_message_id := internal.echoed_message(v_thread.id, v_kind, v_message);
    if v_message_id is not null then
      perform internal.apply_receipt(
        v_message_id, 'sent', v_occurred_at, p_external_message_id => p_external_message_id);
      perform internal.apply_early_reports(v_message_id);
      return query select v_tenant_id, v_message_id, v_thread.id, v_thread.customer_id, false;
      return;
    end if;
  end if;

  -- Many providers count in whole seconds, and the database in parts of them. A message that was sent within the
  -- second came before the one that arrives now.
  if p_direction = 'inbound' and v_occurred_at = date_trunc('second', v_occurred_at) then
    select greatest(v_occurred_at, max(h.occurred_at) + interval '1 microsecond')
      into v_occurred_at
      from commerce.conversation_history as h
     where h.tenant_id = v_tenant_id
       and h.thread_id = v_thread.id
       and h.direction = 'outbound'
       and h.occurred_at >= v_occurred_at
       and h.occurred_at < v_occurred_at + interval '1 second';
  end if;

  insert into commerce.conversation_history (
    tenant_id, thread_id, channel_id, customer_id, identity_id, message, direction, message_type, sender_type,
    external_message_id, reply_to_external_id, reply_to_id, order_id, author_external_id, author_name,
    delivery_status, occurred_at, sent_at, is_silent, metadata
  )
  select v_tenant_id, v_thread.id, v_channel_id, v_thread.customer_id, v_identity.id, v_message, p_direction, v_kind,
         case p_direction when 'inbound' then 'customer' else 'merchant' end, p_external_message_id,
         p_reply_to_external_id, r.id, r.order_id, p_author_external_id, internal.shown_name(p_author_name, 200),
         case p_direction when 'inbound' then 'received' else 'sent' end, v_occurred_at,
         case p_direction when 'outbound' then v_occurred_at end, v_is_silent,
         case when v_kind = 'unsupported' and p_message_type <> 'unsupported'
           then p_metadata || jsonb_build_object('kind', left(p_message_type, 255)) else p_metadata end
    from (select) as one
    left join commerce.conversation_history as r
      on r.tenant_id = v_tenant_id
     and r.channel_id = v_channel_id
     and r.thread_id = v_thread.id
     and r.external_message_id = p_reply_to_external_id
  on conflict do nothing
  returning id into v_message_id;
  if not found then
    v_known := internal.known_message(v_channel_id, p_external_message_id);
    perform internal.complete_message(v_known.id, v_kind, v_message, p_metadata, p_attachments);
    return query select v_tenant_id, v_known.id, v_known.thread_id, v_known.customer_id, false;
    return;
  end if;
  if p_attachments <> '[]' then
    perform internal.add_attachments(v_message_id, internal.granted_attachments(p_attachments));
  end if;

  perform internal.record_arrival(v_message_id, v_thread, v_live.is_new, v_is_blocked);
  perform internal.apply_early_reports(v_message_id);

  if p_direction = 'inbound' and not p_is_history then
    update commerce.customer_identity as i
       set last_seen_at = now(), external_user_id = p_external_user_id,
           profile_name = coalesce(v_profile_name, i.profile_name)
     where i.tenant_id = v_tenant_id and i.id = v_identity.id;
    update commerce.customer as c
       set last_activity_at = now()
     where c.tenant_id = v_tenant_id and c.id = v_identity.customer_id;
    -- A name that comes later is used where none was given.
    if v_profile_name is not null then
      update commerce.customer as c
         set display_name = v_profile_name, version = c.version
       where c.tenant_id = v_tenant_id and c.id = v_identity.customer_id and c.display_name is null;
    end if;
  end if;

  return query select v_tenant_id, v_message_id, v_thread.id, v_thread.customer_id, true;
end
$$;

alter function internal.receive_message(
  text, text, text, text, text, text, timestamptz, text, jsonb, jsonb, text, text, boolean, text, text, text[]
) owner to commerce_definer;
grant execute on function internal.receive_message(
  text, text, text, text, text, text, timestamptz, text, jsonb, jsonb, text, text, boolean, text, text, text[]
) to commerce_worker;
comment on function internal.receive_message(
  text, text, text, text, text, text, timestamptz, text, jsonb, jsonb, text, text, boolean, text, text, text[]
) is
  'Takes in a message from a provider: finds the tenant by the exact account, finds or makes the customer and the live thread, and stores the message once. A type that is not known is stored as unsupported, with its name in metadata.kind; a reaction to reply_to_external_id as internal.record_message_change does. attachments: at most 30 objects with file_type and, as they are known, url, storage_key, external_media_id, mime_type, file_name, caption, size_bytes, sha256 (hexadecimal), latitude, longitude; a storage_key is one that the worker was granted by request_upload. direction outbound: what the merchant sent by other means than this queue; external_user_id is then its recipient. other_user_ids: further ids of this channel under which the same person writes, such as WhatsApp''s user id beside the number; they become ids of one customer. is_history: a message from before the channel was connected. Notices (system), history and messages of a blocked customer open no thread and no reply window and do not count as unread. A repeat returns the first row with is_new = false, and changes nothing but a message that was stored as unsupported: it gets the content that came later. SCNTF for an account that is not connected, and for a storage_key that is not the worker''s, SCTEN when its tenant is not active, SCVAL with the field.';
