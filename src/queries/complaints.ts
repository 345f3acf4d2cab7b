// Generated from sql/complaints.sql by "npm run generate"; do not edit.
import type { ComplaintStatus, ComplaintTier, ComplaintType } from '../closed-sets.ts';
import { PagedQuery } from '../page.ts';
import { PreparedQuery } from '../prepared-query.ts';

/** 'ListComplaints' parameters type */
export interface ListComplaintsParams {
  after?: string | null | undefined;
  first: number;
  status: ComplaintStatus;
  tenantId: string;
}

/** 'ListComplaints' return type */
export interface ListComplaintsResult {
  /** Who of the staff deals with it. */
  assigned_member_id: string | null;
  /** When the row was made. */
  created_at: Date;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** What happened, in the words of who complains. */
  description: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The order that it is about. */
  order_id: string | null;
  /** The product that it is about. */
  product_id: string | null;
  /** Where it stands; changed by its functions only. */
  status: ComplaintStatus;
  /** The conversation that it came up in. */
  thread_id: string | null;
  /** How high it has been escalated. */
  tier: ComplaintTier;
  /** What it is about. */
  type: ComplaintType;
  /** Who complains. */
  user_id: string;
  /** Version for optimistic locking: an update names the one it read. */
  version: number;
}

/**
 * Complaints of one status, the highest tier first and the newest first within it, in pages.
 */
export const listComplaints = new PagedQuery<ListComplaintsParams, ListComplaintsResult>('listComplaints', `select c.id, c.type, c.status, c.tier, c.user_id, c.order_id, c.product_id, c.thread_id, c.assigned_member_id,
       c.description, c.version, c.created_at, json_build_array(c.tier, c.created_at, c.id) as "cursor"
  from api.complaints as c
 where c.tenant_id = $1
   and c.status = $2
   and ($3::jsonb is null
     or (c.tier, c.created_at, c.id)
        < ($3::jsonb ->> 0, ($3::jsonb ->> 1)::timestamptz, ($3::jsonb ->> 2)::uuid))
 order by c.tier desc, c.created_at desc, c.id desc
 limit $4`, ['tenantId', 'status', 'after', 'first']);

/** 'ListUserComplaints' parameters type */
export interface ListUserComplaintsParams {
  after?: string | null | undefined;
  first: number;
  tenantId: string;
  userId: string;
}

/** 'ListUserComplaints' return type */
export interface ListUserComplaintsResult {
  /** When the row was made. */
  created_at: Date;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** What happened, in the words of who complains. */
  description: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The order that it is about. */
  order_id: string | null;
  /** The product that it is about. */
  product_id: string | null;
  /** How it was resolved. */
  resolution: string | null;
  /** When it was resolved. */
  resolved_at: Date | null;
  /** Where it stands; changed by its functions only. */
  status: ComplaintStatus;
  /** What it is about. */
  type: ComplaintType;
  /** Version for optimistic locking: an update names the one it read. */
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
 limit $4`, ['tenantId', 'userId', 'after', 'first']);

/** 'FileComplaint' parameters type */
export interface FileComplaintParams {
  description: string;
  orderId?: string | null | undefined;
  productId?: string | null | undefined;
  tenantId: string;
  threadId?: string | null | undefined;
  type: ComplaintType;
}

/** 'FileComplaint' return type */
export interface FileComplaintResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Where it stands; changed by its functions only. */
  status: ComplaintStatus;
  /** Version for optimistic locking: an update names the one it read. */
  version: number;
}

/**
 * A complaint about an order, a product, someone or something else. FORBIDDEN, NOT_FOUND, INVALID_INPUT.
 */
export const fileComplaint = new PreparedQuery<FileComplaintParams, FileComplaintResult>('fileComplaint', `select c.id, c.status, c.version
  from api.file_complaint($1, $2, $3, $4, $5) as c
 where c.tenant_id = $6`, ['type', 'description', 'orderId', 'productId', 'threadId', 'tenantId']);

/** 'ReviewComplaint' parameters type */
export interface ReviewComplaintParams {
  complaintId: string;
  expectedVersion: number;
  tenantId: string;
}

/** 'ReviewComplaint' return type */
export interface ReviewComplaintResult {
  /** Who of the staff deals with it. */
  assigned_member_id: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Where it stands; changed by its functions only. */
  status: ComplaintStatus;
  /** Version for optimistic locking: an update names the one it read. */
  version: number;
}

/**
 * Takes a complaint, also a resolved one again: it is in review, and the caller's.
 * FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION.
 */
export const reviewComplaint = new PreparedQuery<ReviewComplaintParams, ReviewComplaintResult>('reviewComplaint', `select c.id, c.status, c.assigned_member_id, c.version
  from api.review_complaint($1, $2) as c
 where c.tenant_id = $3`, ['complaintId', 'expectedVersion', 'tenantId']);

/** 'EscalateComplaint' parameters type */
export interface EscalateComplaintParams {
  complaintId: string;
  expectedVersion: number;
  reason: string;
  tenantId: string;
}

/** 'EscalateComplaint' return type */
export interface EscalateComplaintResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Where it stands; changed by its functions only. */
  status: ComplaintStatus;
  /** How high it has been escalated. */
  tier: ComplaintTier;
  /** Version for optimistic locking: an update names the one it read. */
  version: number;
}

/**
 * Moves a complaint up a tier. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION, INVALID_INPUT.
 */
export const escalateComplaint = new PreparedQuery<EscalateComplaintParams, EscalateComplaintResult>('escalateComplaint', `select c.id, c.status, c.tier, c.version
  from api.escalate_complaint($1, $2, $3) as c
 where c.tenant_id = $4`, ['complaintId', 'reason', 'expectedVersion', 'tenantId']);

/** 'ResolveComplaint' parameters type */
export interface ResolveComplaintParams {
  complaintId: string;
  expectedVersion: number;
  resolution: string;
  tenantId: string;
}

/** 'ResolveComplaint' return type */
export interface ResolveComplaintResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** When it was resolved. */
  resolved_at: Date | null;
  /** Where it stands; changed by its functions only. */
  status: ComplaintStatus;
  /** Version for optimistic locking: an update names the one it read. */
  version: number;
}

/**
 * Ends a complaint with what came of it, for whoever complained to read.
 * FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION, INVALID_INPUT.
 */
export const resolveComplaint = new PreparedQuery<ResolveComplaintParams, ResolveComplaintResult>('resolveComplaint', `select c.id, c.status, c.resolved_at, c.version
  from api.resolve_complaint($1, $2, $3) as c
 where c.tenant_id = $4`, ['complaintId', 'resolution', 'expectedVersion', 'tenantId']);
