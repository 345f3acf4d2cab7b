// Generated from sql/conversation_thread.sql by "npm run generate"; do not edit.
import type { ConversationPriority, ConversationStatus } from '../closed-sets.ts';
import { PreparedQuery } from '../prepared-query.ts';

type NumberOrString = number | string;

type stringArray = (string)[];

/** 'ListInbox' parameters type */
export interface ListInboxParams {
  after?: string | null | void;
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
  cursor: string;
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

const listInboxIR: any = {"usedParamSet":{"tenantId":true,"status":true,"after":true,"first":true},"params":[{"name":"tenantId","required":true,"transform":{"type":"scalar"},"locs":[{"a":277,"b":286}]},{"name":"status","required":true,"transform":{"type":"scalar"},"locs":[{"a":306,"b":313}]},{"name":"after","required":false,"transform":{"type":"scalar"},"locs":[{"a":323,"b":328},{"a":388,"b":393},{"a":419,"b":424}]},{"name":"first","required":true,"transform":{"type":"scalar"},"locs":[{"a":490,"b":496}]}],"statement":"select t.id, t.channel_id, t.customer_id, t.status, t.priority, t.assigned_member_id, t.subject, t.unread_count,\n       t.last_message_at, t.reply_window_ends_at, t.version, t.id || ' ' || t.last_message_at as \"cursor!\"\n  from api.conversation_thread as t\n where t.tenant_id = :tenantId!\n   and t.status = :status!\n   and (:after::text is null\n     or (t.last_message_at, t.id) < (substr(:after, 38)::timestamptz, left(:after, 36)::uuid))\n order by t.last_message_at desc, t.id desc\n limit :first!"};

/**
 * Threads of one status, latest message first, in pages: pass the last row's cursor to go on.
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


