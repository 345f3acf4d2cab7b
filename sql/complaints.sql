-- Complaints that fit all filters given, the newest first, in pages, for staff.
-- Days (YYYY-MM-DD) are the shop's; the rows before a cursor are read with `before`. INVALID_INPUT, TENANT_REQUIRED.
-- @type statuses readonly ComplaintStatus[]
-- @type tiers readonly ComplaintTier[]
-- @type types readonly ComplaintType[]
-- @type order 'newest' | 'oldest'
/* @name listComplaints :many */
select t.*, m.cursor as "cursor!"
  from api.list_complaints(
    p_statuses => :statuses::text[], p_tiers => :tiers::text[], p_types => :types::text[], p_user_id => :userId, p_order_id => :orderId, p_product_id => :productId, p_thread_id => :threadId, p_assigned_member_id => :assignedMemberId,
    p_from => :from, p_to => :to, p_order => coalesce(:order, 'newest'),
    p_first => least(:first!::bigint, 2147483647)::integer, p_after => :after, p_before => :before
  ) with ordinality as m (complaint_id, cursor, place)
 cross join lateral (
    select t.id, t.type, t.status, t.tier, t.user_id, t.order_id, t.product_id, t.thread_id, t.assigned_member_id,
           t.description, t.version, t.created_at
      from api.complaints as t
     where t.tenant_id = :tenantId! and t.id = m.complaint_id
    offset 0
  ) as t
 order by m.place;

-- How many complaints of each status there are, up to 1000, with the filters of listComplaints.
-- isAtLeast: there are more. INVALID_INPUT, TENANT_REQUIRED.
-- @type statuses readonly ComplaintStatus[]
-- @type tiers readonly ComplaintTier[]
-- @type types readonly ComplaintType[]
-- @type status ComplaintStatus
/* @name countComplaints :many */
select c.status as "status!", c.row_count as "row_count!", c.is_at_least as "is_at_least!"
  from api.count_complaints(p_statuses => :statuses::text[], p_tiers => :tiers::text[], p_types => :types::text[], p_user_id => :userId, p_order_id => :orderId, p_product_id => :productId, p_thread_id => :threadId, p_assigned_member_id => :assignedMemberId, p_from => :from, p_to => :to) as c;

-- What one person has complained about, the newest first, in pages; for the person, and for staff.
/* @name listUserComplaints :many */
select c.id, c.type, c.status, c.order_id, c.product_id, c.description, c.resolution, c.resolved_at, c.version,
       c.created_at, c.id as "cursor!"
  from api.complaints as c
 where c.tenant_id = :tenantId! and c.user_id = :userId! and (:after::uuid is null or c.id < :after)
 order by c.id desc
 limit :first!;

-- Files a complaint about an order, a product, a person or something else. FORBIDDEN, NOT_FOUND, INVALID_INPUT.
/* @name fileComplaint :one */
select c.id, c.status, c.version
  from api.file_complaint(:type!, :description!, :orderId, :productId, :threadId) as c
 where c.tenant_id = :tenantId!;

-- Assigns a complaint, or a resolved one again, to the caller, and sets it to in review.
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

-- Resolves a complaint with a result that the person who complained can read.
-- FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION, INVALID_INPUT.
/* @name resolveComplaint :one */
select c.id, c.status, c.resolved_at, c.version
  from api.resolve_complaint(:complaintId!, :resolution!, :expectedVersion!) as c
 where c.tenant_id = :tenantId!;
