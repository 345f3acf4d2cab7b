// Generated from sql/conversation_thread.sql by "npm run generate"; do not edit.
import { conversationPriorities, conversationStatuses } from '../model/closed-sets.ts';
import type { ChannelType, ConversationPriority, ConversationStatus, DeliveryStatus, MessageDirection, MessageType, SenderType } from '../model/closed-sets.ts';
import { PagedQuery } from '../database/paged-query.ts';
import { ManyQuery, MaybeOneQuery, OneQuery } from '../database/prepared-query.ts';

/** What listThreads takes. */
export interface ListThreadsParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** Only those that this member answers. */
  assignedMemberId?: string | null | undefined;
  /** The cursor to read on before, in the order of the list; not together with after. */
  before?: string | null | undefined;
  /** Only those of this channel. */
  channelId?: string | null | undefined;
  /** Only those of this customer. */
  customerId?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** The first day of a thread's latest message, in the shop's time zone. */
  from?: string | null | undefined;
  /** True for only those that nobody answers. */
  isUnassigned?: boolean | null | undefined;
  /** Which rows come first: newest, which is the default, or oldest. */
  order?: 'newest' | 'oldest' | null | undefined;
  /** Which priorities; all when it is left out. */
  priorities?: readonly ConversationPriority[] | null | undefined;
  /** Which statuses; all when it is left out. */
  statuses?: readonly ConversationStatus[] | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** The last day. */
  to?: string | null | undefined;
}

