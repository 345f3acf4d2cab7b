// Generated from sql/jobs.sql by "npm run generate"; do not edit.
import { PagedQuery } from '../database/paged-query.ts';
import { OneQuery } from '../database/prepared-query.ts';

/** What listTenantsWithWork takes. */
export interface ListTenantsWithWorkParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** The name of the function, such as claim_messages or purge_deleted. */
  kind: 'claim_messages' | 'wake_snoozed_threads' | 'expire_unpaid_orders' | 'expire_payments' | 'expire_store_credit' | 'expire_team_invites' | 'expire_violations' | 'expire_kyc_documents' | 'expire_domain_claims' | 'claim_unused_files' | 'claim_media' | 'purge_deleted';
}

/** A row of listTenantsWithWork. */
export interface ListTenantsWithWorkResult {
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** A tenant with something to do. */
  id: string;
}

/**
 * As worker: the tenants for whom the function of this name has something to do, by id, in pages. INVALID_INPUT.
 */
export const listTenantsWithWork = new PagedQuery<ListTenantsWithWorkParams, ListTenantsWithWorkResult>('listTenantsWithWork', `select t.id as "id", t.id as "cursor" from internal.tenants_with_work($1, $2, $3) as t (id)`, ['kind!', 'after', 'first'], { callers: ['worker'], closedSets: { kind: ['claim_messages', 'wake_snoozed_threads', 'expire_unpaid_orders', 'expire_payments', 'expire_store_credit', 'expire_team_invites', 'expire_violations', 'expire_kyc_documents', 'expire_domain_claims', 'claim_unused_files', 'claim_media', 'purge_deleted'] } });

