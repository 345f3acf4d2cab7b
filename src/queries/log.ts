// Generated from sql/log.sql by "npm run generate"; do not edit.
import type { AuditAction } from '../closed-sets.ts';
import type { JsonObject } from '../json.ts';
import { PreparedQuery } from '../prepared-query.ts';

/** 'RecordHistory' parameters type */
export interface RecordHistoryParams {
  id: string;
  table: string;
}

/** 'RecordHistory' return type */
export interface RecordHistoryResult {
  action: AuditAction;
  actor_role: string;
  actor_user_id: string | null;
  log_id: string;
  new_values: JsonObject | null;
  occurred_at: Date;
  old_values: JsonObject | null;
  reason: string | null;
  request_id: string | null;
}

/**
 * Who changed a row, when and how: its last 1000 changes, the latest first. Secrets are left out, personal
 * values masked. FORBIDDEN.
 */
export const recordHistory = new PreparedQuery<RecordHistoryParams, RecordHistoryResult>('recordHistory', `select h.log_id as "log_id", h.occurred_at as "occurred_at", h.actor_user_id, h.actor_role as "actor_role",
       h.request_id, h.action as "action", h.old_values, h.new_values, h.reason
  from api.record_history($1, $2) as h`, ['table', 'id']);

/** 'RecordAsOf' parameters type */
export interface RecordAsOfParams {
  at: Date | string;
  id: string;
  table: string;
}

/** 'RecordAsOf' return type */
export interface RecordAsOfResult {
  record: JsonObject;
}

/**
 * A row as it was at a time, without secrets and derived columns, personal values masked.
 * FORBIDDEN, NOT_FOUND when it did not exist then.
 */
export const recordAsOf = new PreparedQuery<RecordAsOfParams, RecordAsOfResult>('recordAsOf', `select api.record_as_of($1, $2, $3) as "record"`, ['table', 'id', 'at']);

/** 'UndoChange' parameters type */
export interface UndoChangeParams {
  expectedVersion?: number | null | undefined;
  logId: string;
}

/** 'UndoChange' return type */
export interface UndoChangeResult {
  undone: boolean;
}

/**
 * Gives the columns of a logged update their former values; the caller needs the right to change the row.
 * FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, VERSION_REQUIRED, INVALID_INPUT, HAS_DEPENDENTS when later changes
 * touched the same columns.
 */
export const undoChange = new PreparedQuery<UndoChangeParams, UndoChangeResult>('undoChange', `select true as "undone" from api.undo_change($1, $2)`, ['logId', 'expectedVersion']);

/** 'AnnounceRead' parameters type */
export interface AnnounceReadParams {
  subject: string;
}

/** 'AnnounceRead' return type */
export interface AnnounceReadResult {
  announced: boolean;
}

/**
 * As system administrator: logs what is about to be read; the tenant's rows are visible for the rest of this
 * transaction only. TENANT_REQUIRED, INVALID_INPUT.
 */
export const announceRead = new PreparedQuery<AnnounceReadParams, AnnounceReadResult>('announceRead', `select true as "announced" from api.announce_read($1)`, ['subject']);
