// Generated from sql/complaints.sql by "npm run generate"; do not edit.
import { complaintStatuses, complaintTiers, complaintTypes } from '../model/closed-sets.ts';
import type { ComplaintStatus, ComplaintTier, ComplaintType } from '../model/closed-sets.ts';
import { PagedQuery } from '../database/paged-query.ts';
import { ManyQuery, OneQuery } from '../database/prepared-query.ts';

/** What listComplaints takes. */
export interface ListComplaintsParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** Only those that this member deals with. */
  assignedMemberId?: string | null | undefined;
  /** The cursor to read on before, in the order of the list; not together with after. */
  before?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** The first day on which a complaint was filed, in the shop's time zone. */
  from?: string | null | undefined;
  /** Which rows come first: newest, which is the default, or oldest. */
  order?: 'newest' | 'oldest' | null | undefined;
  /** Only those about this order. */
  orderId?: string | null | undefined;
  /** Only those about this product. */
  productId?: string | null | undefined;
  /** Which statuses; all when it is left out. */
  statuses?: readonly ComplaintStatus[] | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** Only those that came up in this conversation. */
  threadId?: string | null | undefined;
  /** Which tiers; all when it is left out. */
  tiers?: readonly ComplaintTier[] | null | undefined;
  /** The last day. */
  to?: string | null | undefined;
  /** Which kinds; all when it is left out. */
  types?: readonly ComplaintType[] | null | undefined;
  /** Only those of this person. */
  userId?: string | null | undefined;
}

/** A row of listComplaints. */
export interface ListComplaintsResult {
  /** The member of staff who deals with it. */
  assignedMemberId: string | null;
  /** When the row was made. */
  createdAt: Date;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** What happened, in the words of the person who complains. */
  description: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The order that it is about. */
  orderId: string | null;
  /** The product that it is about. */
  productId: string | null;
  /** Its state; only its functions change it. */
  status: ComplaintStatus;
  /** The conversation that it came up in. */
  threadId: string | null;
  /** The tier to which it has been escalated. */
  tier: ComplaintTier;
  /** What it is about. */
  type: ComplaintType;
  /** The person who complains. */
  userId: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Complaints that fit all filters given, the newest first, in pages, for staff.
 * Days (YYYY-MM-DD) are the shop's; the rows before a cursor are read with `before`. INVALID_INPUT, TENANT_REQUIRED.
 */
export const listComplaints = new PagedQuery<ListComplaintsParams, ListComplaintsResult>('listComplaints', `select t.*, m.cursor as "cursor"
  from api.list_complaints(
    p_statuses => $1::text[], p_tiers => $2::text[], p_types => $3::text[], p_user_id => $4, p_order_id => $5, p_product_id => $6, p_thread_id => $7, p_assigned_member_id => $8,
    p_from => $9, p_to => $10, p_order => coalesce($11, 'newest'),
    p_first => least($12::bigint, 2147483647)::integer, p_after => $13, p_before => $14
  ) with ordinality as m (complaint_id, cursor, place)
 cross join lateral (
    select t.id, t.type, t.status, t.tier, t.user_id, t.order_id, t.product_id, t.thread_id, t.assigned_member_id,
           t.description, t.version, t.created_at
      from api.complaints as t
     where t.tenant_id = $15 and t.id = m.complaint_id
    offset 0
  ) as t
 order by m.place`, ['statuses', 'tiers', 'types', 'userId', 'orderId', 'productId', 'threadId', 'assignedMemberId', 'from', 'to', 'order', 'first', 'after', 'before', 'tenantId!'], { callers: ['member'], closedSets: { statuses: complaintStatuses, tiers: complaintTiers, types: complaintTypes, order: ['newest', 'oldest'] }, days: ['from', 'to'] });

/** What countComplaints takes. */
export interface CountComplaintsParams {
  /** Only those that this member deals with. */
  assignedMemberId?: string | null | undefined;
  /** The first day on which a complaint was filed, in the shop's time zone. */
  from?: string | null | undefined;
  /** Only those about this order. */
  orderId?: string | null | undefined;
  /** Only those about this product. */
  productId?: string | null | undefined;
  /** Which statuses; all when it is left out. */
  statuses?: readonly ComplaintStatus[] | null | undefined;
  /** Only those that came up in this conversation. */
  threadId?: string | null | undefined;
  /** Which tiers; all when it is left out. */
  tiers?: readonly ComplaintTier[] | null | undefined;
  /** The last day. */
  to?: string | null | undefined;
  /** Which kinds; all when it is left out. */
  types?: readonly ComplaintType[] | null | undefined;
  /** Only those of this person. */
  userId?: string | null | undefined;
}

/** A row of countComplaints. */
export interface CountComplaintsResult {
  /** Whether there are more than row_count. */
  isAtLeast: boolean;
  /** How many; 1000 where there are more. */
  rowCount: number;
  /** Its state; only its functions change it. */
  status: ComplaintStatus;
}

/**
 * How many complaints of each status there are, up to 1000, with the filters of listComplaints.
 * isAtLeast: there are more. INVALID_INPUT, TENANT_REQUIRED.
 */
export const countComplaints = new ManyQuery<CountComplaintsParams, CountComplaintsResult>('countComplaints', `select c.status as "status", c.row_count as "row_count", c.is_at_least as "is_at_least"
  from api.count_complaints(p_statuses => $1::text[], p_tiers => $2::text[], p_types => $3::text[], p_user_id => $4, p_order_id => $5, p_product_id => $6, p_thread_id => $7, p_assigned_member_id => $8, p_from => $9, p_to => $10) as c`, ['statuses', 'tiers', 'types', 'userId', 'orderId', 'productId', 'threadId', 'assignedMemberId', 'from', 'to'], { callers: ['member', 'buyer'], closedSets: { statuses: complaintStatuses, tiers: complaintTiers, types: complaintTypes }, days: ['from', 'to'] });

/** What listUserComplaints takes. */
export interface ListUserComplaintsParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** The person who complains. */
  userId: string;
}

