-- Connected accounts.
/* @name listChannels */
select c.id, c.channel_type, c.name, c.external_account_id, c.provider, c.is_active, c.reply_window_minutes,
       c.version, c.created_at
  from api.channel as c
 where c.tenant_id = :tenantId!
 order by c.name, c.id;

-- Connects an account of a provider. ALREADY_EXISTS, LIMIT_REACHED, FORBIDDEN, INVALID_INPUT.
/* @name connectChannel */
select c.id as "id!", c.channel_type as "channel_type!", c.name as "name!", c.version as "version!"
  from api.connect_channel(
    :channelType!, :name!, :externalAccountId!, coalesce(:provider, 'meta'), :replyWindowMinutes
  ) as c
 where c.tenant_id = :tenantId!;