/** A row of listThreads. */
export interface ListThreadsResult {
  /** The team member who answers; NULL: nobody yet. */
  assignedMemberId: string | null;
  /** Name of the team member who answers. */
  assigneeName: string | null;
  /** The channel in which it takes place. */
  channelId: string;
  /** Kind of channel in which it takes place. */
  channelType: ChannelType | null;
  /** When it was closed; set exactly when it is closed. */
  closedAt: Date | null;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** The customer. */
  customerId: string;
  /** Name of the customer. */
  customerName: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The first 200 characters of the latest message. */
  lastMessage: string | null;
  /** When the latest message, of either side, was sent. */
  lastMessageAt: Date;
  /** inbound: from the customer; outbound: to the customer. */
  lastMessageDirection: MessageDirection | null;
  /** The kind of sender. */
  lastMessageSenderType: SenderType | null;
  /** State of its delivery; received for every inbound message. */
  lastMessageStatus: DeliveryStatus | null;
  /** What kind of message it is. */
  lastMessageType: MessageType | null;
  /** Open orders of the customer. */
  openOrderCount: string | null;
  /** How urgent it is, set by staff. */
  priority: ConversationPriority;
  /** Until when a free text may be sent: lastInboundAt and the channel's replyWindowMinutes of that time; NULL: no limit. */
  replyWindowEndsAt: Date | null;
  /** When a snoozed thread comes back; set exactly while it is snoozed. */
  snoozedUntil: Date | null;
  /** open: it waits for staff; pending: it waits for the customer. A message of the customer reopens a thread in every state but closed. */
  status: ConversationStatus;
  /** What it is about, set by staff. */
  subject: string | null;
  /** Labels of the team, at most 100. */
  tags: string[];
  /** Messages of the customer that staff have not read. */
  unreadCount: number;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Threads that fit all filters given, the one with the latest message first, in pages, for staff: the inbox. The
 * columns about the customer and the latest message are NULL for closed threads.
 * Days (YYYY-MM-DD) are the shop's; the rows before a cursor are read with `before`. INVALID_INPUT, TENANT_REQUIRED.
 */
export const listThreads = new PagedQuery<ListThreadsParams, ListThreadsResult>('listThreads', `select t.*, i.channel_type as "channel_type", i.customer_name, i.assignee_name, h.last_message as "last_message",
       h.last_message_direction as "last_message_direction", h.last_message_type as "last_message_type",
       h.last_message_sender_type as "last_message_sender_type", h.last_message_status as "last_message_status",
       i.open_order_count, m.cursor as "cursor"
  from api.list_threads(
    p_statuses => $1::text[], p_priorities => $2::text[], p_channel_id => $3, p_customer_id => $4, p_assigned_member_id => $5, p_is_unassigned => $6,
    p_from => $7, p_to => $8, p_order => coalesce($9, 'newest'),
    p_first => least($10::bigint, 2147483647)::integer, p_after => $11, p_before => $12
  ) with ordinality as m (thread_id, cursor, place)
 cross join lateral (
    select t.id, t.channel_id, t.customer_id, t.status, t.priority, t.subject, t.tags, t.assigned_member_id,
           t.last_message_at as "last_message_at", t.unread_count, t.reply_window_ends_at, t.snoozed_until,
           t.closed_at, t.version
      from api.conversation_thread as t
     where t.tenant_id = $13 and t.id = m.thread_id
    offset 0
  ) as t
  left join lateral (
    select i.channel_type, i.customer_name, i.assignee_name, i.open_order_count
      from api.conversation_inbox as i
     where i.tenant_id = $13 and i.id = m.thread_id
    offset 0
  ) as i on true
  -- The view would look it up for each of its columns.
  left join lateral (
    select left(h.message, 200) as last_message, h.direction as last_message_direction,
           h.message_type as last_message_type, h.sender_type as last_message_sender_type,
           h.delivery_status as last_message_status
      from api.conversation_history as h
     where h.tenant_id = $13 and h.thread_id = m.thread_id and t.status <> 'closed'
     order by h.occurred_at desc, h.id desc
     limit 1
  ) as h on true
 order by m.place`, ['statuses', 'priorities', 'channelId', 'customerId', 'assignedMemberId', 'isUnassigned', 'from', 'to', 'order', 'first', 'after', 'before', 'tenantId!'], { callers: ['member'], closedSets: { statuses: conversationStatuses, priorities: conversationPriorities, order: ['newest', 'oldest'] }, days: ['from', 'to'] });

/** What countThreads takes. */
export interface CountThreadsParams {
  /** Only those that this member answers. */
  assignedMemberId?: string | null | undefined;
  /** Only those of this channel. */
  channelId?: string | null | undefined;
  /** Only those of this customer. */
  customerId?: string | null | undefined;
  /** The first day of a thread's latest message, in the shop's time zone. */
  from?: string | null | undefined;
  /** True for only those that nobody answers. */
  isUnassigned?: boolean | null | undefined;
  /** Which priorities; all when it is left out. */
  priorities?: readonly ConversationPriority[] | null | undefined;
  /** Which statuses; all when it is left out. */
  statuses?: readonly ConversationStatus[] | null | undefined;
  /** The last day. */
  to?: string | null | undefined;
}

/** A row of countThreads. */
export interface CountThreadsResult {
  /** Whether there are more than row_count. */
  isAtLeast: boolean;
  /** How many; 1000 where there are more. */
  rowCount: number;
  /** open: it waits for staff; pending: it waits for the customer. A message of the customer reopens a thread in every state but closed. */
  status: ConversationStatus;
}

/**
 * How many threads of each status there are, up to 1000, with the filters of listThreads.
 * isAtLeast: there are more. INVALID_INPUT, TENANT_REQUIRED.
 */
export const countThreads = new ManyQuery<CountThreadsParams, CountThreadsResult>('countThreads', `select c.status as "status", c.row_count as "row_count", c.is_at_least as "is_at_least"
  from api.count_threads(p_statuses => $1::text[], p_priorities => $2::text[], p_channel_id => $3, p_customer_id => $4, p_assigned_member_id => $5, p_is_unassigned => $6, p_from => $7, p_to => $8) as c`, ['statuses', 'priorities', 'channelId', 'customerId', 'assignedMemberId', 'isUnassigned', 'from', 'to'], { callers: ['member', 'buyer'], closedSets: { statuses: conversationStatuses, priorities: conversationPriorities }, days: ['from', 'to'] });

/** What listCustomerThreads takes. */
export interface ListCustomerThreadsParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** The customer. */
  customerId: string;
  /** How many rows at most, from 1. */
  first: number;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of listCustomerThreads. */
export interface ListCustomerThreadsResult {
  /** The channel in which it takes place. */
  channelId: string;
  /** When it was closed; set exactly when it is closed. */
  closedAt: Date | null;
  /** When it was opened. */
  createdAt: Date;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** Messages of the shop that the customer has not read; counted in the web chat, where no provider reports it. */
  customerUnreadCount: number;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** When the latest message, of either side, was sent. */
  lastMessageAt: Date | null;
  /** Until when a free text may be sent: lastInboundAt and the channel's replyWindowMinutes of that time; NULL: no limit. */
  replyWindowEndsAt: Date | null;
  /** open: it waits for staff; pending: it waits for the customer. A message of the customer reopens a thread in every state but closed. */
  status: ConversationStatus;
}

/**
 * All threads of a customer, closed ones as well, the newest first, in pages; also for the buyer.
 */
export const listCustomerThreads = new PagedQuery<ListCustomerThreadsParams, ListCustomerThreadsResult>('listCustomerThreads', `select t.id, t.channel_id, t.status, t.customer_unread_count, t.last_message_at, t.reply_window_ends_at, t.closed_at,
       t.created_at,
       json_build_array(t.created_at, t.id) as "cursor"
  from api.conversation_thread as t
 where t.tenant_id = $1
   and t.customer_id = $2
   and ($3::jsonb is null
     or (t.created_at, t.id) < (($3::jsonb ->> 0)::timestamptz, ($3::jsonb ->> 1)::uuid))
 order by t.created_at desc, t.id desc
 limit $4`, ['tenantId!', 'customerId!', 'after', 'first'], { callers: ['member', 'buyer', 'anonymous', 'worker', 'platform'] });

/** What getThread takes. */
export interface GetThreadParams {
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** The thread. */
  threadId: string;
}

/** A row of getThread. */
export interface GetThreadResult {
  /** The team member who answers; NULL: nobody yet. */
  assignedMemberId: string | null;
  /** The channel in which it takes place. */
  channelId: string;
  /** When it was closed; set exactly when it is closed. */
  closedAt: Date | null;
  /** When it was opened. */
  createdAt: Date;
  /** The customer. */
  customerId: string;
  /** When the first answer of the merchant or a bot to the customer went out. */
  firstResponseAt: Date | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** BCP 47 tag of the language spoken. */
  language: string | null;
  /** When the customer last wrote. */
  lastInboundAt: Date | null;
  /** When the latest message, of either side, was sent. */
  lastMessageAt: Date | null;
  /** How urgent it is, set by staff. */
  priority: ConversationPriority;
  /** Until when a free text may be sent: lastInboundAt and the channel's replyWindowMinutes of that time; NULL: no limit. */
  replyWindowEndsAt: Date | null;
  /** When a snoozed thread comes back; set exactly while it is snoozed. */
  snoozedUntil: Date | null;
  /** open: it waits for staff; pending: it waits for the customer. A message of the customer reopens a thread in every state but closed. */
  status: ConversationStatus;
  /** What it is about, set by staff. */
  subject: string | null;
  /** Labels of the team, at most 100. */
  tags: string[];
  /** Messages of the customer that staff have not read. */
  unreadCount: number;
  /** When it last changed. */
  updatedAt: Date;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * One thread, or null.
 */
export const getThread = new MaybeOneQuery<GetThreadParams, GetThreadResult>('getThread', `select t.id, t.channel_id, t.customer_id, t.status, t.priority, t.assigned_member_id, t.subject, t.tags, t.language,
       t.unread_count, t.last_message_at, t.last_inbound_at, t.first_response_at, t.reply_window_ends_at,
       t.snoozed_until, t.closed_at, t.version, t.created_at, t.updated_at
  from api.conversation_thread as t
 where t.tenant_id = $1 and t.id = $2`, ['tenantId!', 'threadId!'], { callers: ['member', 'worker', 'platform'] });

/** What findLiveThread takes. */
export interface FindLiveThreadParams {
  /** The channel in which it takes place. */
  channelId: string;
  /** The customer. */
  customerId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of findLiveThread. */
export interface FindLiveThreadResult {
  /** The team member who answers; NULL: nobody yet. */
  assignedMemberId: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Until when a free text may be sent: lastInboundAt and the channel's replyWindowMinutes of that time; NULL: no limit. */
  replyWindowEndsAt: Date | null;
  /** open: it waits for staff; pending: it waits for the customer. A message of the customer reopens a thread in every state but closed. */
  status: ConversationStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * The one thread of a customer on an account that is not closed, or null.
 */
export const findLiveThread = new MaybeOneQuery<FindLiveThreadParams, FindLiveThreadResult>('findLiveThread', `select t.id, t.status, t.assigned_member_id, t.reply_window_ends_at, t.version
  from api.conversation_thread as t
 where t.tenant_id = $1
   and t.channel_id = $2
   and t.customer_id = $3
   and t.status <> 'closed'`, ['tenantId!', 'channelId!', 'customerId!'], { callers: ['member', 'worker', 'platform'] });

/** What updateThread takes. */
export interface UpdateThreadParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** BCP 47 tag of the language spoken. */
  language?: string | null | undefined;
  /** How urgent it is, set by staff. */
  priority?: ConversationPriority | null | undefined;
  /** What it is about, set by staff. */
  subject?: string | null | undefined;
  /** Labels of the team, at most 100. */
  tags?: string[] | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** The thread. */
  threadId: string;
}

/** A row of updateThread. */
export interface UpdateThreadResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Changes what is given and keeps what is NULL. NOT_FOUND, VERSION_CONFLICT, FORBIDDEN.
 */
export const updateThread = new OneQuery<UpdateThreadParams, UpdateThreadResult>('updateThread', `update api.conversation_thread as t
   set priority = coalesce($1, t.priority),
       subject = coalesce($2, t.subject),
       language = coalesce($3, t.language),
       tags = coalesce($4, t.tags),
       version = $5
 where t.tenant_id = $6 and t.id = $7
returning t.id, t.version`, ['priority', 'subject', 'language', 'tags', 'expectedVersion!', 'tenantId!', 'threadId!'], { callers: ['member'], closedSets: { priority: conversationPriorities } });

/** What assignThread takes. */
export interface AssignThreadParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The team member who is to answer; without one, nobody. */
  memberId?: string | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** The thread. */
  threadId: string;
}

/** A row of assignThread. */
export interface AssignThreadResult {
  /** The team member who answers; NULL: nobody yet. */
  assignedMemberId: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Gives a thread to an active team member, or to nobody.
 * FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION for a closed thread.
 */
export const assignThread = new OneQuery<AssignThreadParams, AssignThreadResult>('assignThread', `select t.id, t.assigned_member_id, t.version
  from api.assign_thread($1, $2, $3) as t
 where t.tenant_id = $4`, ['threadId!', 'expectedVersion!', 'memberId', 'tenantId!'], { callers: ['member', 'worker'] });

/** What setThreadStatus takes. */
export interface SetThreadStatusParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** open: it waits for staff; pending: it waits for the customer. A message of the customer reopens a thread in every state but closed. */
  status: ConversationStatus;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** The thread. */
  threadId: string;
}

/** A row of setThreadStatus. */
export interface SetThreadStatusResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** open: it waits for staff; pending: it waits for the customer. A message of the customer reopens a thread in every state but closed. */
  status: ConversationStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Opens, resolves or closes a thread, or lets it wait for the customer (pending).
 * FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION, INVALID_INPUT.
 */
export const setThreadStatus = new OneQuery<SetThreadStatusParams, SetThreadStatusResult>('setThreadStatus', `select t.id, t.status, t.version
  from api.set_thread_status($1, $2, $3) as t
 where t.tenant_id = $4`, ['threadId!', 'status!', 'expectedVersion!', 'tenantId!'], { callers: ['member', 'worker'], closedSets: { status: conversationStatuses } });

/** What snoozeThread takes. */
export interface SnoozeThreadParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** The thread. */
  threadId: string;
  /** When the thread is open again. */
  until: Date | string;
}

/** A row of snoozeThread. */
export interface SnoozeThreadResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** When a snoozed thread comes back; set exactly while it is snoozed. */
  snoozedUntil: Date;
  /** open: it waits for staff; pending: it waits for the customer. A message of the customer reopens a thread in every state but closed. */
  status: ConversationStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Snoozes an open thread until a time within the coming year, or until its customer writes.
 * FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION, INVALID_INPUT.
 */
export const snoozeThread = new OneQuery<SnoozeThreadParams, SnoozeThreadResult>('snoozeThread', `select t.id, t.status, t.snoozed_until as "snoozed_until", t.version
  from api.snooze_thread($1, $2, $3) as t
 where t.tenant_id = $4`, ['threadId!', 'until!', 'expectedVersion!', 'tenantId!'], { callers: ['member', 'worker'], moments: ['until'] });

/** What markThreadRead takes. */
export interface MarkThreadReadParams {
  /** The last message that was read; without one, the latest. */
  messageId?: string | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** The thread. */
  threadId: string;
}

/** A row of markThreadRead. */
export interface MarkThreadReadResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Messages of the customer that staff have not read. */
  unreadCount: number;
}

