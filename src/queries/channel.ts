// Generated from sql/channel.sql by "npm run generate"; do not edit.
import { channelTypes } from '../model/closed-sets.ts';
import type { ChannelType } from '../model/closed-sets.ts';
import type { JsonObject } from '../model/json.ts';
import { PagedQuery } from '../database/paged-query.ts';
import { MaybeOneQuery, OneQuery } from '../database/prepared-query.ts';

/** What listChannels takes. */
export interface ListChannelsParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of listChannels. */
export interface ListChannelsResult {
  /** Kind of channel. */
  channelType: ChannelType;
  /** When it was connected. */
  createdAt: Date;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** The provider's id of the account (phone_number_id, page id); one live channel on the whole platform has it. */
  externalAccountId: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether messages are sent through it. */
  isActive: boolean;
  /** Name shown to staff. */
  name: string;
  /** The company that carries the messages. */
  provider: string;
  /** For how many minutes after a customer's message a free text may be sent: 1440 for WhatsApp; NULL: always. */
  replyWindowMinutes: number | null;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Connected accounts by name, in pages.
 */
export const listChannels = new PagedQuery<ListChannelsParams, ListChannelsResult>('listChannels', `select c.id, c.channel_type, c.name, c.external_account_id, c.provider, c.is_active, c.reply_window_minutes,
       c.version, c.created_at, json_build_array(c.name, c.id) as "cursor"
  from api.channel as c
 where c.tenant_id = $1
   and ($2::jsonb is null or (c.name, c.id) > ($2::jsonb ->> 0, ($2::jsonb ->> 1)::uuid))
 order by c.name, c.id
 limit $3`, ['tenantId!', 'after', 'first'], { callers: ['member', 'worker', 'platform'] });

/** What getChannel takes. */
export interface GetChannelParams {
  /** The channel. */
  channelId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of getChannel. */
export interface GetChannelResult {
  /** Kind of channel. */
  channelType: ChannelType;
  /** Settings of the channel, a JSON object of at most 64 KiB; credentials never belong here. */
  config: JsonObject;
  /** When it was connected. */
  createdAt: Date;
  /** The provider's id of the account (phone_number_id, page id); one live channel on the whole platform has it. */
  externalAccountId: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether messages are sent through it. */
  isActive: boolean;
  /** Name shown to staff. */
  name: string;
  /** The company that carries the messages. */
  provider: string;
  /** For how many minutes after a customer's message a free text may be sent: 1440 for WhatsApp; NULL: always. */
  replyWindowMinutes: number | null;
  /** When it last changed. */
  updatedAt: Date;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * One connected account with its settings, or null.
 */
export const getChannel = new MaybeOneQuery<GetChannelParams, GetChannelResult>('getChannel', `select c.id, c.channel_type, c.name, c.external_account_id, c.provider, c.is_active, c.reply_window_minutes, c.config,
       c.version, c.created_at, c.updated_at
  from api.channel as c
 where c.tenant_id = $1 and c.id = $2`, ['tenantId!', 'channelId!'], { callers: ['member', 'worker', 'platform'] });

/** What connectChannel takes. */
export interface ConnectChannelParams {
  /** Kind of channel. */
  channelType: ChannelType;
  /** The provider's id of the account (phone_number_id, page id); one live channel on the whole platform has it. */
  externalAccountId: string;
  /** Name shown to staff. */
  name: string;
  /** The company that carries the messages. */
  provider?: string | null | undefined;
  /** For how many minutes after a customer's message a free text may be sent: 1440 for WhatsApp; NULL: always. */
  replyWindowMinutes?: number | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of connectChannel. */
export interface ConnectChannelResult {
  /** Kind of channel. */
  channelType: ChannelType;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Name shown to staff. */
  name: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Connects an account of a provider, by default Meta; replies may be free text for replyWindowMinutes after
 * the customer's last message, by default as long as the provider allows.
 * ALREADY_EXISTS, LIMIT_REACHED, FORBIDDEN, INVALID_INPUT.
 */
export const connectChannel = new OneQuery<ConnectChannelParams, ConnectChannelResult>('connectChannel', `select c.id, c.channel_type, c.name, c.version
  from api.connect_channel(
    $1, $2, $3, coalesce($4, 'meta'), $5
  ) as c
 where c.tenant_id = $6`, ['channelType!', 'name!', 'externalAccountId!', 'provider', 'replyWindowMinutes', 'tenantId!'], { callers: ['member', 'worker'], closedSets: { channelType: channelTypes } });

/** What updateChannel takes. */
export interface UpdateChannelParams {
  /** The channel. */
  channelId: string;
  /** Settings of the channel, a JSON object of at most 64 KiB; credentials never belong here. */
  config?: JsonObject | null | undefined;
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** Whether messages are sent through it. */
  isActive?: boolean | null | undefined;
  /** Name shown to staff. */
  name?: string | null | undefined;
  /** For how many minutes after a customer's message a free text may be sent: 1440 for WhatsApp; NULL: always. */
  replyWindowMinutes?: number | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of updateChannel. */
export interface UpdateChannelResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Changes what is given and keeps what is NULL. NOT_FOUND, VERSION_CONFLICT, FORBIDDEN.
 */
export const updateChannel = new OneQuery<UpdateChannelParams, UpdateChannelResult>('updateChannel', `update api.channel as c
   set name = coalesce($1, c.name),
       is_active = coalesce($2, c.is_active),
       reply_window_minutes = coalesce($3, c.reply_window_minutes),
       config = coalesce($4::jsonb, c.config),
       version = $5
 where c.tenant_id = $6 and c.id = $7
returning c.id, c.version`, ['name', 'isActive', 'replyWindowMinutes', 'config', 'expectedVersion!', 'tenantId!', 'channelId!'], { callers: ['member'] });

/** What disconnectChannel takes. */
export interface DisconnectChannelParams {
  /** The channel. */
  channelId: string;
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
}

/** A row of disconnectChannel. */
export interface DisconnectChannelResult {
  /** Always true: what is refused throws. */
  disconnected: boolean;
}

/**
 * Disconnects an account: its messages no longer arrive, and another channel may connect it. Conversations stay.
 * FORBIDDEN, NOT_FOUND, VERSION_CONFLICT.
 */
export const disconnectChannel = new OneQuery<DisconnectChannelParams, DisconnectChannelResult>('disconnectChannel', `select true as "disconnected" from api.disconnect_channel($1, $2)`, ['channelId!', 'expectedVersion!'], { callers: ['member', 'worker'] });
