// Generated from sql/seller_onboarding.sql by "npm run generate"; do not edit.
import { onboardingSteps } from '../model/closed-sets.ts';
import type { OnboardingStatus, OnboardingStep, VerificationStatus } from '../model/closed-sets.ts';
import { PagedQuery } from '../database/paged-query.ts';
import { MaybeOneQuery, OneQuery } from '../database/prepared-query.ts';

/** What getOnboarding takes. */
export interface GetOnboardingParams {
  /** The seller. */
  sellerId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of getOnboarding. */
export interface GetOnboardingResult {
  /** What the reviewer still needs. */
  additionalInfoRequested: string | null;
  /** When the row was made. */
  createdAt: Date;
  /** The step that the seller is at. */
  currentStep: OnboardingStep | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** State of the onboarding; only its functions change it. */
  onboardingStatus: OnboardingStatus;
  /** When it was last rejected. */
  rejectedAt: Date | null;
  /** Why it was rejected. */
  rejectionReason: string | null;
  /** The person who decided last; set by the database. */
  reviewedBy: string | null;
  /** The seller. */
  sellerId: string;
  /** How often it was submitted. */
  submissionCount: number;
  /** When it was last submitted. */
  submittedAt: Date | null;
  /** When the row last changed. */
  updatedAt: Date;
  /** Whether the seller's identity is verified. */
  verificationStatus: VerificationStatus;
  /** When the seller was verified. */
  verifiedAt: Date | null;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * A seller's onboarding, or null.
 */
export const getOnboarding = new MaybeOneQuery<GetOnboardingParams, GetOnboardingResult>('getOnboarding', `select o.id, o.seller_id, o.onboarding_status, o.verification_status, o.current_step, o.submission_count,
       o.submitted_at, o.verified_at, o.rejected_at, o.rejection_reason, o.additional_info_requested, o.reviewed_by,
       o.version, o.created_at, o.updated_at
  from api.seller_onboarding as o
 where o.tenant_id = $1 and o.seller_id = $2`, ['tenantId!', 'sellerId!'], { callers: ['member', 'worker', 'platform'] });

/** What listOnboardingQueue takes. */
export interface ListOnboardingQueueParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of listOnboardingQueue. */
export interface ListOnboardingQueueResult {
  /** The seller's name. */
  businessName: string;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** The onboarding. */
  id: string;
  /** submitted or in_review; approved where only a new document waits. */
  onboardingStatus: OnboardingStatus;
  /** How many of its documents wait for their review. */
  pendingDocuments: number;
  /** The seller. */
  sellerId: string;
  /** How often it was submitted. */
  submissionCount: number;
  /** Since when it waits: the time when it was submitted, or when its newest document was handed in. */
  submittedAt: Date;
  /** The onboarding's version, to name in the review. */
  version: number;
}

/**
 * The onboardings that wait for a reviewer, the longest waiting first, in pages.
 */
export const listOnboardingQueue = new PagedQuery<ListOnboardingQueueParams, ListOnboardingQueueResult>('listOnboardingQueue', `select o.id as "id", o.seller_id as "seller_id", o.business_name as "business_name",
       o.onboarding_status as "onboarding_status", o.submitted_at as "submitted_at",
       o.submission_count as "submission_count", o.pending_documents as "pending_documents",
       o.version as "version",
       json_build_array(o.submitted_at, o.id) as "cursor"
  from api.onboarding_queue as o
 where o.tenant_id = $1
   and ($2::jsonb is null
     or (o.submitted_at, o.id) > (($2::jsonb ->> 0)::timestamptz, ($2::jsonb ->> 1)::uuid))
 order by o.submitted_at, o.id
 limit $3`, ['tenantId!', 'after', 'first'], { callers: ['member', 'worker', 'platform'] });

/** What startOnboarding takes. */
export interface StartOnboardingParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion?: number | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of startOnboarding. */
export interface StartOnboardingResult {
  /** The step that the seller is at. */
  currentStep: OnboardingStep | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** State of the onboarding; only its functions change it. */
  onboardingStatus: OnboardingStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Begins the seller's own onboarding, or begins it again after a rejection; the version is needed if an onboarding
 * exists already. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, VERSION_REQUIRED, INVALID_TRANSITION.
 */
export const startOnboarding = new OneQuery<StartOnboardingParams, StartOnboardingResult>('startOnboarding', `select o.id, o.onboarding_status, o.current_step, o.version
  from api.start_onboarding($1) as o
 where o.tenant_id = $2`, ['expectedVersion', 'tenantId!'], { callers: ['member'] });

/** What saveOnboardingStep takes. */
export interface SaveOnboardingStepParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The step that the seller is at. */
  step: OnboardingStep;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of saveOnboardingStep. */
export interface SaveOnboardingStepResult {
  /** The step that the seller is at. */
  currentStep: OnboardingStep | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Saves the next step of the seller's own onboarding. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, VERSION_REQUIRED,
 * IMMUTABLE, INVALID_INPUT.
 */
export const saveOnboardingStep = new OneQuery<SaveOnboardingStepParams, SaveOnboardingStepResult>('saveOnboardingStep', `select o.id, o.current_step, o.version
  from api.save_onboarding_step($1, $2) as o
 where o.tenant_id = $3`, ['step!', 'expectedVersion!', 'tenantId!'], { callers: ['member'], closedSets: { step: onboardingSteps } });

/** What submitOnboarding takes. */
export interface SubmitOnboardingParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of submitOnboarding. */
export interface SubmitOnboardingResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** State of the onboarding; only its functions change it. */
  onboardingStatus: OnboardingStatus;
  /** When it was last submitted. */
  submittedAt: Date;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Submits the seller's own onboarding for review. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION,
 * INVALID_INPUT with the documents that are missing.
 */
export const submitOnboarding = new OneQuery<SubmitOnboardingParams, SubmitOnboardingResult>('submitOnboarding', `select o.id, o.onboarding_status, o.submitted_at as "submitted_at", o.version
  from api.submit_onboarding($1) as o
 where o.tenant_id = $2`, ['expectedVersion!', 'tenantId!'], { callers: ['member'] });

/** What reviewOnboarding takes. */
export interface ReviewOnboardingParams {
  /** The decision. */
  decision: 'in_review' | 'additional_info_needed' | 'approved' | 'rejected';
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The onboarding. */
  onboardingId: string;
  /** Why it is rejected, or which information is still needed. */
  reason?: string | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of reviewOnboarding. */
export interface ReviewOnboardingResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** State of the onboarding; only its functions change it. */
  onboardingStatus: OnboardingStatus;
  /** Whether the seller's identity is verified. */
  verificationStatus: VerificationStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Takes an onboarding into review, then approves it, rejects it or asks for more; nobody reviews their own.
 * FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION, INVALID_INPUT.
 */
export const reviewOnboarding = new OneQuery<ReviewOnboardingParams, ReviewOnboardingResult>('reviewOnboarding', `select o.id, o.onboarding_status, o.verification_status, o.version
  from api.review_onboarding($1, $2, $3, $4) as o
 where o.tenant_id = $5`, ['onboardingId!', 'decision!', 'reason', 'expectedVersion!', 'tenantId!'], { callers: ['member'], closedSets: { decision: ['in_review', 'additional_info_needed', 'approved', 'rejected'] } });
