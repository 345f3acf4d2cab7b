// Generated from sql/conversation_history.sql by "npm run generate"; do not edit.
import { channelTypes, messageDirections, messageTypes } from '../model/closed-sets.ts';
import type { ChannelType, DeliveryStatus, MessageDirection, MessageType, SenderType } from '../model/closed-sets.ts';
import type { JsonObject, MessageAttachment, MessageReaction, OwnAttachment } from '../model/json.ts';
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
  /** The message's thread. */
  threadId: string;
}

/** A row of listMessages. */
export interface ListMessagesResult {
  /** The message's number in its thread, from 1, in the order in which messages were stored; it decides which messages have been read, and which is sent first. */
  arrival: number;
  /** Its files and places, in their order. */
  attachments: readonly MessageAttachment[];
  /** The provider's id of the person who wrote it in a group; NULL: the customer. */
  authorExternalId: string | null;
  /** The name of the person who wrote it in a group. */
  authorName: string | null;
  /** When it was stored. */
  createdAt: Date;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** When it reached the customer's device. */
  deliveredAt: Date | null;
  /** State of its delivery; received for every inbound message. */
  deliveryStatus: DeliveryStatus;
  /** inbound: from the customer; outbound: to the customer. */
  direction: MessageDirection;
  /** When its sender last changed it; the former text is in message_revision. */
  editedAt: Date | null;
  /** The provider's code of the failure. */
  errorCode: string | null;
  /** The provider's message about the failure. */
  errorMessage: string | null;
  /** When sending it failed. */
  failedAt: Date | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether it opened no thread and no reply window, and does not count as unread: notices, imported history, messages of a blocked customer. */
  isSilent: boolean;
  /** BCP 47 tag of its language. */
  language: string | null;
  /** The text, at most 64 KiB; of media the caption; empty where there is none. */
  message: string;
  /** What kind of message it is. */
  messageType: MessageType;
  /** What the provider sent along (buttons, contacts, a catalogue order), a JSON object of at most 64 KiB; seen by staff only. */
  metadata: JsonObject;
  /** When it was written, by the provider's clock; messages are shown in this order. */
  occurredAt: Date;
  /** The order that it is about. */
  orderId: string | null;
  /** The reactions to it. */
  reactions: readonly MessageReaction[];
  /** When the customer read it. */
  readAt: Date | null;
  /** The message that it answers. */
  replyToId: string | null;
  /** The beginning of the message that it answers. */
  replyToText: string | null;
  /** Name shown to others. */
  senderName: string | null;
  /** The kind of sender. */
  senderType: SenderType;
  /** The member, or service, who wrote an outbound message; NULL for machines without one, and inbound messages. */
  senderUserId: string | null;
  /** When the provider accepted it. */
  sentAt: Date | null;
  /** The approved template that was sent. */
  templateName: string | null;
  /** When its sender deleted it, or staff erased it; it is empty then. */
  withdrawnAt: Date | null;
}

/**
 * Messages of a thread with all that a chat screen shows, the newest first, in pages.
 */
export const listMessages = new PagedQuery<ListMessagesParams, ListMessagesResult>('listMessages', `select h.id, h.direction, h.message_type, h.sender_type, h.sender_user_id, u.display_name as "sender_name",
       h.author_external_id, h.author_name, h.message, h.metadata, h.delivery_status, h.error_code, h.error_message,
       h.template_name, h.language, h.reply_to_id, left(r.message, 200) as "reply_to_text", h.order_id, h.arrival,
       h.is_silent, h.occurred_at, h.sent_at, h.delivered_at, h.read_at, h.failed_at, h.edited_at, h.withdrawn_at,
       h.created_at,
       (
         select coalesce(jsonb_agg(jsonb_build_object(
                  'file_type', a.file_type, 'url', a.url, 'storage_key', a.storage_key, 'external_media_id',
                  a.external_media_id, 'mime_type', a.mime_type, 'file_name', a.file_name, 'caption', a.caption,
                  'size_bytes', a.size_bytes, 'latitude', a.latitude, 'longitude', a.longitude) order by a.position), '[]')
           from api.message_attachment as a
          where a.tenant_id = h.tenant_id and a.message_id = h.id
       ) as "attachments",
       (
         select coalesce(jsonb_agg(jsonb_build_object(
                  'emoji', e.emoji, 'sender_type', e.sender_type, 'author_external_id', e.author_external_id)
                  order by e.occurred_at, e.id), '[]')
           from api.message_reaction as e
          where e.tenant_id = h.tenant_id and e.message_id = h.id
       ) as "reactions",
       json_build_array(h.occurred_at, h.id) as "cursor"
  from api.conversation_history as h
  left join api.conversation_history as r on r.tenant_id = h.tenant_id and r.id = h.reply_to_id
  left join api.users as u on u.tenant_id = h.tenant_id and u.id = h.sender_user_id
 where h.tenant_id = $1
   and h.thread_id = $2
   and ($3::jsonb is null
     or (h.occurred_at, h.id) < (($3::jsonb ->> 0)::timestamptz, ($3::jsonb ->> 1)::uuid))
 order by h.occurred_at desc, h.id desc
 limit $4`, ['tenantId!', 'threadId!', 'after', 'first'], { callers: ['member', 'worker', 'platform'], ownJson: ['attachments', 'reactions'] });

