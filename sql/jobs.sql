-- As worker: the tenants for whom the function of this name has something to do, by id, in pages. INVALID_INPUT.
-- @type kind 'claim_messages' | 'wake_snoozed_threads' | 'expire_unpaid_orders' | 'expire_payments' | 'expire_store_credit' | 'expire_team_invites' | 'expire_violations' | 'expire_kyc_documents' | 'expire_domain_claims' | 'claim_unused_files' | 'claim_media' | 'purge_deleted'
-- @doc kind The name of the function, such as claim_messages or purge_deleted.
-- @doc id A tenant with something to do.
/* @name listTenantsWithWork :many */
select t.id as "id!", t.id as "cursor!" from internal.tenants_with_work(:kind!, :after, :first!) as t (id);

-- As worker: cancels a tenant's orders that nobody paid for so many minutes (a day unless given), at most a
-- batch (1 to 10000, 100 unless given) a call; returns how many. Two calls may run at once. INVALID_INPUT.
-- @doc olderThanMinutes How long a buyer may take to pay; a day unless given.
/* @name expireUnpaidOrders :one */
select internal.expire_unpaid_orders(
    :tenantId!, make_interval(mins => coalesce(:olderThanMinutes::integer, 1440)), coalesce(:batch::integer, 100)
  ) as "count!";

-- As worker: ends a tenant's payments that nobody completed in time, as expireUnpaidOrders.
-- INVALID_INPUT.
/* @name expirePayments :one */
select internal.expire_payments(:tenantId!, coalesce(:batch::integer, 100)) as "count!";

-- As worker: ends a merchant's store credit that has expired; returns for how many customers. INVALID_INPUT.
/* @name expireStoreCredit :one */
select internal.expire_store_credit(:tenantId!, coalesce(:batch::integer, 100)) as "count!";

-- As worker: ends a tenant's invitations that have expired, as expireUnpaidOrders.
-- INVALID_INPUT.
/* @name expireTeamInvites :one */
select internal.expire_team_invites(:tenantId!, coalesce(:batch::integer, 100)) as "count!";

-- As worker: ends a tenant's verified documents that have expired, as expireUnpaidOrders.
-- INVALID_INPUT.
/* @name expireKycDocuments :one */
select internal.expire_kyc_documents(:tenantId!, coalesce(:batch::integer, 100)) as "count!";

-- As worker: ends a tenant's violations that have run out, as expireUnpaidOrders.
-- INVALID_INPUT.
/* @name expireViolations :one */
select internal.expire_violations(:tenantId!, coalesce(:batch::integer, 100)) as "count!";

-- As worker: deletes sessions that have expired, at most a batch (1 to 100000, 1000 unless given) a call;
-- returns how many. INVALID_INPUT.
/* @name purgeSessions :one */
select internal.purge_sessions(coalesce(:batch::integer, 1000)) as "count!";

-- As worker: deletes idempotency keys that have expired, as purgeSessions. INVALID_INPUT.
/* @name purgeIdempotencyKeys :one */
select internal.purge_idempotency_keys(coalesce(:batch::integer, 1000)) as "count!";

-- As worker: makes the partitions of audit.log for this month and so many after it (0 to 120, 3 unless
-- given); returns how many are new. INVALID_INPUT.
-- @doc months For how many months ahead.
/* @name ensurePartitions :one */
select internal.ensure_partitions(coalesce(:months::integer, 3)) as "count!";

-- As worker: seals the next rows of the audit log that are final, at most a batch (1 to 1000000, 50000 unless
-- given) a call; returns how many. INVALID_INPUT.
/* @name sealAuditLog :one */
select internal.seal_audit_log(coalesce(:batch::integer, 50000)) as "count!";

-- As worker: compares the audit log with its seals. reason and log_id name the first row that was altered,
-- lost or added; both are NULL when every row is as it was sealed. root is a digest to keep elsewhere.
-- @doc dropped_count How many sealed rows were dropped with their partitions.
-- @doc redacted_count How many of the rows were redacted, as the log itself says.
-- @doc moved_count How many merchants left for another server, with their part of the log.
-- @doc reason What is wrong with the first row that is not as it was sealed; NULL: nothing.
-- @doc root A digest of all seals, to keep elsewhere.
-- @doc row_count How many rows were compared.
-- @doc seal_count How many seals were compared.
/* @name verifyAuditLog :one */
select v.seal_count as "seal_count!", v.row_count as "row_count!", v.redacted_count as "redacted_count!",
       v.dropped_count as "dropped_count!", v.moved_count as "moved_count!", v.root, v.log_id, v.reason
  from internal.verify_audit_log() as v;

-- As worker: removes the values of one record of a tenant from the log, as redactRecord, for jobs that erase a
-- person. INVALID_INPUT.
-- @doc table Name of the table, such as customer.
-- @doc key The record's primary key, as the log writes it.
-- @doc reason The reason, in at most 2000 characters; it stays in the log.
/* @name redactAuditLog :one */
select internal.redact_audit_log(:tenantId!, :table!, :key!, :reason!) as "count!";

-- As worker: opens a tenant's snoozed threads whose time has come, as expireUnpaidOrders.
-- INVALID_INPUT.
/* @name wakeSnoozedThreads :one */
select internal.wake_snoozed_threads(:tenantId!, coalesce(:batch::integer, 100)) as "count!";

-- As worker: deletes receipts whose message has not been reported for a day, and turns that were taken more than an
-- hour ago, as purgeSessions. INVALID_INPUT.
/* @name purgePendingReceipts :one */
select internal.purge_pending_receipts(coalesce(:batch::integer, 1000)) as "count!";

-- As worker: removes for good, or empties of personal values, a tenant's rows that were deleted so many days ago, at
-- most a batch (1 to 10000, 500 unless given) a call; returns both counts. This cannot be undone. INVALID_INPUT.
-- @doc olderThanDays How long deleted rows are kept.
-- @doc blanked How many were emptied of personal data, because something refers to them.
-- @doc removed How many were removed.
/* @name purgeDeleted :one */
select p.removed as "removed!", p.blanked as "blanked!"
  from internal.purge_deleted(
    :tenantId!, make_interval(days => :olderThanDays!::integer), coalesce(:batch::integer, 500)
  ) as p;

-- As worker: frees a tenant's custom domain that nobody has verified for 7 days; returns how many (0 or 1).
/* @name expireDomainClaims :one */
select internal.expire_domain_claims(:tenantId!) as "count!";
