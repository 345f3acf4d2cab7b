// Generated from sql/conversation_history.sql by "npm run generate"; do not edit.
import type { ChannelType, DeliveryStatus, MessageDirection, MessageType, SenderType } from '../closed-sets.ts';
import type { JsonObject } from '../json.ts';
import { PagedQuery } from '../page.ts';
import { PreparedQuery } from '../prepared-query.ts';

/** 'ListMessages' parameters type */
export interface ListMessagesParams {
  after?: string | null | void;
  first: number;
  tenantId: string;
  threadId: string;
}

/** 'ListMessages' return type */
export interface ListMessagesResult {
  /** When it was stored. */
  created_at: Date;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** How far it has come; received for every inbound message. */
  delivery_status: DeliveryStatus;
  /** inbound: from the customer; outbound: to the customer. */
  direction: MessageDirection;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The text, at most 64 KiB; empty for pure media. */
  message: string;
  /** What kind of message it is. */
  message_type: MessageType;
  /** When it was written, by the provider's clock; messages are shown in this order. */
  occurred_at: Date;
  /** The order that it is about. */
  order_id: string | null;
  /** The message that it answers. */
  reply_to_id: string | null;
  /** Who wrote it. */
  sender_type: SenderType;
}

/**
 * Messages of a thread, the newest first, in pages; also for its buyer.
 */
export const listMessages = new PagedQuery<ListMessagesParams, ListMessagesResult>('listMessages', `select h.id, h.direction, h.message_type, h.sender_type, h.message, h.delivery_status, h.reply_to_id, h.order_id,
       h.occurred_at, h.created_at, json_build_array(h.occurred_at, h.id) as "cursor"
  from api.conversation_history as h
 where h.tenant_id = $1
   and h.thread_id = $2
   and ($3::jsonb is null
     or (h.occurred_at, h.id) < (($3::jsonb ->> 0)::timestamptz, ($3::jsonb ->> 1)::uuid))
 order by h.occurred_at desc, h.id desc
 limit $4`, ['tenantId', 'threadId', 'after', 'first']);

/** 'ListCustomerMessages' parameters type */
export interface ListCustomerMessagesParams {
  after?: string | null | void;
  customerId: string;
  first: number;
  tenantId: string;
}

/** 'ListCustomerMessages' return type */
export interface ListCustomerMessagesResult {
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** How far it has come; received for every inbound message. */
  delivery_status: DeliveryStatus;
  /** inbound: from the customer; outbound: to the customer. */
  direction: MessageDirection;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The text, at most 64 KiB; empty for pure media. */
  message: string;
  /** What kind of message it is. */
  message_type: MessageType;
  /** When it was written, by the provider's clock; messages are shown in this order. */
  occurred_at: Date;
  /** The order that it is about. */
  order_id: string | null;
  /** Who wrote it. */
  sender_type: SenderType;
  /** The thread that it belongs to. */
  thread_id: string;
}

/**
 * Messages of a customer over all threads, the newest first, in pages.
 */
export const listCustomerMessages = new PagedQuery<ListCustomerMessagesParams, ListCustomerMessagesResult>('listCustomerMessages', `select h.id, h.thread_id, h.direction, h.message_type, h.sender_type, h.message, h.delivery_status, h.order_id,
       h.occurred_at, json_build_array(h.occurred_at, h.id) as "cursor"
  from api.conversation_history as h
 where h.tenant_id = $1
   and h.customer_id = $2
   and ($3::jsonb is null
     or (h.occurred_at, h.id) < (($3::jsonb ->> 0)::timestamptz, ($3::jsonb ->> 1)::uuid))
 order by h.occurred_at desc, h.id desc
 limit $4`, ['tenantId', 'customerId', 'after', 'first']);

/** 'ListUndelivered' parameters type */
export interface ListUndeliveredParams {
  after?: string | null | void;
  first: number;
  tenantId: string;
}

