-- The violations of one person, the newest first, in pages; for the person, and for staff.
/* @name listUserViolations :many */
select v.id, v.type, v.severity, v.action, v.status, v.reason, v.start_at, v.end_at, v.created_at, v.id as "cursor!"
  from api.violations as v
 where v.tenant_id = :tenantId! and v.user_id = :userId! and (:after::uuid is null or v.id < :after)
 order by v.id desc
 limit :first!;

-- Records that a person broke the rules, and the consequence; a temporary ban needs an end.
-- FORBIDDEN, NOT_FOUND, INVALID_INPUT.
/* @name issueViolation :one */
select v.id, v.status, v.created_at
  from api.issue_violation(
    :userId!, :type!, :severity!, :action!, :reason!, :endAt, :complaintId, coalesce(:details::jsonb, '{}')
  ) as v
 where v.tenant_id = :tenantId!;

-- Lifts a violation before its time; nobody lifts their own. FORBIDDEN, NOT_FOUND, INVALID_TRANSITION, INVALID_INPUT.
/* @name resolveViolation :one */
select v.id, v.status
  from api.resolve_violation(:violationId!, :reason!) as v
 where v.tenant_id = :tenantId!;
