-- Connected accounts by name, in pages.
/* @name listChannels :many */
select c.id, c.channel_type, c.name, c.external_account_id, c.provider, c.is_active, c.reply_window_minutes,
       c.version, c.created_at, json_build_array(c.name, c.id) as "cursor!"
  from api.channel as c
 where c.tenant_id = :tenantId!
   and (:after::jsonb is null or (c.name, c.id) > (:after::jsonb ->> 0, (:after::jsonb ->> 1)::uuid))
 order by c.name, c.id
 limit :first!;

-- One connected account with its settings, or null.
/* @name getChannel :maybeOne */
select c.id, c.channel_type, c.name, c.external_account_id, c.provider, c.is_active, c.reply_window_minutes, c.config,
       c.version, c.created_at, c.updated_at
  from api.channel as c
 where c.tenant_id = :tenantId! and c.id = :channelId!;

-- Connects an account of a provider, by default Meta; replies may be free text for replyWindowMinutes after
-- the customer's last message, by default as long as the provider allows.
-- ALREADY_EXISTS, LIMIT_REACHED, FORBIDDEN, INVALID_INPUT.
/* @name connectChannel :one */
select c.id, c.channel_type, c.name, c.version
  from api.connect_channel(
    :channelType!, :name!, :externalAccountId!, coalesce(:provider, 'meta'), :replyWindowMinutes
  ) as c
 where c.tenant_id = :tenantId!;

-- Changes what is given and keeps what is NULL. NOT_FOUND, VERSION_CONFLICT, FORBIDDEN.
/* @name updateChannel :one */
update api.channel as c
   set name = coalesce(:name, c.name),
       is_active = coalesce(:isActive, c.is_active),
       reply_window_minutes = coalesce(:replyWindowMinutes, c.reply_window_minutes),
       config = coalesce(:config::jsonb, c.config),
       version = :expectedVersion!
 where c.tenant_id = :tenantId! and c.id = :channelId!
returning c.id, c.version;

-- Disconnects an account: its messages no longer arrive, and another channel may connect it. Conversations stay.
-- FORBIDDEN, NOT_FOUND, VERSION_CONFLICT.
/* @name disconnectChannel :one */
select true as "disconnected!" from api.disconnect_channel(:channelId!, :expectedVersion!);