/** What listOwnMessages takes. */
export interface ListOwnMessagesParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** The message's thread. */
  threadId: string;
}

/** A row of listOwnMessages. */
export interface ListOwnMessagesResult {
  /** The message's number in its thread, from 1, in the order in which messages were stored; it decides which messages have been read, and which is sent first. */
  arrival: number;
  /** Its files and places, in their order. */
  attachments: readonly MessageAttachment[];
  /** When it was stored. */
  createdAt: Date;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** State of its delivery; received for every inbound message. */
  deliveryStatus: DeliveryStatus;
  /** inbound: from the customer; outbound: to the customer. */
  direction: MessageDirection;
  /** When its sender last changed it; the former text is in message_revision. */
  editedAt: Date | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The text, at most 64 KiB; of media the caption; empty where there is none. */
  message: string;
  /** What kind of message it is. */
  messageType: MessageType;
  /** When it was written, by the provider's clock; messages are shown in this order. */
  occurredAt: Date;
  /** The order that it is about. */
  orderId: string | null;
  /** The reactions to it. */
  reactions: readonly MessageReaction[];
  /** When the customer read it. */
  readAt: Date | null;
  /** The message that it answers. */
  replyToId: string | null;
  /** The beginning of the message that it answers. */
  replyToText: string | null;
  /** The kind of sender. */
  senderType: SenderType;
  /** When its sender deleted it, or staff erased it; it is empty then. */
  withdrawnAt: Date | null;
}

/**
 * Messages of a shopper's own thread with all that a chat screen shows, the newest first, in pages.
 */
export const listOwnMessages = new PagedQuery<ListOwnMessagesParams, ListOwnMessagesResult>('listOwnMessages', `select h.id, h.direction, h.message_type, h.sender_type, h.message, h.delivery_status, h.reply_to_id,
       left(r.message, 200) as "reply_to_text", h.order_id, h.arrival, h.occurred_at, h.read_at, h.edited_at,
       h.withdrawn_at, h.created_at,
       (
         select coalesce(jsonb_agg(jsonb_build_object(
                  'file_type', a.file_type, 'url', a.url, 'storage_key', a.storage_key, 'mime_type', a.mime_type,
                  'file_name', a.file_name, 'caption', a.caption, 'size_bytes', a.size_bytes, 'latitude', a.latitude,
                  'longitude', a.longitude) order by a.position), '[]')
           from api.message_attachment as a
          where a.tenant_id = h.tenant_id and a.message_id = h.id
       ) as "attachments",
       (
         select coalesce(jsonb_agg(jsonb_build_object('emoji', e.emoji, 'sender_type', e.sender_type)
                  order by e.occurred_at, e.id), '[]')
           from api.message_reaction as e
          where e.tenant_id = h.tenant_id and e.message_id = h.id
       ) as "reactions",
       json_build_array(h.occurred_at, h.id) as "cursor"
  from api.conversation_history as h
  left join api.conversation_history as r on r.tenant_id = h.tenant_id and r.id = h.reply_to_id
 where h.tenant_id = $1
   and h.thread_id = $2
   and ($3::jsonb is null
     or (h.occurred_at, h.id) < (($3::jsonb ->> 0)::timestamptz, ($3::jsonb ->> 1)::uuid))
 order by h.occurred_at desc, h.id desc
 limit $4`, ['tenantId!', 'threadId!', 'after', 'first'], { callers: ['member', 'buyer', 'anonymous', 'worker', 'platform'], ownJson: ['attachments', 'reactions'] });

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
  /** The thread's channel. */
  channelId: string;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** State of its delivery; received for every inbound message. */
  deliveryStatus: DeliveryStatus;
  /** inbound: from the customer; outbound: to the customer. */
  direction: MessageDirection;
  /** When its sender last changed it; the former text is in message_revision. */
  editedAt: Date | null;
  /** The provider's code of the failure. */
  errorCode: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The text, at most 64 KiB; of media the caption; empty where there is none. */
  message: string;
  /** What kind of message it is. */
  messageType: MessageType;
  /** When it was written, by the provider's clock; messages are shown in this order. */
  occurredAt: Date;
  /** The order that it is about. */
  orderId: string | null;
  /** When the customer read it. */
  readAt: Date | null;
  /** The message that it answers. */
  replyToId: string | null;
  /** The kind of sender. */
  senderType: SenderType;
  /** The approved template that was sent. */
  templateName: string | null;
  /** The thread that it belongs to. */
  threadId: string;
  /** When its sender deleted it, or staff erased it; it is empty then. */
  withdrawnAt: Date | null;
}

/**
 * Messages of a customer in all threads, the newest first, in pages.
 */
export const listCustomerMessages = new PagedQuery<ListCustomerMessagesParams, ListCustomerMessagesResult>('listCustomerMessages', `select h.id, h.thread_id, h.channel_id, h.direction, h.message_type, h.sender_type, h.message, h.delivery_status,
       h.error_code, h.template_name, h.reply_to_id, h.order_id, h.occurred_at, h.read_at, h.edited_at,
       h.withdrawn_at, json_build_array(h.occurred_at, h.id) as "cursor"
  from api.conversation_history as h
 where h.tenant_id = $1
   and h.customer_id = $2
   and ($3::jsonb is null
     or (h.occurred_at, h.id) < (($3::jsonb ->> 0)::timestamptz, ($3::jsonb ->> 1)::uuid))
 order by h.occurred_at desc, h.id desc
 limit $4`, ['tenantId!', 'customerId!', 'after', 'first'], { callers: ['member', 'worker', 'platform'] });

