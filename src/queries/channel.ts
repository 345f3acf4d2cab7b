// Generated from sql/channel.sql by "npm run generate"; do not edit.
import type { ChannelType } from '../closed-sets.ts';
import { PreparedQuery } from '../prepared-query.ts';

/** 'ListChannels' parameters type */
export interface ListChannelsParams {
  tenantId: string;
}

/** 'ListChannels' return type */
export interface ListChannelsResult {
  /** Kind of channel. */
  channel_type: ChannelType;
  /** When it was connected. */
  created_at: Date;
  /** The provider's id of the account (phone_number_id, page id); one live channel on the whole platform has it. */
  external_account_id: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether messages are sent through it. */
  is_active: boolean;
  /** Name shown to staff. */
  name: string;
  /** Who carries the messages. */
  provider: string;
  /** For how many minutes after a customer's message a free text may be sent: 1440 for WhatsApp; NULL: always. */
  reply_window_minutes: number | null;
  /** Version for optimistic locking: an update names the one it read. */
  version: number;
}

/** 'ListChannels' query type */
export interface ListChannelsQuery {
  params: ListChannelsParams;
  result: ListChannelsResult;
}

const listChannelsIR: any = {"usedParamSet":{"tenantId":true},"params":[{"name":"tenantId","required":true,"transform":{"type":"scalar"},"locs":[{"a":185,"b":194}]}],"statement":"select c.id, c.channel_type, c.name, c.external_account_id, c.provider, c.is_active, c.reply_window_minutes,\n       c.version, c.created_at\n  from api.channel as c\n where c.tenant_id = :tenantId!\n order by c.name, c.id"};

/**
 * Connected accounts.
 */
export const listChannels = new PreparedQuery<ListChannelsParams,ListChannelsResult>(listChannelsIR);


/** 'ConnectChannel' parameters type */
export interface ConnectChannelParams {
  channelType: ChannelType;
  externalAccountId: string;
  name: string;
  provider?: string | null | void;
  replyWindowMinutes?: number | null | void;
  tenantId: string;
}

/** 'ConnectChannel' return type */
export interface ConnectChannelResult {
  channel_type: ChannelType;
  id: string;
  name: string;
  version: number;
}

/** 'ConnectChannel' query type */
export interface ConnectChannelQuery {
  params: ConnectChannelParams;
  result: ConnectChannelResult;
}

const connectChannelIR: any = {"usedParamSet":{"channelType":true,"name":true,"externalAccountId":true,"provider":true,"replyWindowMinutes":true,"tenantId":true},"params":[{"name":"channelType","required":true,"transform":{"type":"scalar"},"locs":[{"a":132,"b":144}]},{"name":"name","required":true,"transform":{"type":"scalar"},"locs":[{"a":147,"b":152}]},{"name":"externalAccountId","required":true,"transform":{"type":"scalar"},"locs":[{"a":155,"b":173}]},{"name":"provider","required":false,"transform":{"type":"scalar"},"locs":[{"a":185,"b":193}]},{"name":"replyWindowMinutes","required":false,"transform":{"type":"scalar"},"locs":[{"a":205,"b":223}]},{"name":"tenantId","required":true,"transform":{"type":"scalar"},"locs":[{"a":255,"b":264}]}],"statement":"select c.id as \"id!\", c.channel_type as \"channel_type!\", c.name as \"name!\", c.version as \"version!\"\n  from api.connect_channel(\n    :channelType!, :name!, :externalAccountId!, coalesce(:provider, 'meta'), :replyWindowMinutes\n  ) as c\n where c.tenant_id = :tenantId!"};

/**
 * Connects an account of a provider. ALREADY_EXISTS, LIMIT_REACHED, FORBIDDEN, INVALID_INPUT.
 */
export const connectChannel = new PreparedQuery<ConnectChannelParams,ConnectChannelResult>(connectChannelIR);