/** A row of listUserComplaints. */
export interface ListUserComplaintsResult {
  /** When the row was made. */
  createdAt: Date;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** What happened, in the words of the person who complains. */
  description: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The order that it is about. */
  orderId: string | null;
  /** The product that it is about. */
  productId: string | null;
  /** How it was resolved. */
  resolution: string | null;
  /** When it was resolved. */
  resolvedAt: Date | null;
  /** Its state; only its functions change it. */
  status: ComplaintStatus;
  /** What it is about. */
  type: ComplaintType;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * What one person has complained about, the newest first, in pages; for the person, and for staff.
 */
export const listUserComplaints = new PagedQuery<ListUserComplaintsParams, ListUserComplaintsResult>('listUserComplaints', `select c.id, c.type, c.status, c.order_id, c.product_id, c.description, c.resolution, c.resolved_at, c.version,
       c.created_at, c.id as "cursor"
  from api.complaints as c
 where c.tenant_id = $1 and c.user_id = $2 and ($3::uuid is null or c.id < $3)
 order by c.id desc
 limit $4`, ['tenantId!', 'userId!', 'after', 'first'], { callers: ['member', 'buyer', 'worker', 'platform'] });

/** What fileComplaint takes. */
export interface FileComplaintParams {
  /** What happened, in the words of the person who complains. */
  description: string;
  /** The order that it is about. */
  orderId?: string | null | undefined;
  /** The product that it is about. */
  productId?: string | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** The conversation that it came up in. */
  threadId?: string | null | undefined;
  /** What it is about. */
  type: ComplaintType;
}

/** A row of fileComplaint. */
export interface FileComplaintResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Its state; only its functions change it. */
  status: ComplaintStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Files a complaint about an order, a product, a person or something else. FORBIDDEN, NOT_FOUND, INVALID_INPUT.
 */
export const fileComplaint = new OneQuery<FileComplaintParams, FileComplaintResult>('fileComplaint', `select c.id, c.status, c.version
  from api.file_complaint($1, $2, $3, $4, $5) as c
 where c.tenant_id = $6`, ['type!', 'description!', 'orderId', 'productId', 'threadId', 'tenantId!'], { callers: ['member', 'buyer'], closedSets: { type: complaintTypes } });

/** What reviewComplaint takes. */
export interface ReviewComplaintParams {
  /** The complaint. */
  complaintId: string;
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of reviewComplaint. */
export interface ReviewComplaintResult {
  /** The member of staff who deals with it. */
  assignedMemberId: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Its state; only its functions change it. */
  status: ComplaintStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Assigns a complaint, or a resolved one again, to the caller, and sets it to in review.
 * FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION.
 */
export const reviewComplaint = new OneQuery<ReviewComplaintParams, ReviewComplaintResult>('reviewComplaint', `select c.id, c.status, c.assigned_member_id, c.version
  from api.review_complaint($1, $2) as c
 where c.tenant_id = $3`, ['complaintId!', 'expectedVersion!', 'tenantId!'], { callers: ['member'] });

/** What escalateComplaint takes. */
export interface EscalateComplaintParams {
  /** The complaint. */
  complaintId: string;
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** Why it was escalated. */
  reason: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of escalateComplaint. */
export interface EscalateComplaintResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Its state; only its functions change it. */
  status: ComplaintStatus;
  /** The tier to which it has been escalated. */
  tier: ComplaintTier;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Moves a complaint up a tier. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION, INVALID_INPUT.
 */
export const escalateComplaint = new OneQuery<EscalateComplaintParams, EscalateComplaintResult>('escalateComplaint', `select c.id, c.status, c.tier, c.version
  from api.escalate_complaint($1, $2, $3) as c
 where c.tenant_id = $4`, ['complaintId!', 'reason!', 'expectedVersion!', 'tenantId!'], { callers: ['member'] });

/** What resolveComplaint takes. */
export interface ResolveComplaintParams {
  /** The complaint. */
  complaintId: string;
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** How it was resolved. */
  resolution: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of resolveComplaint. */
export interface ResolveComplaintResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** When it was resolved. */
  resolvedAt: Date | null;
  /** Its state; only its functions change it. */
  status: ComplaintStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Resolves a complaint with a result that the person who complained can read.
 * FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION, INVALID_INPUT.
 */
export const resolveComplaint = new OneQuery<ResolveComplaintParams, ResolveComplaintResult>('resolveComplaint', `select c.id, c.status, c.resolved_at, c.version
  from api.resolve_complaint($1, $2, $3) as c
 where c.tenant_id = $4`, ['complaintId!', 'resolution!', 'expectedVersion!', 'tenantId!'], { callers: ['member'] });
