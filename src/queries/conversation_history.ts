// Generated from sql/conversation_history.sql by "npm run generate"; do not edit.
import { channelTypes, messageTypes } from '../model/closed-sets.ts';
import type { ChannelType, DeliveryStatus, MessageDirection, MessageType, SenderType } from '../model/closed-sets.ts';
import type { JsonObject } from '../model/json.ts';
import { PagedQuery } from '../database/paged-query.ts';
import { ManyQuery, MaybeOneQuery, OneQuery } from '../database/prepared-query.ts';

/** What listMessages takes. */
export interface ListMessagesParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** The thread that it belongs to. */
  threadId: string;
}

/** A row of listMessages. */
export interface ListMessagesResult {
  /** When it was stored. */
  createdAt: Date;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** How far it has come; received for every inbound message. */
  deliveryStatus: DeliveryStatus;
  /** inbound: from the customer; outbound: to the customer. */
  direction: MessageDirection;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The text, at most 64 KiB; empty for pure media. */
  message: string;
  /** What kind of message it is. */
  messageType: MessageType;
  /** When it was written, by the provider's clock; messages are shown in this order. */
  occurredAt: Date;
  /** The order that it is about. */
  orderId: string | null;
  /** The message that it answers. */
  replyToId: string | null;
  /** Who wrote it. */
  senderType: SenderType;
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
 limit $4`, ['tenantId!', 'threadId!', 'after', 'first']);

/** What listCustomerMessages takes. */
export interface ListCustomerMessagesParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** The thread's customer. */
  customerId: string;
  /** How many rows at most, from 1. */
  first: number;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of listCustomerMessages. */
export interface ListCustomerMessagesResult {
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** How far it has come; received for every inbound message. */
  deliveryStatus: DeliveryStatus;
  /** inbound: from the customer; outbound: to the customer. */
  direction: MessageDirection;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The text, at most 64 KiB; empty for pure media. */
  message: string;
  /** What kind of message it is. */
  messageType: MessageType;
  /** When it was written, by the provider's clock; messages are shown in this order. */
  occurredAt: Date;
  /** The order that it is about. */
  orderId: string | null;
  /** Who wrote it. */
  senderType: SenderType;
  /** The thread that it belongs to. */
  threadId: string;
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
 limit $4`, ['tenantId!', 'customerId!', 'after', 'first']);

