// Generated from sql/conversation_thread.sql by "npm run generate"; do not edit.
import type { ConversationPriority, ConversationStatus } from '../closed-sets.ts';
import { PreparedQuery } from '@pgtyped/runtime';

type DateOrString = Date | string;

type NumberOrString = number | string;

type stringArray = (string)[];

/** 'ListInbox' parameters type */
export interface ListInboxParams {
  afterId?: string | null | void;
  afterLastMessageAt?: DateOrString | null | void;
  first: NumberOrString;
  status: ConversationStatus;
  tenantId: string;
}

/** 'ListInbox' return type */
export interface ListInboxResult {
  /** The team member who answers; NULL: nobody yet. */
  assigned_member_id: string | null;
  /** The channel in which it takes place. */
  channel_id: string;
  /** The customer. */
  customer_id: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** When the latest message, of either side, was sent. */
  last_message_at: Date | null;
  /** How urgent it is, set by staff. */
  priority: ConversationPriority;
  /** Until when a free text may be sent: last_inbound_at and the channel's reply_window_minutes of that time; NULL: no limit. */
  reply_window_ends_at: Date | null;
  /** open waits for staff, pending for the customer; a message of the customer reopens all but closed. */
  status: ConversationStatus;
  /** What it is about, set by staff. */
  subject: string | null;
  /** Messages of the customer that staff have not read. */
  unread_count: number;
  /** Version for optimistic locking: an update names the one it read. */
  version: number;
}

/** 'ListInbox' query type */
export interface ListInboxQuery {
  params: ListInboxParams;
  result: ListInboxResult;
}

const listInboxIR: any = {"usedParamSet":{"tenantId":true,"status":true,"afterId":true,"afterLastMessageAt":true,"first":true},"params":[{"name":"tenantId","required":true,"transform":{"type":"scalar"},"locs":[{"a":230,"b":239}]},{"name":"status","required":true,"transform":{"type":"scalar"},"locs":[{"a":259,"b":266}]},{"name":"afterId","required":false,"transform":{"type":"scalar"},"locs":[{"a":276,"b":283},{"a":365,"b":372}]},{"name":"afterLastMessageAt","required":false,"transform":{"type":"scalar"},"locs":[{"a":331,"b":349}]},{"name":"first","required":true,"transform":{"type":"scalar"},"locs":[{"a":433,"b":439}]}],"statement":"select t.id, t.channel_id, t.customer_id, t.status, t.priority, t.assigned_member_id, t.subject, t.unread_count,\n       t.last_message_at, t.reply_window_ends_at, t.version\n  from api.conversation_thread as t\n where t.tenant_id = :tenantId!\n   and t.status = :status!\n   and (:afterId::uuid is null or (t.last_message_at, t.id) < (:afterLastMessageAt::timestamptz, :afterId::uuid))\n order by t.last_message_at desc, t.id desc\n limit :first!"};

/**
 * Threads of one status, latest message first, in pages: pass last_message_at and id of the last row to
 * go on.
 */
export const listInbox = new PreparedQuery<ListInboxParams,ListInboxResult>(listInboxIR);


/** 'ListAssignedThreads' parameters type */
export interface ListAssignedThreadsParams {
  first: NumberOrString;
  memberId: string;
  tenantId: string;
}

/** 'ListAssignedThreads' return type */
export interface ListAssignedThreadsResult {
  /** The channel in which it takes place. */
  channel_id: string;
  /** The customer. */
  customer_id: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** When the latest message, of either side, was sent. */
  last_message_at: Date | null;
  /** How urgent it is, set by staff. */
  priority: ConversationPriority;
  /** Until when a free text may be sent: last_inbound_at and the channel's reply_window_minutes of that time; NULL: no limit. */
  reply_window_ends_at: Date | null;
  /** open waits for staff, pending for the customer; a message of the customer reopens all but closed. */
  status: ConversationStatus;
  /** What it is about, set by staff. */
  subject: string | null;
  /** Messages of the customer that staff have not read. */
  unread_count: number;
  /** Version for optimistic locking: an update names the one it read. */
  version: number;
}

/** 'ListAssignedThreads' query type */
export interface ListAssignedThreadsQuery {
  params: ListAssignedThreadsParams;
  result: ListAssignedThreadsResult;
}

const listAssignedThreadsIR: any = {"usedParamSet":{"tenantId":true,"memberId":true,"first":true},"params":[{"name":"tenantId","required":true,"transform":{"type":"scalar"},"locs":[{"a":208,"b":217}]},{"name":"memberId","required":true,"transform":{"type":"scalar"},"locs":[{"a":246,"b":255}]},{"name":"first","required":true,"transform":{"type":"scalar"},"locs":[{"a":333,"b":339}]}],"statement":"select t.id, t.channel_id, t.customer_id, t.status, t.priority, t.subject, t.unread_count, t.last_message_at,\n       t.reply_window_ends_at, t.version\n  from api.conversation_thread as t\n where t.tenant_id = :tenantId! and t.assigned_member_id = :memberId! and t.status <> 'closed'\n order by t.last_message_at desc, t.id desc\n limit :first!"};

/**
 * Open, pending, snoozed or resolved threads of one team member, latest message first.
 */
export const listAssignedThreads = new PreparedQuery<ListAssignedThreadsParams,ListAssignedThreadsResult>(listAssignedThreadsIR);


/** 'GetThread' parameters type */
export interface GetThreadParams {
  tenantId: string;
  threadId: string;
}

/** 'GetThread' return type */
export interface GetThreadResult {
  /** The team member who answers; NULL: nobody yet. */
  assigned_member_id: string | null;
  /** The channel in which it takes place. */
  channel_id: string;
  /** When it was opened. */
  created_at: Date;
  /** The customer. */
  customer_id: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** BCP 47 tag of the language spoken. */
  language: string | null;
  /** When the latest message, of either side, was sent. */
  last_message_at: Date | null;
  /** How urgent it is, set by staff. */
  priority: ConversationPriority;
  /** Until when a free text may be sent: last_inbound_at and the channel's reply_window_minutes of that time; NULL: no limit. */
  reply_window_ends_at: Date | null;
  /** open waits for staff, pending for the customer; a message of the customer reopens all but closed. */
  status: ConversationStatus;
  /** What it is about, set by staff. */
  subject: string | null;
  /** Labels of the team, at most 100. */
  tags: stringArray;
  /** Messages of the customer that staff have not read. */
  unread_count: number;
  /** Version for optimistic locking: an update names the one it read. */
  version: number;
}

/** 'GetThread' query type */
export interface GetThreadQuery {
  params: GetThreadParams;
  result: GetThreadResult;
}

const getThreadIR: any = {"usedParamSet":{"tenantId":true,"threadId":true},"params":[{"name":"tenantId","required":true,"transform":{"type":"scalar"},"locs":[{"a":264,"b":273}]},{"name":"threadId","required":true,"transform":{"type":"scalar"},"locs":[{"a":286,"b":295}]}],"statement":"select t.id, t.channel_id, t.customer_id, t.status, t.priority, t.assigned_member_id, t.subject, t.tags, t.language,\n       t.unread_count, t.last_message_at, t.reply_window_ends_at, t.version, t.created_at\n  from api.conversation_thread as t\n where t.tenant_id = :tenantId! and t.id = :threadId!"};

/**
 * One thread, or no row.
 */
export const getThread = new PreparedQuery<GetThreadParams,GetThreadResult>(getThreadIR);


