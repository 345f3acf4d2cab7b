// Generated from sql/conversation_event.sql by "npm run generate"; do not edit.
import type { ConversationEventType } from '../model/closed-sets.ts';
import type { JsonObject, ThreadNote } from '../model/json.ts';
import { PagedQuery } from '../database/paged-query.ts';
import { OneQuery } from '../database/prepared-query.ts';

/** What listThreadEvents takes. */
export interface ListThreadEventsParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** The thread of that message. */
  threadId: string;
}

/** A row of listThreadEvents. */
export interface ListThreadEventsResult {
  /** The person who did it; NULL for workers and visitors. */
  actorUserId: string | null;
  /** The message that it is about; an event of the whole thread names the latest message. */
  conversationId: string;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** What happened. */
  eventType: ConversationEventType;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Details that depend on the kind of event, a JSON object of at most 64 KiB. */
  metadata: JsonObject;
  /** When it happened, by the provider's clock where it has one. */
  occurredAt: Date;
  /** The order that it is about. */
  orderId: string | null;
  /** The product that it is about. */
  productId: string | null;
}

/**
 * What happened in a thread, the latest first, in pages.
 */
export const listThreadEvents = new PagedQuery<ListThreadEventsParams, ListThreadEventsResult>('listThreadEvents', `select e.id, e.event_type, e.conversation_id, e.actor_user_id, e.order_id, e.product_id, e.metadata, e.occurred_at,
       e.id as "cursor"
  from api.conversation_event as e
 where e.tenant_id = $1 and e.thread_id = $2 and ($3::uuid is null or e.id < $3)
 order by e.id desc
 limit $4`, ['tenantId!', 'threadId!', 'after', 'first'], { callers: ['member', 'worker', 'platform'] });

/** What addNote takes. */
export interface AddNoteParams {
  /** What staff should know. */
  note: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** The thread of that message. */
  threadId: string;
}

/** A row of addNote. */
export interface AddNoteResult {
  /** What happened. */
  eventType: ConversationEventType;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Details that depend on the kind of event, a JSON object of at most 64 KiB. */
  metadata: ThreadNote;
  /** When it happened, by the provider's clock where it has one. */
  occurredAt: Date;
}

/**
 * A note of at most 10,000 characters, for staff only. FORBIDDEN, NOT_FOUND, INVALID_INPUT.
 */
export const addNote = new OneQuery<AddNoteParams, AddNoteResult>('addNote', `select e.id, e.event_type, e.metadata, e.occurred_at
  from api.add_note($1, $2) as e
 where e.tenant_id = $3`, ['threadId!', 'note!', 'tenantId!'], { callers: ['member', 'worker'] });

/** What recordEvent takes. */
export interface RecordEventParams {
  /** What happened. */
  eventType: 'product_clicked' | 'user_joined' | 'user_left' | 'consent_changed' | 'onboarding_step' | 'onboarding_error';
  /** Details that depend on the kind of event, a JSON object of at most 64 KiB. */
  metadata?: JsonObject | null | undefined;
  /** The product that was looked at. */
  productId?: string | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** The thread of that message. */
  threadId: string;
}

/** A row of recordEvent. */
export interface RecordEventResult {
  /** What happened. */
  eventType: ConversationEventType;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** When it happened, by the provider's clock where it has one. */
  occurredAt: Date;
  /** The product that it is about. */
  productId: string | null;
}

/**
 * Records an event that a bot or a channel noticed in a conversation and that no message contains. FORBIDDEN,
 * NOT_FOUND, INVALID_INPUT.
 */
export const recordEvent = new OneQuery<RecordEventParams, RecordEventResult>('recordEvent', `select e.id, e.event_type, e.product_id, e.occurred_at
  from api.record_event($1, $2, coalesce($3::jsonb, '{}'), $4) as e
 where e.tenant_id = $5`, ['threadId!', 'eventType!', 'metadata', 'productId', 'tenantId!'], { callers: ['member', 'worker'], closedSets: { eventType: ['product_clicked', 'user_joined', 'user_left', 'consent_changed', 'onboarding_step', 'onboarding_error'] } });
