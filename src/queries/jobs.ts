// Generated from sql/jobs.sql by "npm run generate"; do not edit.
import { PagedQuery } from '../page.ts';
import { PreparedQuery } from '../prepared-query.ts';

/** 'ListTenantsWithWork' parameters type */
export interface ListTenantsWithWorkParams {
  after?: string | null | undefined;
  first: number;
  kind: 'claim_messages' | 'wake_snoozed_threads' | 'expire_unpaid_orders' | 'expire_payments' | 'expire_team_invites' | 'expire_violations' | 'expire_kyc_documents' | 'expire_domain_claims' | 'purge_deleted';
}

/** 'ListTenantsWithWork' return type */
export interface ListTenantsWithWorkResult {
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  id: string;
}

/**
 * As worker: the tenants for whom the function of this name has something to do, by id, in pages. INVALID_INPUT.
 */
export const listTenantsWithWork = new PagedQuery<ListTenantsWithWorkParams, ListTenantsWithWorkResult>('listTenantsWithWork', `select t.id as "id", t.id as "cursor" from internal.tenants_with_work($1, $2, $3) as t (id)`, ['kind', 'after', 'first']);

/** 'ExpireUnpaidOrders' parameters type */
export interface ExpireUnpaidOrdersParams {
  batch?: number | null | undefined;
  olderThanMinutes?: number | null | undefined;
  tenantId: string;
}

/** 'ExpireUnpaidOrders' return type */
export interface ExpireUnpaidOrdersResult {
  count: number;
}

/**
 * As worker: cancels a tenant's orders that nobody paid for so many minutes (a day unless said), at most a
 * batch (1 to 10000, 100 unless said) a call; how many they were. Safe to run twice at once. INVALID_INPUT.
 */
export const expireUnpaidOrders = new PreparedQuery<ExpireUnpaidOrdersParams, ExpireUnpaidOrdersResult>('expireUnpaidOrders', `select internal.expire_unpaid_orders(
    $1, make_interval(mins => coalesce($2::integer, 1440)), coalesce($3::integer, 100)
  ) as "count"`, ['tenantId', 'olderThanMinutes', 'batch']);

/** 'ExpirePayments' parameters type */
export interface ExpirePaymentsParams {
  batch?: number | null | undefined;
  tenantId: string;
}

/** 'ExpirePayments' return type */
export interface ExpirePaymentsResult {
  count: number;
}

/**
 * As worker: ends a tenant's payments that nobody completed in time, as expireUnpaidOrders.
 */
export const expirePayments = new PreparedQuery<ExpirePaymentsParams, ExpirePaymentsResult>('expirePayments', `select internal.expire_payments($1, coalesce($2::integer, 100)) as "count"`, ['tenantId', 'batch']);

/** 'ExpireTeamInvites' parameters type */
export interface ExpireTeamInvitesParams {
  batch?: number | null | undefined;
  tenantId: string;
}

/** 'ExpireTeamInvites' return type */
export interface ExpireTeamInvitesResult {
  count: number;
}

/**
 * As worker: ends a tenant's invitations whose time is over, as expireUnpaidOrders.
 */
export const expireTeamInvites = new PreparedQuery<ExpireTeamInvitesParams, ExpireTeamInvitesResult>('expireTeamInvites', `select internal.expire_team_invites($1, coalesce($2::integer, 100)) as "count"`, ['tenantId', 'batch']);

/** 'ExpireKycDocuments' parameters type */
export interface ExpireKycDocumentsParams {
  batch?: number | null | undefined;
  tenantId: string;
}

/** 'ExpireKycDocuments' return type */
export interface ExpireKycDocumentsResult {
  count: number;
}

/**
 * As worker: ends a tenant's verified documents that have expired, as expireUnpaidOrders.
 */
export const expireKycDocuments = new PreparedQuery<ExpireKycDocumentsParams, ExpireKycDocumentsResult>('expireKycDocuments', `select internal.expire_kyc_documents($1, coalesce($2::integer, 100)) as "count"`, ['tenantId', 'batch']);

/** 'ExpireViolations' parameters type */
export interface ExpireViolationsParams {
  batch?: number | null | undefined;
  tenantId: string;
}

/** 'ExpireViolations' return type */
export interface ExpireViolationsResult {
  count: number;
}

/**
 * As worker: ends a tenant's violations that have run out, as expireUnpaidOrders.
 */
export const expireViolations = new PreparedQuery<ExpireViolationsParams, ExpireViolationsResult>('expireViolations', `select internal.expire_violations($1, coalesce($2::integer, 100)) as "count"`, ['tenantId', 'batch']);

/** 'PurgeSessions' parameters type */
export interface PurgeSessionsParams {
  batch?: number | null | undefined;
}

/** 'PurgeSessions' return type */
export interface PurgeSessionsResult {
  count: number;
}

/**
 * As worker: deletes sessions that have expired, at most a batch (1 to 100000, 1000 unless said) a call; how
 * many they were. INVALID_INPUT.
 */
export const purgeSessions = new PreparedQuery<PurgeSessionsParams, PurgeSessionsResult>('purgeSessions', `select internal.purge_sessions(coalesce($1::integer, 1000)) as "count"`, ['batch']);

/** 'PurgeIdempotencyKeys' parameters type */
export interface PurgeIdempotencyKeysParams {
  batch?: number | null | undefined;
}

