// Generated from sql/conversation_history.sql by "npm run generate"; do not edit.
import type { ChannelType, DeliveryStatus, MessageDirection, MessageType, SenderType } from '../closed-sets.ts';
import { PreparedQuery } from '../prepared-query.ts';

type DateOrString = Date | string;

type NumberOrString = number | string;

/** 'ListMessages' parameters type */
export interface ListMessagesParams {
  after?: string | null | void;
  first: NumberOrString;
  tenantId: string;
  threadId: string;
}

/** 'ListMessages' return type */
export interface ListMessagesResult {
  /** When it was stored. */
  created_at: Date;
  cursor: string;
  /** How far it has come; received for every inbound message. */
  delivery_status: DeliveryStatus;
  /** inbound: from the customer; outbound: to the customer. */
  direction: MessageDirection;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The text, at most 64 KiB; empty for pure media.
@name text */
  message: string;
  /** What kind of message it is. */
  message_type: MessageType;
  /** When it was written, by the provider's clock; messages are shown in this order. */
  occurred_at: Date;
  /** The order that it is about. */
  order_id: string | null;
  /** The message that it answers.
@listName replies */
  reply_to_id: string | null;
  /** Who wrote it. */
  sender_type: SenderType;
}

/** 'ListMessages' query type */
export interface ListMessagesQuery {
  params: ListMessagesParams;
  result: ListMessagesResult;
}

const listMessagesIR: any = {"usedParamSet":{"tenantId":true,"threadId":true,"after":true,"first":true},"params":[{"name":"tenantId","required":true,"transform":{"type":"scalar"},"locs":[{"a":250,"b":259}]},{"name":"threadId","required":true,"transform":{"type":"scalar"},"locs":[{"a":282,"b":291}]},{"name":"after","required":false,"transform":{"type":"scalar"},"locs":[{"a":301,"b":306},{"a":362,"b":367},{"a":393,"b":398}]},{"name":"first","required":true,"transform":{"type":"scalar"},"locs":[{"a":460,"b":466}]}],"statement":"select h.id, h.direction, h.message_type, h.sender_type, h.message, h.delivery_status, h.reply_to_id, h.order_id,\n       h.occurred_at, h.created_at, h.id || ' ' || h.occurred_at as \"cursor!\"\n  from api.conversation_history as h\n where h.tenant_id = :tenantId!\n   and h.thread_id = :threadId!\n   and (:after::text is null\n     or (h.occurred_at, h.id) < (substr(:after, 38)::timestamptz, left(:after, 36)::uuid))\n order by h.occurred_at desc, h.id desc\n limit :first!"};

/**
 * Messages of a thread, newest first, in pages: pass the last row's cursor to go on.
 */
export const listMessages = new PreparedQuery<ListMessagesParams,ListMessagesResult>(listMessagesIR);


/** 'ListCustomerMessages' parameters type */
export interface ListCustomerMessagesParams {
  after?: string | null | void;
  customerId: string;
  first: NumberOrString;
  tenantId: string;
}

/** 'ListCustomerMessages' return type */
export interface ListCustomerMessagesResult {
  cursor: string;
  /** How far it has come; received for every inbound message. */
  delivery_status: DeliveryStatus;
  /** inbound: from the customer; outbound: to the customer. */
  direction: MessageDirection;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The text, at most 64 KiB; empty for pure media.
@name text */
  message: string;
  /** What kind of message it is. */
  message_type: MessageType;
  /** When it was written, by the provider's clock; messages are shown in this order. */
  occurred_at: Date;
  /** The thread that it belongs to. */
  thread_id: string;
}

/** 'ListCustomerMessages' query type */
export interface ListCustomerMessagesQuery {
  params: ListCustomerMessagesParams;
  result: ListCustomerMessagesResult;
}

const listCustomerMessagesIR: any = {"usedParamSet":{"tenantId":true,"customerId":true,"after":true,"first":true},"params":[{"name":"tenantId","required":true,"transform":{"type":"scalar"},"locs":[{"a":207,"b":216}]},{"name":"customerId","required":true,"transform":{"type":"scalar"},"locs":[{"a":241,"b":252}]},{"name":"after","required":false,"transform":{"type":"scalar"},"locs":[{"a":262,"b":267},{"a":323,"b":328},{"a":354,"b":359}]},{"name":"first","required":true,"transform":{"type":"scalar"},"locs":[{"a":421,"b":427}]}],"statement":"select h.id, h.thread_id, h.direction, h.message_type, h.message, h.delivery_status, h.occurred_at,\n       h.id || ' ' || h.occurred_at as \"cursor!\"\n  from api.conversation_history as h\n where h.tenant_id = :tenantId!\n   and h.customer_id = :customerId!\n   and (:after::text is null\n     or (h.occurred_at, h.id) < (substr(:after, 38)::timestamptz, left(:after, 36)::uuid))\n order by h.occurred_at desc, h.id desc\n limit :first!"};

