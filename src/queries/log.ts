// Generated from sql/log.sql by "npm run generate"; do not edit.
import { auditActions } from '../model/closed-sets.ts';
import type { AuditAction } from '../model/closed-sets.ts';
import type { RowValues } from '../model/json.ts';
import { PagedQuery } from '../database/paged-query.ts';
import { ManyQuery, OneQuery } from '../database/prepared-query.ts';

/** What listAuditLog takes. */
export interface ListAuditLogParams {
  /** Which actions; all when it is left out. */
  actions?: readonly AuditAction[] | null | undefined;
  /** Only what this person did. */
  actorUserId?: string | null | undefined;
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** The cursor to read on before, in the order of the list; not together with after. */
  before?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** The first day, in the shop's time zone. */
  from?: string | null | undefined;
  /** Which rows come first: newest, which is the default, or oldest. */
  order?: 'newest' | 'oldest' | null | undefined;
  /** Changes of which tables, such as orders; all when it is left out. */
  tables?: string[] | null | undefined;
  /** The last day. */
  to?: string | null | undefined;
}

/** A row of listAuditLog. */
export interface ListAuditLogResult {
  /** What was done. */
  action: AuditAction;
  /** The role in which it was made: member, buyer, worker … */
  actorRole: string;
  /** The person who made it; NULL for a worker. */
  actorUserId: string | null;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** Whether its values were removed from the log. */
  isRedacted: boolean;
  /** The change, which undo_change takes. */
  logId: string;
  /** The columns that changed, as they became. */
  newValues: RowValues | null;
  /** When it was made. */
  occurredAt: Date;
  /** The columns that changed, as they were. */
  oldValues: RowValues | null;
  /** The reason, where one was given. */
  reason: string | null;
  /** The row. */
  recordKey: string | null;
  /** The request in which it was made. */
  requestId: string | null;
  /** The table. */
  tableName: string;
}

/**
 * The log of changes, the newest first, in pages, with the author, time and kind of each. Secrets are left out, and
 * personal values are masked. Days (YYYY-MM-DD) are the shop's; the rows before a cursor are read with `before`.
 * FORBIDDEN, TENANT_REQUIRED, INVALID_INPUT.
 */
export const listAuditLog = new PagedQuery<ListAuditLogParams, ListAuditLogResult>('listAuditLog', `select l.log_id as "log_id", l.occurred_at as "occurred_at", l.actor_user_id, l.actor_role as "actor_role", l.request_id,
       l.action as "action", l.table_name as "table_name", l.record_key, l.old_values, l.new_values, l.reason,
       l.is_redacted as "is_redacted", l.cursor as "cursor"
  from api.list_audit_log(
    p_tables => $1::text[], p_actions => $2::text[], p_actor_user_id => $3,
    p_from => $4, p_to => $5, p_order => coalesce($6, 'newest'),
    p_first => least($7::bigint, 2147483647)::integer, p_after => $8, p_before => $9
  ) as l`, ['tables', 'actions', 'actorUserId', 'from', 'to', 'order', 'first', 'after', 'before'], { callers: ['member'], ownJson: ['oldValues', 'newValues'], closedSets: { actions: auditActions, order: ['newest', 'oldest'] }, days: ['from', 'to'] });

/** What recordHistory takes. */
export interface RecordHistoryParams {
  /** The row. */
  id: string;
  /** Name of the table, such as orders. */
  table: string;
}

/** A row of recordHistory. */
export interface RecordHistoryResult {
  /** What was done. */
  action: AuditAction;
  /** The role in which it was made: member, buyer, worker … */
  actorRole: string;
  /** The person who made it; NULL for a worker. */
  actorUserId: string | null;
  /** Whether its values were removed from the log. */
  isRedacted: boolean;
  /** The change, which undo_change takes. */
  logId: string;
  /** The columns that changed, as they became. */
  newValues: RowValues | null;
  /** When it was made. */
  occurredAt: Date;
  /** The columns that changed, as they were. */
  oldValues: RowValues | null;
  /** The reason, where one was given. */
  reason: string | null;
  /** The request in which it was made. */
  requestId: string | null;
}

