// Generated from sql/violations.sql by "npm run generate"; do not edit.
import { violationActions, violationSeverities, violationTypes } from '../model/closed-sets.ts';
import type { ViolationAction, ViolationSeverity, ViolationStatus, ViolationType } from '../model/closed-sets.ts';
import type { JsonObject } from '../model/json.ts';
import { PagedQuery } from '../database/paged-query.ts';
import { OneQuery } from '../database/prepared-query.ts';

/** What listUserViolations takes. */
export interface ListUserViolationsParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** The person who broke the rules. */
  userId: string;
}

/** A row of listUserViolations. */
export interface ListUserViolationsResult {
  /** The consequence for the person. */
  action: ViolationAction;
  /** When the row was made. */
  createdAt: Date;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** Until when its action applies; NULL: without end. */
  endAt: Date | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Why it was issued. */
  reason: string;
  /** How grave it is. */
  severity: ViolationSeverity;
  /** From when its action applies. */
  startAt: Date;
  /** Its state; only its functions change it. */
  status: ViolationStatus;
  /** The kind of rule that was broken. */
  type: ViolationType;
}

/**
 * The violations of one person, the newest first, in pages; for the person, and for staff.
 */
export const listUserViolations = new PagedQuery<ListUserViolationsParams, ListUserViolationsResult>('listUserViolations', `select v.id, v.type, v.severity, v.action, v.status, v.reason, v.start_at, v.end_at, v.created_at, v.id as "cursor"
  from api.violations as v
 where v.tenant_id = $1 and v.user_id = $2 and ($3::uuid is null or v.id < $3)
 order by v.id desc
 limit $4`, ['tenantId!', 'userId!', 'after', 'first'], { callers: ['member', 'buyer', 'worker', 'platform'] });

/** What issueViolation takes. */
export interface IssueViolationParams {
  /** The consequence for the person. */
  action: ViolationAction;
  /** The complaint that led to it. */
  complaintId?: string | null | undefined;
  /** Flexible data, a JSON object of at most 64 KiB; staff only. */
  details?: JsonObject | null | undefined;
  /** Until when its action applies; NULL: without end. */
  endAt?: Date | string | null | undefined;
  /** Why it was issued. */
  reason: string;
  /** How grave it is. */
  severity: ViolationSeverity;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** The kind of rule that was broken. */
  type: ViolationType;
  /** The person who broke the rules. */
  userId: string;
}

/** A row of issueViolation. */
export interface IssueViolationResult {
  /** When the row was made. */
  createdAt: Date;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Its state; only its functions change it. */
  status: ViolationStatus;
}

/**
 * Records that a person broke the rules, and the consequence; a temporary ban needs an end.
 * FORBIDDEN, NOT_FOUND, INVALID_INPUT.
 */
export const issueViolation = new OneQuery<IssueViolationParams, IssueViolationResult>('issueViolation', `select v.id, v.status, v.created_at
  from api.issue_violation(
    $1, $2, $3, $4, $5, $6, $7, coalesce($8::jsonb, '{}')
  ) as v
 where v.tenant_id = $9`, ['userId!', 'type!', 'severity!', 'action!', 'reason!', 'endAt', 'complaintId', 'details', 'tenantId!'], { callers: ['member'], closedSets: { type: violationTypes, severity: violationSeverities, action: violationActions }, moments: ['endAt'] });

/** What resolveViolation takes. */
export interface ResolveViolationParams {
  /** The reason why it is lifted. */
  reason: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** The violation. */
  violationId: string;
}

/** A row of resolveViolation. */
export interface ResolveViolationResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Its state; only its functions change it. */
  status: ViolationStatus;
}

/**
 * Lifts a violation before its time; nobody lifts their own. FORBIDDEN, NOT_FOUND, INVALID_TRANSITION, INVALID_INPUT.
 */
export const resolveViolation = new OneQuery<ResolveViolationParams, ResolveViolationResult>('resolveViolation', `select v.id, v.status
  from api.resolve_violation($1, $2) as v
 where v.tenant_id = $3`, ['violationId!', 'reason!', 'tenantId!'], { callers: ['member'] });