/** What listMessageRevisions takes. */
export interface ListMessageRevisionsParams {
  /** The message. */
  messageId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of listMessageRevisions. */
export interface ListMessageRevisionsResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The text, at most 64 KiB; empty once the sender deleted the message. */
  message: string;
  /** When the sender wrote it so, by the provider's clock. */
  occurredAt: Date;
}

/**
 * The texts of a message that was edited, the first one first.
 */
export const listMessageRevisions = new ManyQuery<ListMessageRevisionsParams, ListMessageRevisionsResult>('listMessageRevisions', `select r.id, r.message, r.occurred_at
  from api.message_revision as r
 where r.tenant_id = $1 and r.message_id = $2
 order by r.occurred_at`, ['tenantId!', 'messageId!'], { callers: ['member', 'buyer', 'anonymous', 'worker', 'platform'] });

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
  /** State of its delivery; received for every inbound message. */
  deliveryStatus: DeliveryStatus;
  /** The provider's id of the message, unique in its channel; an outbound one gets it when it is sent. */
  externalMessageId: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** BCP 47 tag of its language. */
  language: string | null;
  /** The text, at most 64 KiB; of media the caption; empty where there is none. */
  message: string;
  /** What kind of message it is. */
  messageType: MessageType;
  /** When the provider accepted it. */
  sentAt: Date | null;
  /** The approved template that was sent. */
  templateName: string | null;
  /** The thread that it belongs to. */
  threadId: string;
}

/**
 * The send queue: messages that are waiting, or were sent and are not yet known to have arrived, the oldest first,
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
 limit $3`, ['tenantId!', 'after', 'first'], { callers: ['member', 'worker', 'platform'] });

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
  /** State of its delivery; received for every inbound message. */
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
 where h.tenant_id = $1 and h.channel_id = $2 and h.external_message_id = $3`, ['tenantId!', 'channelId!', 'externalMessageId!'], { callers: ['member', 'worker', 'platform'] });

/** What receiveMessage takes. */
export interface ReceiveMessageParams {
  /** Files and places, at most 30. */
  attachments?: readonly MessageAttachment[] | null | undefined;
  /** In a group, the provider's id of the person who wrote it. */
  authorExternalId?: string | null | undefined;
  /** In a group, the name of the person who wrote it. */
  authorName?: string | null | undefined;
  /** The kind of channel; with externalAccountId it finds the account. */
  channelType: ChannelType;
  /** outbound: what the merchant sent by other means, such as the phone app. */
  direction?: MessageDirection | null | undefined;
  /** The provider's id of the merchant's account. */
  externalAccountId: string;
  /** The provider's id of the message, unique in its channel; an outbound one gets it when it is sent. */
  externalMessageId: string;
  /** The provider's id of the customer, such as a telephone number. */
  externalUserId: string;
  /** Whether it was sent before the channel was connected. */
  isHistory?: boolean | null | undefined;
  /** The text, at most 64 KiB; of media the caption; empty where there is none. */
  message: string;
  /** Its kind, by the provider's name; a kind that is not known is stored as unsupported. */
  messageType?: string | null | undefined;
  /** What the provider sent along (buttons, contacts, a catalogue order), a JSON object of at most 64 KiB; seen by staff only. */
  metadata?: JsonObject | null | undefined;
  /** When it happened, by the provider's clock; now unless given. */
  occurredAt?: Date | string | null | undefined;
  /** Further ids of the channel under which the same person writes. */
  otherUserIds?: string[] | null | undefined;
  /** The name under which the customer writes. */
  profileName?: string | null | undefined;
  /** The provider's id of the message that it answers. */
  replyToExternalId?: string | null | undefined;
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
    p_metadata => coalesce($9::jsonb, '{}'), p_attachments => coalesce($10::jsonb, '[]'),
    p_reply_to_external_id => $11, p_direction => coalesce($12, 'inbound'),
    p_is_history => coalesce($13::boolean, false), p_author_external_id => $14,
    p_author_name => $15, p_other_user_ids => coalesce($16::text[], '{}')
  ) as m`, ['channelType!', 'externalAccountId!', 'externalUserId!', 'externalMessageId!', 'message!', 'messageType', 'occurredAt', 'profileName', 'metadata', 'attachments', 'replyToExternalId', 'direction', 'isHistory', 'authorExternalId', 'authorName', 'otherUserIds'], { callers: ['worker'], ownJson: ['attachments'], closedSets: { channelType: channelTypes, direction: messageDirections }, moments: ['occurredAt'] });

/** What recordMessageChange takes. */
export interface RecordMessageChangeParams {
  /** Whose reaction it is. */
  authorExternalId?: string | null | undefined;
  /** The kind of channel; with externalAccountId it finds the account. */
  channelType: ChannelType;
  /** The emoji or the new text. */
  content?: string | null | undefined;
  /** The provider's id of the merchant's account. */
  externalAccountId: string;
  /** The provider's id of the message, unique in its channel; an outbound one gets it when it is sent. */
  externalMessageId: string;
  /** What happened to the message. */
  kind: 'reaction' | 'edit' | 'deletion';
  /** When it happened, by the provider's clock; now unless given. */
  occurredAt?: Date | string | null | undefined;
  /** Which side made the change; the customer unless given. */
  senderType?: 'customer' | 'merchant' | null | undefined;
}