/**
 * Marks a thread as read by staff up to this message, or all of it. FORBIDDEN, NOT_FOUND.
 */
export const markThreadRead = new OneQuery<MarkThreadReadParams, MarkThreadReadResult>('markThreadRead', `select t.id, t.unread_count
  from api.mark_thread_read($1, $2) as t
 where t.tenant_id = $3`, ['threadId!', 'messageId', 'tenantId!'], { callers: ['member', 'worker'] });

/** What markThreadUnread takes. */
export interface MarkThreadUnreadParams {
  /** The first message of the customer that is to be unread; without one, the latest. */
  messageId?: string | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** The thread. */
  threadId: string;
}

/** A row of markThreadUnread. */
export interface MarkThreadUnreadResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Messages of the customer that staff have not read. */
  unreadCount: number;
}

/**
 * Sets a thread to unread from this message of the customer on, or from the latest one. FORBIDDEN, NOT_FOUND.
 */
export const markThreadUnread = new OneQuery<MarkThreadUnreadParams, MarkThreadUnreadResult>('markThreadUnread', `select t.id, t.unread_count
  from api.mark_thread_unread($1, $2) as t
 where t.tenant_id = $3`, ['threadId!', 'messageId', 'tenantId!'], { callers: ['member', 'worker'] });