/** 'ListUndelivered' return type */
export interface ListUndeliveredResult {
  /** The thread's channel. */
  channel_id: string;
  /** When it was stored. */
  created_at: Date;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** The thread's customer. */
  customer_id: string;
  /** How far it has come; received for every inbound message. */
  delivery_status: DeliveryStatus;
  /** The provider's id of the message, unique in its channel; an outbound one gets it when it is sent. */
  external_message_id: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** BCP 47 tag of its language. */
  language: string | null;
  /** The text, at most 64 KiB; empty for pure media. */
  message: string;
  /** What kind of message it is. */
  message_type: MessageType;
  /** When the provider took it. */
  sent_at: Date | null;
  /** The approved template that was sent. */
  template_name: string | null;
  /** The thread that it belongs to. */
  thread_id: string;
}

/**
 * The send queue: messages that are waiting, or sent and not yet known to have arrived, the oldest first,
 * in pages.
 */
export const listUndelivered = new PagedQuery<ListUndeliveredParams, ListUndeliveredResult>('listUndelivered', `select h.id, h.thread_id, h.channel_id, h.customer_id, h.message_type, h.message, h.template_name, h.language,
       h.delivery_status, h.external_message_id, h.sent_at, h.created_at,
       json_build_array(h.created_at, h.id) as "cursor"
  from api.conversation_history as h
 where h.tenant_id = $1
   and h.delivery_status in ('queued', 'sent')
   and ($2::jsonb is null
     or (h.created_at, h.id) > (($2::jsonb ->> 0)::timestamptz, ($2::jsonb ->> 1)::uuid))
 order by h.created_at, h.id
 limit $3`, ['tenantId', 'after', 'first']);

/** 'FindMessageByExternalId' parameters type */
export interface FindMessageByExternalIdParams {
  channelId: string;
  externalMessageId: string;
  tenantId: string;
}

/** 'FindMessageByExternalId' return type */
export interface FindMessageByExternalIdResult {
  /** The thread's customer. */
  customer_id: string;
  /** How far it has come; received for every inbound message. */
  delivery_status: DeliveryStatus;
  /** inbound: from the customer; outbound: to the customer. */
  direction: MessageDirection;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** When it was written, by the provider's clock; messages are shown in this order. */
  occurred_at: Date;
  /** The thread that it belongs to. */
  thread_id: string;
}

/**
 * The message that a provider knows by this id, or no row.
 */
export const findMessageByExternalId = new PreparedQuery<FindMessageByExternalIdParams, FindMessageByExternalIdResult>(`select h.id, h.thread_id, h.customer_id, h.direction, h.delivery_status, h.occurred_at
  from api.conversation_history as h
 where h.tenant_id = $1 and h.channel_id = $2 and h.external_message_id = $3`, ['tenantId', 'channelId', 'externalMessageId']);

/** 'ReceiveMessage' parameters type */
export interface ReceiveMessageParams {
  channelType: ChannelType;
  externalAccountId: string;
  externalMessageId: string;
  externalUserId: string;
  message: string;
  messageType?: MessageType | null | void;
  metadata?: JsonObject | null | void;
  occurredAt?: Date | string | null | void;
  profileName?: string | null | void;
}

/** 'ReceiveMessage' return type */
export interface ReceiveMessageResult {
  customer_id: string;
  is_new: boolean;
  message_id: string;
  tenant_id: string;
  thread_id: string;
}

/**
 * For webhooks, as worker: stores an inbound message of the connected account; the tenant is found by
 * the account. A repeat returns the first row with is_new false. NOT_FOUND for an unknown account,
 * TENANT_REQUIRED for a suspended merchant, INVALID_INPUT.
 */
export const receiveMessage = new PreparedQuery<ReceiveMessageParams, ReceiveMessageResult>(`select m.tenant_id as "tenant_id", m.message_id as "message_id", m.thread_id as "thread_id",
       m.customer_id as "customer_id", m.is_new as "is_new"
  from internal.receive_message(
    p_channel_type => $1, p_external_account_id => $2,
    p_external_user_id => $3, p_external_message_id => $4,
    p_message => $5, p_message_type => coalesce($6, 'text'),
    p_occurred_at => coalesce($7::timestamptz, now()), p_profile_name => $8,
    p_metadata => coalesce($9::jsonb, '{}')
  ) as m`, ['channelType', 'externalAccountId', 'externalUserId', 'externalMessageId', 'message', 'messageType', 'occurredAt', 'profileName', 'metadata']);