/** What listUndelivered takes. */
export interface ListUndeliveredParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of listUndelivered. */
export interface ListUndeliveredResult {
  /** The thread's channel. */
  channelId: string;
  /** When it was stored. */
  createdAt: Date;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** The thread's customer. */
  customerId: string;
  /** How far it has come; received for every inbound message. */
  deliveryStatus: DeliveryStatus;
  /** The provider's id of the message, unique in its channel; an outbound one gets it when it is sent. */
  externalMessageId: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** BCP 47 tag of its language. */
  language: string | null;
  /** The text, at most 64 KiB; empty for pure media. */
  message: string;
  /** What kind of message it is. */
  messageType: MessageType;
  /** When the provider took it. */
  sentAt: Date | null;
  /** The approved template that was sent. */
  templateName: string | null;
  /** The thread that it belongs to. */
  threadId: string;
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
 limit $3`, ['tenantId!', 'after', 'first']);

/** What findMessageByExternalId takes. */
export interface FindMessageByExternalIdParams {
  /** The thread's channel. */
  channelId: string;
  /** The provider's id of the message, unique in its channel; an outbound one gets it when it is sent. */
  externalMessageId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of findMessageByExternalId. */
export interface FindMessageByExternalIdResult {
  /** The thread's customer. */
  customerId: string;
  /** How far it has come; received for every inbound message. */
  deliveryStatus: DeliveryStatus;
  /** inbound: from the customer; outbound: to the customer. */
  direction: MessageDirection;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** When it was written, by the provider's clock; messages are shown in this order. */
  occurredAt: Date;
  /** The thread that it belongs to. */
  threadId: string;
}

/**
 * The message that a provider knows by this id, or null.
 */
export const findMessageByExternalId = new MaybeOneQuery<FindMessageByExternalIdParams, FindMessageByExternalIdResult>('findMessageByExternalId', `select h.id, h.thread_id, h.customer_id, h.direction, h.delivery_status, h.occurred_at
  from api.conversation_history as h
 where h.tenant_id = $1 and h.channel_id = $2 and h.external_message_id = $3`, ['tenantId!', 'channelId!', 'externalMessageId!']);

/** What receiveMessage takes. */
export interface ReceiveMessageParams {
  /** The kind of channel; with externalAccountId it finds the account. */
  channelType: ChannelType;
  /** The provider's id of the merchant's account. */
  externalAccountId: string;
  /** The provider's id of the message, unique in its channel; an outbound one gets it when it is sent. */
  externalMessageId: string;
  /** The provider's id of the customer, such as a telephone number. */
  externalUserId: string;
  /** The text, at most 64 KiB; empty for pure media. */
  message: string;
  /** What kind of message it is. */
  messageType?: MessageType | null | undefined;
  /** What the provider sent along (media, buttons, location), a JSON object of at most 64 KiB; seen by staff only. */
  metadata?: JsonObject | null | undefined;
  /** When it happened, by the provider's clock; now unless given. */
  occurredAt?: Date | string | null | undefined;
  /** The name under which the customer writes. */
  profileName?: string | null | undefined;
}

/** A row of receiveMessage. */
export interface ReceiveMessageResult {
  /** The thread's customer. */
  customerId: string;
  /** Whether this call stored it. */
  isNew: boolean;
  /** The message. */
  messageId: string;
  /** The merchant. */
  tenantId: string;
  /** The thread that it belongs to. */
  threadId: string;
}

/**
 * For webhooks, as worker: stores an inbound message of the connected account; the tenant is found by
 * the account. A repeat returns the first row with is_new false. NOT_FOUND for an unknown account,
 * TENANT_REQUIRED for a suspended merchant, INVALID_INPUT.
 */
export const receiveMessage = new OneQuery<ReceiveMessageParams, ReceiveMessageResult>('receiveMessage', `select m.tenant_id as "tenant_id", m.message_id as "message_id", m.thread_id as "thread_id",
       m.customer_id as "customer_id", m.is_new as "is_new"
  from internal.receive_message(
    p_channel_type => $1, p_external_account_id => $2,
    p_external_user_id => $3, p_external_message_id => $4,
    p_message => $5, p_message_type => coalesce($6, 'text'),
    p_occurred_at => coalesce($7::timestamptz, now()), p_profile_name => $8,
    p_metadata => coalesce($9::jsonb, '{}')
  ) as m`, ['channelType!', 'externalAccountId!', 'externalUserId!', 'externalMessageId!', 'message!', 'messageType', 'occurredAt', 'profileName', 'metadata'], { closedSets: { channelType: channelTypes, messageType: messageTypes } });

/** What searchMessages takes. */
export interface SearchMessagesParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** The thread's channel. */
  channelId?: string | null | undefined;
  /** The thread's customer. */
  customerId?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** Words that the messages hold. */
  query?: string | null | undefined;
  /** From when on. */
  since?: Date | string | null | undefined;
  /** Before when. */
  until?: Date | string | null | undefined;
}

/** A row of searchMessages. */
export interface SearchMessagesResult {
  /** The channel in which it was written. */
  channelId: string;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** The customer. */
  customerId: string;
  /** inbound: from the customer; outbound: to the customer. */
  direction: MessageDirection;
  /** The text, at most 64 KiB; empty for pure media. */
  message: string;
  /** The message. */
  messageId: string;
  /** What kind of message it is. */
  messageType: MessageType;
  /** When it was written, by the provider's clock; messages are shown in this order. */
  occurredAt: Date;
  /** Who wrote it. */
  senderType: SenderType;
  /** Its thread. */
  threadId: string;
}

/**
 * Messages that hold the words, of one customer or in one channel, from since to before until, the newest first;
 * a query of at most 200 characters, or a customer, must be given. In pages of at most 100. FORBIDDEN, INVALID_INPUT.
 */
export const searchMessages = new PagedQuery<SearchMessagesParams, SearchMessagesResult>('searchMessages', `select m.message_id as "message_id", m.thread_id as "thread_id", m.channel_id as "channel_id",
       m.customer_id as "customer_id", m.direction as "direction", m.sender_type as "sender_type",
       m.message_type as "message_type", m.message as "message", m.occurred_at as "occurred_at",
       m.cursor as "cursor"
  from api.search_messages(
    p_query => $1, p_customer_id => $2, p_channel_id => $3, p_since => $4,
    p_until => $5, p_first => $6, p_after => $7
  ) as m`, ['query', 'customerId', 'channelId', 'since', 'until', 'first', 'after']);

/** What queueMessage takes. */
export interface QueueMessageParams {
  /** A name for this request, of your own choice: sent again, it gets the first answer again. */
  idempotencyKey: string;
  /** BCP 47 tag of its language. */
  language?: string | null | undefined;
  /** The text, at most 64 KiB; empty for pure media. */
  message?: string | null | undefined;
  /** What kind of message it is. */
  messageType?: MessageType | null | undefined;
  /** What the provider sent along (media, buttons, location), a JSON object of at most 64 KiB; seen by staff only. */
  metadata?: JsonObject | null | undefined;
  /** The message that it answers. */
  replyToId?: string | null | undefined;
  /** The approved template that was sent. */
  templateName?: string | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** The thread that it belongs to. */
  threadId: string;
}

/** A row of queueMessage. */
export interface QueueMessageResult {
  /** How far it has come; received for every inbound message. */
  deliveryStatus: DeliveryStatus;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** What kind of message it is. */
  messageType: MessageType;
  /** When it was written, by the provider's clock; messages are shown in this order. */
  occurredAt: Date;
}

/**
 * Queues a message to the customer of a thread: a text, a template by its name, or media, buttons or a location in
 * metadata, with their messageType. A repeat with the same key returns the first message. REPLY_WINDOW_CLOSED without
 * a template, FORBIDDEN also for a blocked customer, INVALID_TRANSITION for a closed thread, IDEMPOTENCY_MISMATCH,
 * ALREADY_EXISTS, NOT_FOUND, INVALID_INPUT.
 */
export const queueMessage = new OneQuery<QueueMessageParams, QueueMessageResult>('queueMessage', `select h.id, h.message_type, h.delivery_status, h.occurred_at
  from api.queue_message(
    p_thread_id => $1, p_idempotency_key => $2, p_message => coalesce($3, ''),
    p_template_name => $4, p_language => $5, p_reply_to_id => $6,
    p_message_type => $7, p_metadata => coalesce($8::jsonb, '{}')
  ) as h
 where h.tenant_id = $9`, ['threadId!', 'idempotencyKey!', 'message', 'templateName', 'language', 'replyToId', 'messageType', 'metadata', 'tenantId!'], { closedSets: { messageType: messageTypes } });

/** What claimMessages takes. */
export interface ClaimMessagesParams {
  /** How many at most in one call. */
  batch?: number | null | undefined;
  /** For how long nobody else gets them; 300 unless given. */
  claimSeconds?: number | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** The name of the sender, who holds the claim. */
  worker: string;
}

/** A row of claimMessages. */
export interface ClaimMessagesResult {
  /** Which time it is given out, from 1. */
  attempt: number;
  /** The thread's channel. */
  channelId: string;
  /** The kind of channel it goes through. */
  channelType: ChannelType;
  /** The provider's id of the merchant's account. */
  externalAccountId: string;
  /** The provider's id of the customer. */
  externalUserId: string;
  /** BCP 47 tag of its language. */
  language: string | null;
  /** The text, at most 64 KiB; empty for pure media. */
  message: string;
  /** The message. */
  messageId: string;
  /** What kind of message it is. */
  messageType: MessageType;
  /** What the provider sent along (media, buttons, location), a JSON object of at most 64 KiB; seen by staff only. */
  metadata: JsonObject;
  /** The provider to send it by. */
  provider: string;
  /** The provider's id of the message that it answers. */
  replyToExternalMessageId: string | null;
  /** The approved template that was sent. */
  templateName: string | null;
  /** The thread that it belongs to. */
  threadId: string;
}

/**
 * As worker: queued messages of a tenant for a sender, the oldest first, at most a batch (1 to 1000, 100 unless said)
 * a call, with all that sending takes; nobody else gets them for claimSeconds (300 unless said). End each with
 * markSent or markFailed. Safe to run many times at once. TENANT_REQUIRED, INVALID_INPUT.
 */
export const claimMessages = new ManyQuery<ClaimMessagesParams, ClaimMessagesResult>('claimMessages', `select m.message_id as "message_id", m.thread_id as "thread_id", m.channel_id as "channel_id",
       m.channel_type as "channel_type", m.provider as "provider", m.external_account_id as "external_account_id",
       m.external_user_id as "external_user_id", m.message as "message", m.message_type as "message_type",
       m.template_name, m.language, m.metadata as "metadata", m.reply_to_external_message_id, m.attempt as "attempt"
  from internal.claim_messages(
    $1, $2, coalesce($3::integer, 100), make_interval(secs => coalesce($4::integer, 300))
  ) as m`, ['tenantId!', 'worker!', 'batch', 'claimSeconds']);

/** What markSent takes. */
export interface MarkSentParams {
  /** The provider's id of the message, unique in its channel; an outbound one gets it when it is sent. */
  externalMessageId: string;
  /** The message. */
  messageId: string;
  /** When the provider took it. */
  sentAt?: Date | string | null | undefined;
}

/** A row of markSent. */
export interface MarkSentResult {
  /** How far it has come; received for every inbound message. */
  deliveryStatus: DeliveryStatus;
}

/**
 * As worker: the provider has taken a message, and calls it by this id; returns how far it has come. A repeat changes
 * nothing. ALREADY_EXISTS, NOT_FOUND, INVALID_INPUT.
 */
export const markSent = new OneQuery<MarkSentParams, MarkSentResult>('markSent', `select internal.mark_sent($1, $2, coalesce($3::timestamptz, now()))
    as "delivery_status"`, ['messageId!', 'externalMessageId!', 'sentAt']);

/** What markFailed takes. */
export interface MarkFailedParams {
  /** The provider's code of the failure. */
  errorCode: string;
  /** The provider's words about the failure. */
  errorMessage?: string | null | undefined;
  /** The message. */
  messageId: string;
}

/** A row of markFailed. */
export interface MarkFailedResult {
  /** How far it has come; received for every inbound message. */
  deliveryStatus: DeliveryStatus;
}

/**
 * As worker: the provider has refused a message for good; returns how far it has come. NOT_FOUND, INVALID_INPUT.
 */
export const markFailed = new OneQuery<MarkFailedParams, MarkFailedResult>('markFailed', `select internal.mark_failed($1, $2, $3) as "delivery_status"`, ['messageId!', 'errorCode!', 'errorMessage']);

/** What recordReceipt takes. */
export interface RecordReceiptParams {
  /** The kind of channel; with externalAccountId it finds the account. */
  channelType: ChannelType;
  /** The provider's code of the failure. */
  errorCode?: string | null | undefined;
  /** The provider's words about the failure. */
  errorMessage?: string | null | undefined;
  /** The provider's id of the merchant's account. */
  externalAccountId: string;
  /** The provider's id of the message, unique in its channel; an outbound one gets it when it is sent. */
  externalMessageId: string;
  /** When it happened, by the provider's clock; now unless given. */
  occurredAt?: Date | string | null | undefined;
  /** What the provider says of it. */
  status: 'sent' | 'delivered' | 'read' | 'failed';
}

/** A row of recordReceipt. */
export interface RecordReceiptResult {
  /** How far it has come; received for every inbound message. */
  deliveryStatus: DeliveryStatus | null;
  /** The message. */
  messageId: string | null;
  /** The merchant. */
  tenantId: string;
}

/**
 * For webhooks, as worker: what a provider says of a message that was sent. Only forward: one that comes late or
 * twice changes nothing; one whose message is not known yet is kept for a day, and message_id is NULL. NOT_FOUND for
 * an unknown account, INVALID_INPUT.
 */
export const recordReceipt = new OneQuery<RecordReceiptParams, RecordReceiptResult>('recordReceipt', `select r.tenant_id as "tenant_id", r.message_id, r.delivery_status
  from internal.record_receipt(
    $1, $2, $3, $4, coalesce($5::timestamptz, now()),
    $6, $7
  ) as r`, ['channelType!', 'externalAccountId!', 'externalMessageId!', 'status', 'occurredAt', 'errorCode', 'errorMessage'], { closedSets: { channelType: channelTypes } });