/** 'PurgeIdempotencyKeys' return type */
export interface PurgeIdempotencyKeysResult {
  count: number;
}

/**
 * As worker: forgets idempotency keys that have expired, as purgeSessions.
 */
export const purgeIdempotencyKeys = new PreparedQuery<PurgeIdempotencyKeysParams, PurgeIdempotencyKeysResult>('purgeIdempotencyKeys', `select internal.purge_idempotency_keys(coalesce($1::integer, 1000)) as "count"`, ['batch']);

/** 'EnsurePartitions' parameters type */
export interface EnsurePartitionsParams {
  months?: number | null | undefined;
}

/** 'EnsurePartitions' return type */
export interface EnsurePartitionsResult {
  count: number;
}

/**
 * As worker: makes the partitions of audit.log for this month and so many after it (0 to 120, 3 unless
 * said); how many were new. INVALID_INPUT.
 */
export const ensurePartitions = new PreparedQuery<EnsurePartitionsParams, EnsurePartitionsResult>('ensurePartitions', `select internal.ensure_partitions(coalesce($1::integer, 3)) as "count"`, ['months']);

/** 'SealAuditLog' parameters type */
export interface SealAuditLogParams {
  batch?: number | null | undefined;
}

/** 'SealAuditLog' return type */
export interface SealAuditLogResult {
  count: number;
}

/**
 * As worker: seals the next rows of the audit log that are final, at most a batch (1 to 1000000, 50000 unless
 * said) a call; how many they were. INVALID_INPUT.
 */
export const sealAuditLog = new PreparedQuery<SealAuditLogParams, SealAuditLogResult>('sealAuditLog', `select internal.seal_audit_log(coalesce($1::integer, 50000)) as "count"`, ['batch']);

/** 'VerifyAuditLog' parameters type */
export type VerifyAuditLogParams = void;

/** 'VerifyAuditLog' return type */
export interface VerifyAuditLogResult {
  dropped_count: string;
  log_id: string | null;
  reason: string | null;
  root: Buffer | null;
  row_count: string;
  seal_count: string;
}

/**
 * As worker: compares the audit log with its seals. reason and log_id name the first row that was altered,
 * lost or added; both are NULL when all is as it was sealed. root: what to keep elsewhere.
 */
export const verifyAuditLog = new PreparedQuery<VerifyAuditLogParams, VerifyAuditLogResult>('verifyAuditLog', `select v.seal_count as "seal_count", v.row_count as "row_count", v.dropped_count as "dropped_count", v.root,
       v.log_id, v.reason
  from internal.verify_audit_log() as v`, []);

/** 'WakeSnoozedThreads' parameters type */
export interface WakeSnoozedThreadsParams {
  batch?: number | null | undefined;
  tenantId: string;
}

/** 'WakeSnoozedThreads' return type */
export interface WakeSnoozedThreadsResult {
  count: number;
}

/**
 * As worker: opens a tenant's snoozed threads whose time has come, as expireUnpaidOrders.
 */
export const wakeSnoozedThreads = new PreparedQuery<WakeSnoozedThreadsParams, WakeSnoozedThreadsResult>('wakeSnoozedThreads', `select internal.wake_snoozed_threads($1, coalesce($2::integer, 100)) as "count"`, ['tenantId', 'batch']);

/** 'PurgePendingReceipts' parameters type */
export interface PurgePendingReceiptsParams {
  batch?: number | null | undefined;
}

/** 'PurgePendingReceipts' return type */
export interface PurgePendingReceiptsResult {
  count: number;
}

/**
 * As worker: forgets receipts whose message nobody has told of for a day, as purgeSessions.
 */
export const purgePendingReceipts = new PreparedQuery<PurgePendingReceiptsParams, PurgePendingReceiptsResult>('purgePendingReceipts', `select internal.purge_pending_receipts(coalesce($1::integer, 1000)) as "count"`, ['batch']);

/** 'PurgeDeleted' parameters type */
export interface PurgeDeletedParams {
  batch?: number | null | undefined;
  olderThanDays: number;
  tenantId: string;
}

/** 'PurgeDeleted' return type */
export interface PurgeDeletedResult {
  blanked: number;
  removed: number;
}

/**
 * As worker: removes for good, or empties of personal values, a tenant's rows that were deleted so many days ago, at
 * most a batch (1 to 10000, 500 unless said) a call; both counts. Cannot be undone. INVALID_INPUT.
 */
export const purgeDeleted = new PreparedQuery<PurgeDeletedParams, PurgeDeletedResult>('purgeDeleted', `select p.removed as "removed", p.blanked as "blanked"
  from internal.purge_deleted(
    $1, make_interval(days => $2::integer), coalesce($3::integer, 500)
  ) as p`, ['tenantId', 'olderThanDays', 'batch']);

/** 'ExpireDomainClaims' parameters type */
export interface ExpireDomainClaimsParams {
  tenantId: string;
}

/** 'ExpireDomainClaims' return type */
export interface ExpireDomainClaimsResult {
  count: number;
}

/**
 * As worker: frees a tenant's custom domain that nobody has verified for 7 days; how many (0 or 1).
 */
export const expireDomainClaims = new PreparedQuery<ExpireDomainClaimsParams, ExpireDomainClaimsResult>('expireDomainClaims', `select internal.expire_domain_claims($1) as "count"`, ['tenantId']);
