// Generated from sql/log.sql by "npm run generate"; do not edit.
import type { AuditAction } from '../model/closed-sets.ts';
import type { RowValues } from '../model/json.ts';
import { ManyQuery, OneQuery } from '../database/prepared-query.ts';

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
  /** As what: member, buyer, worker … */
  actorRole: string;
  /** Who made it; NULL for a worker. */
  actorUserId: string | null;
  /** Whether its values were removed from the log. */
  isRedacted: boolean;
  /** The change, to name when it is undone. */
  logId: string;
  /** The columns that changed, as they became. */
  newValues: RowValues | null;
  /** When it was made. */
  occurredAt: Date;
  /** The columns that changed, as they were. */
  oldValues: RowValues | null;
  /** Why, where that was said. */
  reason: string | null;
  /** The request in which it was made. */
  requestId: string | null;
}

/**
 * The history of a row, with who changed it, when and how: its last 1000 changes, the latest first. Secrets are left out, personal
 * values masked. FORBIDDEN, TENANT_REQUIRED.
 */
export const recordHistory = new ManyQuery<RecordHistoryParams, RecordHistoryResult>('recordHistory', `select h.log_id as "log_id", h.occurred_at as "occurred_at", h.actor_user_id, h.actor_role as "actor_role",
       h.request_id, h.action as "action", h.old_values, h.new_values, h.reason, h.is_redacted as "is_redacted"
  from api.record_history($1, $2) as h`, ['table!', 'id!'], { ownJson: ['oldValues', 'newValues'] });

/** What recordAsOf takes. */
export interface RecordAsOfParams {
  /** The moment. */
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
 * A row as it was at a time, without secrets and derived columns, personal values masked.
 * FORBIDDEN, TENANT_REQUIRED, NOT_FOUND when it did not exist then.
 */
export const recordAsOf = new OneQuery<RecordAsOfParams, RecordAsOfResult>('recordAsOf', `select api.record_as_of($1, $2, $3) as "record"`, ['table!', 'id!', 'at!'], { ownJson: ['record'], moments: ['at'] });

/** What undoChange takes. */
export interface UndoChangeParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion?: number | null | undefined;
  /** The change, from its record's history. */
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
export const undoChange = new OneQuery<UndoChangeParams, UndoChangeResult>('undoChange', `select true as "undone" from api.undo_change($1, $2)`, ['logId!', 'expectedVersion']);

/** What redactRecord takes. */
export interface RedactRecordParams {
  /** The row. */
  id: string;
  /** Why, in at most 2000 characters; it stays in the log. */
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
 * Removes from the log, for good, the values that a row had, as when the person whom they describe asks for
 * erasure; who changed it and when stays. How many changes were emptied. FORBIDDEN, TENANT_REQUIRED, INVALID_INPUT.
 */
export const redactRecord = new OneQuery<RedactRecordParams, RedactRecordResult>('redactRecord', `select api.redact_record($1, $2, $3) as "count"`, ['table!', 'id!', 'reason!']);

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
 * As system administrator: logs what is about to be read; the tenant's rows are visible for the rest of this
 * transaction only. TENANT_REQUIRED, INVALID_INPUT.
 */
export const announceRead = new OneQuery<AnnounceReadParams, AnnounceReadResult>('announceRead', `select true as "announced" from api.announce_read($1)`, ['subject!']);