/** What expireUnpaidOrders takes. */
export interface ExpireUnpaidOrdersParams {
  /** How many at most in one call. */
  batch?: number | null | undefined;
  /** How long a buyer may take to pay; a day unless given. */
  olderThanMinutes?: number | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of expireUnpaidOrders. */
export interface ExpireUnpaidOrdersResult {
  /** How many there were. */
  count: number;
}

/**
 * As worker: cancels a tenant's orders that nobody paid for so many minutes (a day unless given), at most a
 * batch (1 to 10000, 100 unless given) a call; returns how many. Two calls may run at once. INVALID_INPUT.
 */
export const expireUnpaidOrders = new OneQuery<ExpireUnpaidOrdersParams, ExpireUnpaidOrdersResult>('expireUnpaidOrders', `select internal.expire_unpaid_orders(
    $1, make_interval(mins => coalesce($2::integer, 1440)), coalesce($3::integer, 100)
  ) as "count"`, ['tenantId!', 'olderThanMinutes', 'batch'], { callers: ['worker'] });

/** What expirePayments takes. */
export interface ExpirePaymentsParams {
  /** How many at most in one call. */
  batch?: number | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of expirePayments. */
export interface ExpirePaymentsResult {
  /** How many there were. */
  count: number;
}

/**
 * As worker: ends a tenant's payments that nobody completed in time, as expireUnpaidOrders.
 * INVALID_INPUT.
 */
export const expirePayments = new OneQuery<ExpirePaymentsParams, ExpirePaymentsResult>('expirePayments', `select internal.expire_payments($1, coalesce($2::integer, 100)) as "count"`, ['tenantId!', 'batch'], { callers: ['worker'] });

/** What expireStoreCredit takes. */
export interface ExpireStoreCreditParams {
  /** How many at most in one call. */
  batch?: number | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of expireStoreCredit. */
export interface ExpireStoreCreditResult {
  /** How many there were. */
  count: number;
}

/**
 * As worker: ends a merchant's store credit that has expired; returns for how many customers. INVALID_INPUT.
 */
export const expireStoreCredit = new OneQuery<ExpireStoreCreditParams, ExpireStoreCreditResult>('expireStoreCredit', `select internal.expire_store_credit($1, coalesce($2::integer, 100)) as "count"`, ['tenantId!', 'batch'], { callers: ['worker'] });

/** What expireTeamInvites takes. */
export interface ExpireTeamInvitesParams {
  /** How many at most in one call. */
  batch?: number | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of expireTeamInvites. */
export interface ExpireTeamInvitesResult {
  /** How many there were. */
  count: number;
}

/**
 * As worker: ends a tenant's invitations that have expired, as expireUnpaidOrders.
 * INVALID_INPUT.
 */
export const expireTeamInvites = new OneQuery<ExpireTeamInvitesParams, ExpireTeamInvitesResult>('expireTeamInvites', `select internal.expire_team_invites($1, coalesce($2::integer, 100)) as "count"`, ['tenantId!', 'batch'], { callers: ['worker'] });

/** What expireKycDocuments takes. */
export interface ExpireKycDocumentsParams {
  /** How many at most in one call. */
  batch?: number | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of expireKycDocuments. */
export interface ExpireKycDocumentsResult {
  /** How many there were. */
  count: number;
}

/**
 * As worker: ends a tenant's verified documents that have expired, as expireUnpaidOrders.
 * INVALID_INPUT.
 */
export const expireKycDocuments = new OneQuery<ExpireKycDocumentsParams, ExpireKycDocumentsResult>('expireKycDocuments', `select internal.expire_kyc_documents($1, coalesce($2::integer, 100)) as "count"`, ['tenantId!', 'batch'], { callers: ['worker'] });

/** What expireViolations takes. */
export interface ExpireViolationsParams {
  /** How many at most in one call. */
  batch?: number | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of expireViolations. */
export interface ExpireViolationsResult {
  /** How many there were. */
  count: number;
}

/**
 * As worker: ends a tenant's violations that have run out, as expireUnpaidOrders.
 * INVALID_INPUT.
 */
export const expireViolations = new OneQuery<ExpireViolationsParams, ExpireViolationsResult>('expireViolations', `select internal.expire_violations($1, coalesce($2::integer, 100)) as "count"`, ['tenantId!', 'batch'], { callers: ['worker'] });

/** What purgeSessions takes. */
export interface PurgeSessionsParams {
  /** How many at most in one call. */
  batch?: number | null | undefined;
}

/** A row of purgeSessions. */
export interface PurgeSessionsResult {
  /** How many there were. */
  count: number;
}

/**
 * As worker: deletes sessions that have expired, at most a batch (1 to 100000, 1000 unless given) a call;
 * returns how many. INVALID_INPUT.
 */
export const purgeSessions = new OneQuery<PurgeSessionsParams, PurgeSessionsResult>('purgeSessions', `select internal.purge_sessions(coalesce($1::integer, 1000)) as "count"`, ['batch'], { callers: ['worker'] });

/** What purgeIdempotencyKeys takes. */
export interface PurgeIdempotencyKeysParams {
  /** How many at most in one call. */
  batch?: number | null | undefined;
}

/** A row of purgeIdempotencyKeys. */
export interface PurgeIdempotencyKeysResult {
  /** How many there were. */
  count: number;
}

/**
 * As worker: deletes idempotency keys that have expired, as purgeSessions. INVALID_INPUT.
 */
export const purgeIdempotencyKeys = new OneQuery<PurgeIdempotencyKeysParams, PurgeIdempotencyKeysResult>('purgeIdempotencyKeys', `select internal.purge_idempotency_keys(coalesce($1::integer, 1000)) as "count"`, ['batch'], { callers: ['worker'] });

/** What ensurePartitions takes. */
export interface EnsurePartitionsParams {
  /** For how many months ahead. */
  months?: number | null | undefined;
}

/** A row of ensurePartitions. */
export interface EnsurePartitionsResult {
  /** How many there were. */
  count: number;
}

/**
 * As worker: makes the partitions of audit.log for this month and so many after it (0 to 120, 3 unless
 * given); returns how many are new. INVALID_INPUT.
 */
export const ensurePartitions = new OneQuery<EnsurePartitionsParams, EnsurePartitionsResult>('ensurePartitions', `select internal.ensure_partitions(coalesce($1::integer, 3)) as "count"`, ['months'], { callers: ['worker'] });

/** What sealAuditLog takes. */
export interface SealAuditLogParams {
  /** How many at most in one call. */
  batch?: number | null | undefined;
}

/** A row of sealAuditLog. */
export interface SealAuditLogResult {
  /** How many there were. */
  count: number;
}

/**
 * As worker: seals the next rows of the audit log that are final, at most a batch (1 to 1000000, 50000 unless
 * given) a call; returns how many. INVALID_INPUT.
 */
export const sealAuditLog = new OneQuery<SealAuditLogParams, SealAuditLogResult>('sealAuditLog', `select internal.seal_audit_log(coalesce($1::integer, 50000)) as "count"`, ['batch'], { callers: ['worker'] });

/** What verifyAuditLog takes. */
export type VerifyAuditLogParams = void;

/** A row of verifyAuditLog. */
export interface VerifyAuditLogResult {
  /** How many sealed rows were dropped with their partitions. */
  droppedCount: string;
  /** The log. */
  logId: string | null;
  /** How many merchants left for another server, with their part of the log. */
  movedCount: string;
  /** What is wrong with the first row that is not as it was sealed; NULL: nothing. */
  reason: string | null;
  /** How many of the rows were redacted, as the log itself says. */
  redactedCount: string;
  /** A digest of all seals, to keep elsewhere. */
  root: Buffer | null;
  /** How many rows were compared. */
  rowCount: string;
  /** How many seals were compared. */
  sealCount: string;
}

/**
 * As worker: compares the audit log with its seals. reason and log_id name the first row that was altered,
 * lost or added; both are NULL when every row is as it was sealed. root is a digest to keep elsewhere.
 */
export const verifyAuditLog = new OneQuery<VerifyAuditLogParams, VerifyAuditLogResult>('verifyAuditLog', `select v.seal_count as "seal_count", v.row_count as "row_count", v.redacted_count as "redacted_count",
       v.dropped_count as "dropped_count", v.moved_count as "moved_count", v.root, v.log_id, v.reason
  from internal.verify_audit_log() as v`, [], { callers: ['worker'] });

/** What redactAuditLog takes. */
export interface RedactAuditLogParams {
  /** The record's primary key, as the log writes it. */
  key: string;
  /** The reason, in at most 2000 characters; it stays in the log. */
  reason: string;
  /** Name of the table, such as customer. */
  table: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of redactAuditLog. */
export interface RedactAuditLogResult {
  /** How many there were. */
  count: number;
}

/**
 * As worker: removes the values of one record of a tenant from the log, as redactRecord, for jobs that erase a
 * person. INVALID_INPUT.
 */
export const redactAuditLog = new OneQuery<RedactAuditLogParams, RedactAuditLogResult>('redactAuditLog', `select internal.redact_audit_log($1, $2, $3, $4) as "count"`, ['tenantId!', 'table!', 'key!', 'reason!'], { callers: ['worker'] });

/** What wakeSnoozedThreads takes. */
export interface WakeSnoozedThreadsParams {
  /** How many at most in one call. */
  batch?: number | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of wakeSnoozedThreads. */
export interface WakeSnoozedThreadsResult {
  /** How many there were. */
  count: number;
}

/**
 * As worker: opens a tenant's snoozed threads whose time has come, as expireUnpaidOrders.
 * INVALID_INPUT.
 */
export const wakeSnoozedThreads = new OneQuery<WakeSnoozedThreadsParams, WakeSnoozedThreadsResult>('wakeSnoozedThreads', `select internal.wake_snoozed_threads($1, coalesce($2::integer, 100)) as "count"`, ['tenantId!', 'batch'], { callers: ['worker'] });

/** What purgePendingReceipts takes. */
export interface PurgePendingReceiptsParams {
  /** How many at most in one call. */
  batch?: number | null | undefined;
}

/** A row of purgePendingReceipts. */
export interface PurgePendingReceiptsResult {
  /** How many there were. */
  count: number;
}

/**
 * As worker: deletes receipts whose message has not been reported for a day, and turns that were taken more than an
 * hour ago, as purgeSessions. INVALID_INPUT.
 */
export const purgePendingReceipts = new OneQuery<PurgePendingReceiptsParams, PurgePendingReceiptsResult>('purgePendingReceipts', `select internal.purge_pending_receipts(coalesce($1::integer, 1000)) as "count"`, ['batch'], { callers: ['worker'] });

/** What purgeDeleted takes. */
export interface PurgeDeletedParams {
  /** How many at most in one call. */
  batch?: number | null | undefined;
  /** How long deleted rows are kept. */
  olderThanDays: number;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of purgeDeleted. */
export interface PurgeDeletedResult {
  /** How many were emptied of personal data, because something refers to them. */
  blanked: number;
  /** How many were removed. */
  removed: number;
}

/**
 * As worker: removes for good, or empties of personal values, a tenant's rows that were deleted so many days ago, at
 * most a batch (1 to 10000, 500 unless given) a call; returns both counts. This cannot be undone. INVALID_INPUT.
 */
export const purgeDeleted = new OneQuery<PurgeDeletedParams, PurgeDeletedResult>('purgeDeleted', `select p.removed as "removed", p.blanked as "blanked"
  from internal.purge_deleted(
    $1, make_interval(days => $2::integer), coalesce($3::integer, 500)
  ) as p`, ['tenantId!', 'olderThanDays!', 'batch'], { callers: ['worker'] });

/** What expireDomainClaims takes. */
export interface ExpireDomainClaimsParams {
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of expireDomainClaims. */
export interface ExpireDomainClaimsResult {
  /** How many there were. */
  count: number;
}

/**
 * As worker: frees a tenant's custom domain that nobody has verified for 7 days; returns how many (0 or 1).
 */
export const expireDomainClaims = new OneQuery<ExpireDomainClaimsParams, ExpireDomainClaimsResult>('expireDomainClaims', `select internal.expire_domain_claims($1) as "count"`, ['tenantId!'], { callers: ['worker'] });