/**
 * The history of a row: its last 1000 changes, the latest first, with the author, time and kind of each. Secrets are
 * left out, and personal values are masked. FORBIDDEN, TENANT_REQUIRED.
 */
export const recordHistory = new ManyQuery<RecordHistoryParams, RecordHistoryResult>('recordHistory', `select h.log_id as "log_id", h.occurred_at as "occurred_at", h.actor_user_id, h.actor_role as "actor_role",
       h.request_id, h.action as "action", h.old_values, h.new_values, h.reason, h.is_redacted as "is_redacted"
  from api.record_history($1, $2) as h`, ['table!', 'id!'], { callers: ['member'], ownJson: ['oldValues', 'newValues'] });

/** What recordAsOf takes. */
export interface RecordAsOfParams {
  /** The time. */
  at: Date | string;
  /** The row. */
  id: string;
  /** Name of the table, such as orders. */
  table: string;
}

/** A row of recordAsOf. */
export interface RecordAsOfResult {
  /** The row as it was, without secrets. */
  record: RowValues;
}

/**
 * A row as it was at a given time, without secrets and derived columns, and with personal values masked.
 * FORBIDDEN, TENANT_REQUIRED, NOT_FOUND when it did not exist then.
 */
export const recordAsOf = new OneQuery<RecordAsOfParams, RecordAsOfResult>('recordAsOf', `select api.record_as_of($1, $2, $3) as "record"`, ['table!', 'id!', 'at!'], { callers: ['member'], ownJson: ['record'], moments: ['at'] });

/** What undoChange takes. */
export interface UndoChangeParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion?: number | null | undefined;
  /** The change, as record_history names it. */
  logId: string;
}

/** A row of undoChange. */
export interface UndoChangeResult {
  /** Always true: what is refused throws. */
  undone: boolean;
}

/**
 * Gives the columns of a logged update their former values; the caller needs the right to change the row.
 * FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, VERSION_REQUIRED, INVALID_INPUT, HAS_DEPENDENTS when later changes
 * touched the same columns.
 */
export const undoChange = new OneQuery<UndoChangeParams, UndoChangeResult>('undoChange', `select true as "undone" from api.undo_change($1, $2)`, ['logId!', 'expectedVersion'], { callers: ['member'] });

/** What redactRecord takes. */
export interface RedactRecordParams {
  /** The row. */
  id: string;
  /** The reason, in at most 2000 characters; it stays in the log. */
  reason: string;
  /** Name of the table, such as customer. */
  table: string;
}

/** A row of redactRecord. */
export interface RedactRecordResult {
  /** How many there were. */
  count: number;
}

/**
 * Removes from the log, for good, the values that a row had, as when the person whom they describe asks for erasure;
 * the author and the time of each change stay. Returns how many changes were emptied. FORBIDDEN, TENANT_REQUIRED,
 * INVALID_INPUT.
 */
export const redactRecord = new OneQuery<RedactRecordParams, RedactRecordResult>('redactRecord', `select api.redact_record($1, $2, $3) as "count"`, ['table!', 'id!', 'reason!'], { callers: ['member'] });

/** What announceRead takes. */
export interface AnnounceReadParams {
  /** What is about to be read, in 1 to 255 characters. */
  subject: string;
}

/** A row of announceRead. */
export interface AnnounceReadResult {
  /** Always true: what is refused throws. */
  announced: boolean;
}

/**
 * As system administrator: logs what the administrator is about to read; the tenant's rows are visible for the rest of
 * this transaction only. TENANT_REQUIRED, INVALID_INPUT.
 */
export const announceRead = new OneQuery<AnnounceReadParams, AnnounceReadResult>('announceRead', `select true as "announced" from api.announce_read($1)`, ['subject!'], { callers: ['platform'] });
