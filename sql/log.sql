-- The log of changes, the newest first, in pages, with the author, time and kind of each. Secrets are left out, and
-- personal values are masked. Days (YYYY-MM-DD) are the shop's; the rows before a cursor are read with `before`.
-- FORBIDDEN, TENANT_REQUIRED, INVALID_INPUT.
-- @type order 'newest' | 'oldest'
-- @type actions readonly AuditAction[]
-- @type action AuditAction
-- @json old_values RowValues
-- @json new_values RowValues
-- @doc action What was done.
/* @name listAuditLog :many */
select l.log_id as "log_id!", l.occurred_at as "occurred_at!", l.actor_user_id, l.actor_role as "actor_role!", l.request_id,
       l.action as "action!", l.table_name as "table_name!", l.record_key, l.old_values, l.new_values, l.reason,
       l.is_redacted as "is_redacted!", l.cursor as "cursor!"
  from api.list_audit_log(
    p_tables => :tables::text[], p_actions => :actions::text[], p_actor_user_id => :actorUserId,
    p_from => :from, p_to => :to, p_order => coalesce(:order, 'newest'),
    p_first => least(:first!::bigint, 2147483647)::integer, p_after => :after, p_before => :before
  ) as l;

-- The history of a row: its last 1000 changes, the latest first, with the author, time and kind of each. Secrets are
-- left out, and personal values are masked. FORBIDDEN, TENANT_REQUIRED.
-- @type action AuditAction
-- @json old_values RowValues
-- @json new_values RowValues
-- @doc action What was done.
/* @name recordHistory :many */
select h.log_id as "log_id!", h.occurred_at as "occurred_at!", h.actor_user_id, h.actor_role as "actor_role!",
       h.request_id, h.action as "action!", h.old_values, h.new_values, h.reason, h.is_redacted as "is_redacted!"
  from api.record_history(:table!, :id!) as h;

-- A row as it was at a given time, without secrets and derived columns, and with personal values masked.
-- FORBIDDEN, TENANT_REQUIRED, NOT_FOUND when it did not exist then.
-- @json record RowValues
-- @doc record The row as it was, without secrets.
/* @name recordAsOf :one */
select api.record_as_of(:table!, :id!, :at!) as "record!";

-- Gives the columns of a logged update their former values; the caller needs the right to change the row.
-- FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, VERSION_REQUIRED, INVALID_INPUT, HAS_DEPENDENTS when later changes
-- touched the same columns.
/* @name undoChange :one */
select true as "undone!" from api.undo_change(:logId!, :expectedVersion);

-- Removes from the log, for good, the values that a row had, as when the person whom they describe asks for erasure;
-- the author and the time of each change stay. Returns how many changes were emptied. FORBIDDEN, TENANT_REQUIRED,
-- INVALID_INPUT.
-- @doc reason The reason, in at most 2000 characters; it stays in the log.
/* @name redactRecord :one */
select api.redact_record(:table!, :id!, :reason!) as "count!";

-- As system administrator: logs what the administrator is about to read; the tenant's rows are visible for the rest of
-- this transaction only. TENANT_REQUIRED, INVALID_INPUT.
-- @doc subject What is about to be read, in 1 to 255 characters.
/* @name announceRead :one */
select true as "announced!" from api.announce_read(:subject!);