/** A row of recordMessageChange. */
export interface RecordMessageChangeResult {
  /** Whether it changed anything. */
  isChanged: boolean;
  /** The message. */
  messageId: string | null;
  /** The merchant. */
  tenantId: string;
}

/**
 * For webhooks, as worker: records a reaction (content: the emoji, empty when it is removed), an edit (content: the new
 * text) or a deletion by the sender. Of two changes the later one counts, in whichever order they arrive. A change that
 * arrives before its message is kept for a day, and messageId is NULL. NOT_FOUND for an unknown account,
 * TENANT_REQUIRED for a suspended merchant, INVALID_INPUT.
 */
export const recordMessageChange = new OneQuery<RecordMessageChangeParams, RecordMessageChangeResult>('recordMessageChange', `select c.tenant_id as "tenant_id", c.message_id, c.is_changed as "is_changed"
  from internal.record_message_change(
    $1, $2, $3, $4, $5,
    coalesce($6::timestamptz, now()), $7, coalesce($8, 'customer')
  ) as c`, ['channelType!', 'externalAccountId!', 'externalMessageId!', 'kind!', 'content', 'occurredAt', 'authorExternalId', 'senderType'], { callers: ['worker'], closedSets: { channelType: channelTypes, kind: ['reaction', 'edit', 'deletion'], senderType: ['customer', 'merchant'] }, moments: ['occurredAt'] });

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
  /** Words that the messages contain. */
  query?: string | null | undefined;
  /** Only messages from this time on. */
  since?: Date | string | null | undefined;
  /** Only messages before this time. */
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
  /** The text, at most 64 KiB; of media the caption; empty where there is none. */
  message: string;
  /** The message. */
  messageId: string;
  /** What kind of message it is. */
  messageType: MessageType;
  /** When it was written, by the provider's clock; messages are shown in this order. */
  occurredAt: Date;
  /** The kind of sender. */
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
  ) as m`, ['query', 'customerId', 'channelId', 'since', 'until', 'first', 'after'], { callers: ['member', 'worker'], moments: ['since', 'until'] });

/** What queueMessage takes. */
export interface QueueMessageParams {
  /** Files and places, at most 30. */
  attachments?: readonly MessageAttachment[] | null | undefined;
  /** A name for this request, of your own choice: sent again, it gets the first answer again. */
  idempotencyKey: string;
  /** BCP 47 tag of its language. */
  language?: string | null | undefined;
  /** The text, at most 64 KiB; of media the caption; empty where there is none. */
  message?: string | null | undefined;
  /** What kind of message it is. */
  messageType?: MessageType | null | undefined;
  /** What the provider sent along (buttons, contacts, a catalogue order), a JSON object of at most 64 KiB; seen by staff only. */
  metadata?: JsonObject | null | undefined;
  /** The order that it is about. */
  orderId?: string | null | undefined;
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
  /** State of its delivery; received for every inbound message. */
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
 * LIMIT_REACHED, ALREADY_EXISTS, NOT_FOUND, INVALID_INPUT.
 */
export const queueMessage = new OneQuery<QueueMessageParams, QueueMessageResult>('queueMessage', `select h.id, h.message_type, h.delivery_status, h.occurred_at
  from api.queue_message(
    p_thread_id => $1, p_idempotency_key => $2, p_message => coalesce($3, ''),
    p_template_name => $4, p_language => $5, p_reply_to_id => $6,
    p_message_type => $7, p_metadata => coalesce($8::jsonb, '{}'),
    p_attachments => coalesce($9::jsonb, '[]'), p_order_id => $10
  ) as h
 where h.tenant_id = $11`, ['threadId!', 'idempotencyKey!', 'message', 'templateName', 'language', 'replyToId', 'messageType', 'metadata', 'attachments', 'orderId', 'tenantId!'], { callers: ['member', 'worker'], ownJson: ['attachments'], closedSets: { messageType: messageTypes } });

/** What beginConversation takes. */
export interface BeginConversationParams {
  /** Files and places, at most 30. */
  attachments?: readonly MessageAttachment[] | null | undefined;
  /** The thread's channel. */
  channelId: string;
  /** The thread's customer. */
  customerId: string;
  /** A name for this request, of your own choice: sent again, it gets the first answer again. */
  idempotencyKey: string;
  /** BCP 47 tag of its language. */
  language?: string | null | undefined;
  /** The text, at most 64 KiB; of media the caption; empty where there is none. */
  message?: string | null | undefined;
  /** What the provider sent along (buttons, contacts, a catalogue order), a JSON object of at most 64 KiB; seen by staff only. */
  metadata?: JsonObject | null | undefined;
  /** The order that it is about. */
  orderId?: string | null | undefined;
  /** The approved template that was sent. */
  templateName?: string | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of beginConversation. */
export interface BeginConversationResult {
  /** State of its delivery; received for every inbound message. */
  deliveryStatus: DeliveryStatus;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** BCP 47 tag of its language. */
  language: string | null;
  /** What kind of message it is. */
  messageType: MessageType;
  /** When it was written, by the provider's clock; messages are shown in this order. */
  occurredAt: Date;
  /** The thread that it belongs to. */
  threadId: string;
}

/**
 * Writes to a customer in a channel, in the thread that is not closed or in a new one; the message is queued as by
 * queueMessage. REPLY_WINDOW_CLOSED without a template, FORBIDDEN also for a blocked customer, IDEMPOTENCY_MISMATCH,
 * LIMIT_REACHED, ALREADY_EXISTS, NOT_FOUND, INVALID_INPUT.
 */
export const beginConversation = new OneQuery<BeginConversationParams, BeginConversationResult>('beginConversation', `select h.id, h.thread_id, h.message_type, h.delivery_status, h.language, h.occurred_at
  from api.begin_conversation(
    p_customer_id => $1, p_channel_id => $2, p_idempotency_key => $3,
    p_template_name => $4, p_language => $5, p_message => coalesce($6, ''),
    p_metadata => coalesce($7::jsonb, '{}'), p_attachments => coalesce($8::jsonb, '[]'),
    p_order_id => $9
  ) as h
 where h.tenant_id = $10`, ['customerId!', 'channelId!', 'idempotencyKey!', 'templateName', 'language', 'message', 'metadata', 'attachments', 'orderId', 'tenantId!'], { callers: ['member', 'worker'], ownJson: ['attachments'] });

/** What startConversation takes. */
export interface StartConversationParams {
  /** Files that requestUpload granted, and places, at most 10. */
  attachments?: readonly OwnAttachment[] | null | undefined;
  /** The chat; the shop's first one unless given. */
  channelId?: string | null | undefined;
  /** A name for this request, of your own choice: sent again, it gets the first answer again. */
  idempotencyKey: string;
  /** The text, at most 64 KiB; of media the caption; empty where there is none. */
  message?: string | null | undefined;
  /** The caller's own order that it is about. */
  orderId?: string | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of startConversation. */
export interface StartConversationResult {
  /** The thread's channel. */
  channelId: string;
  /** The thread's customer. */
  customerId: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** When it was written, by the provider's clock; messages are shown in this order. */
  occurredAt: Date;
  /** The thread that it belongs to. */
  threadId: string;
}

/**
 * As the shopper, or a visitor whose token has a subject: writes to the shop in its chat, in their own thread that is
 * not closed, or in a new one. A repeat with the same key returns the first message. FORBIDDEN, IDEMPOTENCY_MISMATCH,
 * NOT_FOUND also where the shop has no such chat, INVALID_INPUT.
 */
export const startConversation = new OneQuery<StartConversationParams, StartConversationResult>('startConversation', `select h.id, h.thread_id, h.channel_id, h.customer_id, h.occurred_at
  from api.start_conversation(
    p_idempotency_key => $1, p_message => coalesce($2, ''), p_channel_id => $3,
    p_order_id => $4, p_attachments => coalesce($5::jsonb, '[]')
  ) as h
 where h.tenant_id = $6`, ['idempotencyKey!', 'message', 'channelId', 'orderId', 'attachments', 'tenantId!'], { callers: ['buyer', 'anonymous'], ownJson: ['attachments'] });

/** What sendMessage takes. */
export interface SendMessageParams {
  /** Files that requestUpload granted, and places, at most 10. */
  attachments?: readonly OwnAttachment[] | null | undefined;
  /** A name for this request, of your own choice: sent again, it gets the first answer again. */
  idempotencyKey: string;
  /** The text, at most 64 KiB; of media the caption; empty where there is none. */
  message?: string | null | undefined;
  /** The caller's own order that it is about. */
  orderId?: string | null | undefined;
  /** The message of the thread that it answers. */
  replyToId?: string | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** The thread that it belongs to. */
  threadId: string;
}

/** A row of sendMessage. */
export interface SendMessageResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** When it was written, by the provider's clock; messages are shown in this order. */
  occurredAt: Date;
  /** The thread that it belongs to. */
  threadId: string;
}

/**
 * As the shopper or visitor: writes in one of their own threads of the shop's chat. FORBIDDEN, INVALID_TRANSITION for a
 * closed thread, IDEMPOTENCY_MISMATCH, NOT_FOUND, INVALID_INPUT.
 */
export const sendMessage = new OneQuery<SendMessageParams, SendMessageResult>('sendMessage', `select h.id, h.thread_id, h.occurred_at
  from api.send_message(
    p_thread_id => $1, p_idempotency_key => $2, p_message => coalesce($3, ''),
    p_reply_to_id => $4, p_order_id => $5, p_attachments => coalesce($6::jsonb, '[]')
  ) as h
 where h.tenant_id = $7`, ['threadId!', 'idempotencyKey!', 'message', 'replyToId', 'orderId', 'attachments', 'tenantId!'], { callers: ['buyer', 'anonymous'], ownJson: ['attachments'] });

/** What cancelMessage takes. */
export interface CancelMessageParams {
  /** The message. */
  messageId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of cancelMessage. */
export interface CancelMessageResult {
  /** State of its delivery; received for every inbound message. */
  deliveryStatus: DeliveryStatus;
  /** Identifier, ordered by time of creation. */
  id: string;
}

/**
 * Takes a message that no sender has claimed yet out of the queue. INVALID_TRANSITION when it is being sent or was
 * sent, FORBIDDEN, NOT_FOUND.
 */
export const cancelMessage = new OneQuery<CancelMessageParams, CancelMessageResult>('cancelMessage', `select h.id, h.delivery_status from api.cancel_message($1) as h where h.tenant_id = $2`, ['messageId!', 'tenantId!'], { callers: ['member', 'worker'] });

/** What retryMessage takes. */
export interface RetryMessageParams {
  /** The message. */
  messageId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of retryMessage. */
export interface RetryMessageResult {
  /** State of its delivery; received for every inbound message. */
  deliveryStatus: DeliveryStatus;
  /** Identifier, ordered by time of creation. */
  id: string;
}

/**
 * Puts a message that failed back into the queue. INVALID_TRANSITION for one that has not failed, REPLY_WINDOW_CLOSED,
 * FORBIDDEN also for a blocked customer, NOT_FOUND, INVALID_INPUT when it cannot be sent for another reason.
 */
export const retryMessage = new OneQuery<RetryMessageParams, RetryMessageResult>('retryMessage', `select h.id, h.delivery_status from api.retry_message($1) as h where h.tenant_id = $2`, ['messageId!', 'tenantId!'], { callers: ['member', 'worker'] });

/** What eraseMessage takes. */
export interface EraseMessageParams {
  /** The message. */
  messageId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of eraseMessage. */
export interface EraseMessageResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** When its sender deleted it, or staff erased it; it is empty then. */
  withdrawnAt: Date | null;
}

/**
 * Permanently empties a message of either side, with its former texts, files and places, for instance when a person asks
 * for erasure. A repeat changes nothing. FORBIDDEN, NOT_FOUND, INVALID_INPUT for a message that waits to be sent.
 */
export const eraseMessage = new OneQuery<EraseMessageParams, EraseMessageResult>('eraseMessage', `select h.id, h.withdrawn_at from api.erase_message($1) as h where h.tenant_id = $2`, ['messageId!', 'tenantId!'], { callers: ['member'] });

/** What claimMessages takes. */
export interface ClaimMessagesParams {
  /** How many at most in one call. */
  batch?: number | null | undefined;
  /** For how many seconds no other sender gets them; 300 unless given. */
  claimSeconds?: number | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** The name of the sender, who holds the claim. */
  worker: string;
}

/** A row of claimMessages. */
export interface ClaimMessagesResult {
  /** Its files and places, in their order. */
  attachments: readonly MessageAttachment[];
  /** The number of this attempt, from 1. */
  attempt: number;
  /** The thread's channel. */
  channelId: string;
  /** The kind of channel it goes through. */
  channelType: ChannelType;
  /** The provider's id of the merchant's account. */
  externalAccountId: string;
  /** The provider's id of the customer. */
  externalUserId: string;
  /** Whether it is sent after the reply window, because a person wrote it; the request to the provider must say so. */
  isPastWindow: boolean;
  /** BCP 47 tag of its language. */
  language: string | null;
  /** The text, at most 64 KiB; of media the caption; empty where there is none. */
  message: string;
  /** The message. */
  messageId: string;
  /** What kind of message it is. */
  messageType: MessageType;
  /** What the provider sent along (buttons, contacts, a catalogue order), a JSON object of at most 64 KiB; seen by staff only. */
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
 * As worker: claims queued messages of a tenant for a sender, the oldest first, at most a batch (1 to 1000, 100 unless
 * given) a call, with everything that is needed to send them; no other sender gets them for claimSeconds (300 unless
 * given). Each must end with markSent or markFailed; only then is the next message of its thread given out. A message
 * that can no longer be sent becomes failed, and is not given out. Calls may run at the same time. TENANT_REQUIRED,
 * INVALID_INPUT.
 */
export const claimMessages = new ManyQuery<ClaimMessagesParams, ClaimMessagesResult>('claimMessages', `select m.message_id as "message_id", m.thread_id as "thread_id", m.channel_id as "channel_id",
       m.channel_type as "channel_type", m.provider as "provider", m.external_account_id as "external_account_id",
       m.external_user_id as "external_user_id", m.message as "message", m.message_type as "message_type",
       m.template_name, m.language, m.metadata as "metadata", m.reply_to_external_message_id,
       m.attachments as "attachments", m.is_past_window as "is_past_window", m.attempt as "attempt"
  from internal.claim_messages(
    $1, $2, coalesce($3::integer, 100), make_interval(secs => coalesce($4::integer, 300))
  ) as m`, ['tenantId!', 'worker!', 'batch', 'claimSeconds'], { callers: ['worker'], ownJson: ['attachments'] });

/** What markSent takes. */
export interface MarkSentParams {
  /** The provider's id of the message, unique in its channel; an outbound one gets it when it is sent. */
  externalMessageId: string;
  /** The message. */
  messageId: string;
  /** When the provider accepted it. */
  sentAt?: Date | string | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of markSent. */
export interface MarkSentResult {
  /** State of its delivery; received for every inbound message. */
  deliveryStatus: DeliveryStatus;
}

/**
 * As worker: records that the provider has accepted a message under this id; returns its delivery status. A repeat
 * changes nothing. ALREADY_EXISTS, NOT_FOUND, INVALID_INPUT.
 */
export const markSent = new OneQuery<MarkSentParams, MarkSentResult>('markSent', `select internal.mark_sent($1, $2, $3, coalesce($4::timestamptz, now()))
    as "delivery_status"`, ['tenantId!', 'messageId!', 'externalMessageId!', 'sentAt'], { callers: ['worker'], moments: ['sentAt'] });

/** What markFailed takes. */
export interface MarkFailedParams {
  /** The provider's code of the failure. */
  errorCode: string;
  /** The provider's message about the failure. */
  errorMessage?: string | null | undefined;
  /** Whether it may be tried again. */
  isTemporary?: boolean | null | undefined;
  /** The message. */
  messageId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of markFailed. */
export interface MarkFailedResult {
  /** State of its delivery; received for every inbound message. */
  deliveryStatus: DeliveryStatus;
}

/**
 * As worker: records that the provider has refused a message, for good or temporarily; returns its delivery status. A
 * message that is refused temporarily is given out again later, eight times at most. NOT_FOUND, INVALID_INPUT.
 */
export const markFailed = new OneQuery<MarkFailedParams, MarkFailedResult>('markFailed', `select internal.mark_failed(
    $1, $2, $3, $4, coalesce($5::boolean, false)
  ) as "delivery_status"`, ['tenantId!', 'messageId!', 'errorCode!', 'errorMessage', 'isTemporary'], { callers: ['worker'] });

/** What recordReceipt takes. */
export interface RecordReceiptParams {
  /** The kind of channel; with externalAccountId it finds the account. */
  channelType: ChannelType;
  /** The provider's code of the failure. */
  errorCode?: string | null | undefined;
  /** The provider's message about the failure. */
  errorMessage?: string | null | undefined;
  /** The provider's id of the merchant's account. */
  externalAccountId: string;
  /** The provider's id of the message, unique in its channel; an outbound one gets it when it is sent. */
  externalMessageId: string;
  /** When it happened, by the provider's clock; now unless given. */
  occurredAt?: Date | string | null | undefined;
  /** What the provider reports about it. */
  status: 'sent' | 'delivered' | 'read' | 'failed';
}

/** A row of recordReceipt. */
export interface RecordReceiptResult {
  /** State of its delivery; received for every inbound message. */
  deliveryStatus: DeliveryStatus | null;
  /** The message. */
  messageId: string | null;
  /** The merchant. */
  tenantId: string;
}

/**
 * For webhooks, as worker: records what a provider reports about a message that was sent. A status only moves forward:
 * a report that comes late or twice changes nothing. A report whose message is not known yet is kept for a day, and
 * messageId is NULL. NOT_FOUND for an unknown account, INVALID_INPUT.
 */
export const recordReceipt = new OneQuery<RecordReceiptParams, RecordReceiptResult>('recordReceipt', `select r.tenant_id as "tenant_id", r.message_id, r.delivery_status
  from internal.record_receipt(
    $1, $2, $3, $4, coalesce($5::timestamptz, now()),
    $6, $7
  ) as r`, ['channelType!', 'externalAccountId!', 'externalMessageId!', 'status!', 'occurredAt', 'errorCode', 'errorMessage'], { callers: ['worker'], closedSets: { channelType: channelTypes, status: ['sent', 'delivered', 'read', 'failed'] }, moments: ['occurredAt'] });

/** What recordReceipts takes. */
export interface RecordReceiptsParams {
  /** The kind of channel; with externalAccountId it finds the account. */
  channelType: ChannelType;
  /** The provider's id of the merchant's account. */
  externalAccountId: string;
  /** The external user. */
  externalUserId: string;
  /** When they were delivered or read. */
  occurredAt?: Date | string | null | undefined;
  /** The time up to which they were sent, by the provider's clock. */
  sentUntil: Date | string;
  /** What the provider reports about the messages. */
  status: 'delivered' | 'read';
}

/** A row of recordReceipts. */
export interface RecordReceiptsResult {
  /** How many messages it moved. */
  messageCount: number;
  /** The merchant. */
  tenantId: string;
}

/**
 * For webhooks, as worker: records that all that was sent to a person up to a time was delivered or read. A status only
 * moves forward: a mark that comes late or twice changes nothing. It also counts for messages whose sending is reported
 * within a day after it. NOT_FOUND for an unknown account, INVALID_INPUT.
 */
export const recordReceipts = new OneQuery<RecordReceiptsParams, RecordReceiptsResult>('recordReceipts', `select r.tenant_id as "tenant_id", r.message_count as "message_count"
  from internal.record_receipts(
    $1, $2, $3, $4, $5, coalesce($6::timestamptz, now())
  ) as r`, ['channelType!', 'externalAccountId!', 'externalUserId!', 'status!', 'sentUntil!', 'occurredAt'], { callers: ['worker'], closedSets: { channelType: channelTypes, status: ['delivered', 'read'] }, moments: ['sentUntil', 'occurredAt'] });

/** What requestUpload takes. */
export interface RequestUploadParams {
  /** What the person calls it. */
  fileName: string;
  /** Its media type. */
  mimeType: string;
  /** What it is for. */
  purpose: 'chat' | 'product' | 'storefront' | 'kyc' | 'payment_proof';
  /** How many bytes it has, exactly. */
  sizeBytes: string;
}

/** A row of requestUpload. */
export interface RequestUploadResult {
  /** Until when it may be stored. */
  expiresAt: Date;
  /** The type that is granted. */
  mimeType: string;
  /** The size that is granted. */
  sizeBytes: string;
  /** Its key in the object storage, below the merchant's own prefix. */
  storageKey: string;
}

/**
 * Grants a key under which the caller may store one file of this type and size within 15 minutes; signUpload signs the
 * request for it. The purpose is chat, product, storefront, kyc or payment_proof. FORBIDDEN, LIMIT_REACHED,
 * INVALID_INPUT.
 */
export const requestUpload = new OneQuery<RequestUploadParams, RequestUploadResult>('requestUpload', `select u.storage_key as "storage_key", u.mime_type as "mime_type", u.size_bytes as "size_bytes",
       u.expires_at as "expires_at"
  from api.request_upload($1, $2, $3, $4) as u`, ['purpose!', 'fileName!', 'mimeType!', 'sizeBytes!'], { callers: ['member', 'buyer', 'anonymous', 'worker'], closedSets: { purpose: ['chat', 'product', 'storefront', 'kyc', 'payment_proof'] } });

/** What claimUnusedFiles takes. */
export interface ClaimUnusedFilesParams {
  /** How many at most, up to 1000. */
  batch: number;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of claimUnusedFiles. */
export interface ClaimUnusedFilesResult {
  /** How many bytes it has. */
  sizeBytes: string;
  /** Its key in the object storage. */
  storageKey: string;
}

/**
 * As worker: claims files that are not in use. The caller deletes each of them from the object storage
 * (signDeletion), and then confirms it by confirmDeletedFiles. No other worker gets them for five minutes.
 * INVALID_INPUT.
 */
export const claimUnusedFiles = new ManyQuery<ClaimUnusedFilesParams, ClaimUnusedFilesResult>('claimUnusedFiles', `select f.storage_key as "storage_key", f.size_bytes as "size_bytes"
  from internal.claim_unused_files($1, $2) as f`, ['tenantId!', 'batch!'], { callers: ['worker'] });

/** What confirmDeletedFiles takes. */
export interface ConfirmDeletedFilesParams {
  /** Their keys in the object storage. */
  storageKeys: string[];
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of confirmDeletedFiles. */
export interface ConfirmDeletedFilesResult {
  /** How many there were. */
  count: number;
}

/**
 * As worker: confirms that these claimed files are gone from the object storage, or were never uploaded to it. They no
 * longer count against the plan. Returns how many there were. INVALID_INPUT.
 */
export const confirmDeletedFiles = new OneQuery<ConfirmDeletedFilesParams, ConfirmDeletedFilesResult>('confirmDeletedFiles', `select internal.confirm_deleted_files($1, $2::text[]) as "count"`, ['tenantId!', 'storageKeys!'], { callers: ['worker'] });

/** What claimMedia takes. */
export interface ClaimMediaParams {
  /** How many at most, up to 1000. */
  batch: number;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of claimMedia. */
export interface ClaimMediaResult {
  /** The attachment that recordMedia takes. */
  attachmentId: string;
  /** The number of this attempt, from 1 to 8. */
  attempt: number;
  /** The thread's channel. */
  channelId: string;
  /** The kind of channel it came through. */
  channelType: ChannelType;
  /** The provider's id of the merchant's account. */
  externalAccountId: string;
  /** The provider's id of the file. */
  externalMediaId: string;
  /** Its name, as the provider gave it. */
  fileName: string | null;
  /** The message. */
  messageId: string;
  /** Its media type, as the provider gave it. */
  mimeType: string | null;
}

/**
 * As worker: claims files of messages that are still at the provider, the oldest first. The caller fetches each, stores
 * it (requestUpload, signUpload), and calls recordMedia. A file that is not recorded is given out again, eight times in
 * all. TENANT_REQUIRED, INVALID_INPUT.
 */
export const claimMedia = new ManyQuery<ClaimMediaParams, ClaimMediaResult>('claimMedia', `select m.attachment_id as "attachment_id", m.message_id as "message_id", m.channel_id as "channel_id",
       m.channel_type as "channel_type", m.external_account_id as "external_account_id",
       m.external_media_id as "external_media_id", m.mime_type, m.file_name, m.attempt as "attempt"
  from internal.claim_media($1, $2) as m`, ['tenantId!', 'batch!'], { callers: ['worker'] });

/** What recordMedia takes. */
export interface RecordMediaParams {
  /** The attachment that claimMedia gave. */
  attachmentId: string;
  /** The key that requestUpload granted. */
  storageKey: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of recordMedia. */
export interface RecordMediaResult {
  /** Whether this call was the first to record it. */
  isNew: boolean;
}

/**
 * As worker: records where the file of a message is, when it was fetched from the provider. Returns false for a file that
 * is stored already. NOT_FOUND, INVALID_INPUT.
 */
export const recordMedia = new OneQuery<RecordMediaParams, RecordMediaResult>('recordMedia', `select internal.record_media($1, $2, $3) as "is_new"`, ['tenantId!', 'attachmentId!', 'storageKey!'], { callers: ['worker'] });
