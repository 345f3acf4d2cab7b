-- Complaints of one status, the highest tier first and the newest first within it, in pages.
/* @name listComplaints :many */
select c.id, c.type, c.status, c.tier, c.user_id, c.order_id, c.product_id, c.thread_id, c.assigned_member_id,
       c.description, c.version, c.created_at, json_build_array(c.tier, c.created_at, c.id) as "cursor!"
  from api.complaints as c
 where c.tenant_id = :tenantId!
   and c.status = :status!
   and (:after::jsonb is null
     or (c.tier, c.created_at, c.id)
        < (:after::jsonb ->> 0, (:after::jsonb ->> 1)::timestamptz, (:after::jsonb ->> 2)::uuid))
 order by c.tier desc, c.created_at desc, c.id desc
 limit :first!;

-- What one person has complained about, the newest first, in pages; for the person, and for staff.
/* @name listUserComplaints :many */
select c.id, c.type, c.status, c.order_id, c.product_id, c.description, c.resolution, c.resolved_at, c.version,
       c.created_at, c.id as "cursor!"
  from api.complaints as c
 where c.tenant_id = :tenantId! and c.user_id = :userId! and (:after::uuid is null or c.id < :after)
 order by c.id desc
 limit :first!;

-- A complaint about an order, a product, someone or something else. FORBIDDEN, NOT_FOUND, INVALID_INPUT.
/* @name fileComplaint :one */
select c.id, c.status, c.version
  from api.file_complaint(:type!, :description!, :orderId, :productId, :threadId) as c
 where c.tenant_id = :tenantId!;

-- Takes a complaint, also a resolved one again: it is in review, and the caller's.
-- FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION.
/* @name reviewComplaint :one */
select c.id, c.status, c.assigned_member_id, c.version
  from api.review_complaint(:complaintId!, :expectedVersion!) as c
 where c.tenant_id = :tenantId!;

-- Moves a complaint up a tier. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION, INVALID_INPUT.
/* @name escalateComplaint :one */
select c.id, c.status, c.tier, c.version
  from api.escalate_complaint(:complaintId!, :reason!, :expectedVersion!) as c
 where c.tenant_id = :tenantId!;

-- Ends a complaint with what came of it, for the person who complained to read.
-- FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION, INVALID_INPUT.
/* @name resolveComplaint :one */
select c.id, c.status, c.resolved_at, c.version
  from api.resolve_complaint(:complaintId!, :resolution!, :expectedVersion!) as c
 where c.tenant_id = :tenantId!;