/**
 * Messages of a customer over all threads, newest first, in pages as listMessages.
 */
export const listCustomerMessages = new PreparedQuery<ListCustomerMessagesParams,ListCustomerMessagesResult>(listCustomerMessagesIR);


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

/** 'FindMessageByExternalId' query type */
export interface FindMessageByExternalIdQuery {
  params: FindMessageByExternalIdParams;
  result: FindMessageByExternalIdResult;
}

const findMessageByExternalIdIR: any = {"usedParamSet":{"tenantId":true,"channelId":true,"externalMessageId":true},"params":[{"name":"tenantId","required":true,"transform":{"type":"scalar"},"locs":[{"a":145,"b":154}]},{"name":"channelId","required":true,"transform":{"type":"scalar"},"locs":[{"a":175,"b":185}]},{"name":"externalMessageId","required":true,"transform":{"type":"scalar"},"locs":[{"a":215,"b":233}]}],"statement":"select h.id, h.thread_id, h.customer_id, h.direction, h.delivery_status, h.occurred_at\n  from api.conversation_history as h\n where h.tenant_id = :tenantId! and h.channel_id = :channelId! and h.external_message_id = :externalMessageId!"};

/**
 * The message that a provider knows by this id, or no row.
 */
export const findMessageByExternalId = new PreparedQuery<FindMessageByExternalIdParams,FindMessageByExternalIdResult>(findMessageByExternalIdIR);


/** 'ReceiveMessage' parameters type */
export interface ReceiveMessageParams {
  channelType: ChannelType;
  externalAccountId: string;
  externalMessageId: string;
  externalUserId: string;
  message: string;
  messageType?: MessageType | null | void;
  occurredAt?: DateOrString | null | void;
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

/** 'ReceiveMessage' query type */
export interface ReceiveMessageQuery {
  params: ReceiveMessageParams;
  result: ReceiveMessageResult;
}

const receiveMessageIR: any = {"usedParamSet":{"channelType":true,"externalAccountId":true,"externalUserId":true,"externalMessageId":true,"message":true,"messageType":true,"occurredAt":true,"profileName":true},"params":[{"name":"channelType","required":true,"transform":{"type":"scalar"},"locs":[{"a":213,"b":225}]},{"name":"externalAccountId","required":true,"transform":{"type":"scalar"},"locs":[{"a":253,"b":271}]},{"name":"externalUserId","required":true,"transform":{"type":"scalar"},"locs":[{"a":300,"b":315}]},{"name":"externalMessageId","required":true,"transform":{"type":"scalar"},"locs":[{"a":343,"b":361}]},{"name":"message","required":true,"transform":{"type":"scalar"},"locs":[{"a":381,"b":389}]},{"name":"messageType","required":false,"transform":{"type":"scalar"},"locs":[{"a":419,"b":430}]},{"name":"occurredAt","required":false,"transform":{"type":"scalar"},"locs":[{"a":472,"b":482}]},{"name":"profileName","required":false,"transform":{"type":"scalar"},"locs":[{"a":524,"b":535}]}],"statement":"select m.tenant_id as \"tenant_id!\", m.message_id as \"message_id!\", m.thread_id as \"thread_id!\",\n       m.customer_id as \"customer_id!\", m.is_new as \"is_new!\"\n  from internal.receive_message(\n    p_channel_type => :channelType!, p_external_account_id => :externalAccountId!,\n    p_external_user_id => :externalUserId!, p_external_message_id => :externalMessageId!,\n    p_message => :message!, p_message_type => coalesce(:messageType, 'text'),\n    p_occurred_at => coalesce(:occurredAt::timestamptz, now()), p_profile_name => :profileName\n  ) as m"};

/**
 * For webhooks, as worker: stores an inbound message of the connected account; the tenant is found by
 * the account. A repeat returns the first row with is_new false. NOT_FOUND for an unknown account,
 * TENANT_REQUIRED for a suspended merchant, INVALID_INPUT.
 */
export const receiveMessage = new PreparedQuery<ReceiveMessageParams,ReceiveMessageResult>(receiveMessageIR);