/** What markConversationRead takes. */
export interface MarkConversationReadParams {
  /** The last message that was read; without one, the latest. */
  messageId?: string | null | undefined;
  /** The thread. */
  threadId: string;
}

/** A row of markConversationRead. */
export interface MarkConversationReadResult {
  /** Messages of the customer that staff have not read. */
  unreadCount: number;
}

/**
 * As the shopper or visitor: marks one of their own threads of the shop's chat as read up to this message, or all of
 * it; returns how many messages are unread now. FORBIDDEN, NOT_FOUND.
 */
export const markConversationRead = new OneQuery<MarkConversationReadParams, MarkConversationReadResult>('markConversationRead', `select api.mark_conversation_read($1, $2) as "unread_count"`, ['threadId!', 'messageId'], { callers: ['buyer', 'anonymous'] });

/** What createVisitorCode takes. */
export interface CreateVisitorCodeParams {
  /** For how many seconds it is valid, 60 to 3600; 900 unless given. */
  validForSeconds?: number | null | undefined;
}

/** A row of createVisitorCode. */
export interface CreateVisitorCodeResult {
  /** The code for redeem_visitor_code; it is never shown again. */
  code: string;
  /** When the code expires. */
  expiresAt: Date;
}

/**
 * As the visitor: makes a code for one use, with which a registered shopper takes over the conversations.
 * FORBIDDEN for a visitor who has not written, INVALID_INPUT.
 */
export const createVisitorCode = new OneQuery<CreateVisitorCodeParams, CreateVisitorCodeResult>('createVisitorCode', `select c.code as "code", c.expires_at as "expires_at"
  from api.create_visitor_code(make_interval(secs => coalesce($1::integer, 900))) as c`, ['validForSeconds'], { callers: ['anonymous'] });

/** What redeemVisitorCode takes. */
export interface RedeemVisitorCodeParams {
  /** The code that create_visitor_code returned. */
  code: string;
}

/** A row of redeemVisitorCode. */
export interface RedeemVisitorCodeResult {
  /** How many threads were taken over. */
  threadCount: number;
}

/**
 * As the registered shopper: takes over the conversations of the visitor who made the code; returns how many.
 * FORBIDDEN, NOT_FOUND for a code that is unknown, used or expired.
 */
export const redeemVisitorCode = new OneQuery<RedeemVisitorCodeParams, RedeemVisitorCodeResult>('redeemVisitorCode', `select api.redeem_visitor_code($1) as "thread_count"`, ['code!'], { callers: ['buyer'] });
