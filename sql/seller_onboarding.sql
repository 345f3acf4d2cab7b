-- A seller's onboarding, or null.
/* @name getOnboarding :maybeOne */
select o.id, o.seller_id, o.onboarding_status, o.verification_status, o.current_step, o.submission_count,
       o.submitted_at, o.verified_at, o.rejected_at, o.rejection_reason, o.additional_info_requested, o.reviewed_by,
       o.version, o.created_at, o.updated_at
  from api.seller_onboarding as o
 where o.tenant_id = :tenantId! and o.seller_id = :sellerId!;

-- The onboardings that wait for a reviewer, the longest waiting first, in pages.
/* @name listOnboardingQueue :many */
select o.id as "id!", o.seller_id as "seller_id!", o.business_name as "business_name!",
       o.onboarding_status as "onboarding_status!", o.submitted_at as "submitted_at!",
       o.submission_count as "submission_count!", o.pending_documents as "pending_documents!",
       o.version as "version!",
       json_build_array(o.submitted_at, o.id) as "cursor!"
  from api.onboarding_queue as o
 where o.tenant_id = :tenantId!
   and (:after::jsonb is null
     or (o.submitted_at, o.id) > ((:after::jsonb ->> 0)::timestamptz, (:after::jsonb ->> 1)::uuid))
 order by o.submitted_at, o.id
 limit :first!;

-- Begins the seller's own onboarding, or begins it again after a rejection; the version is needed if an onboarding
-- exists already. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, VERSION_REQUIRED, INVALID_TRANSITION.
/* @name startOnboarding :one */
select o.id, o.onboarding_status, o.current_step, o.version
  from api.start_onboarding(:expectedVersion) as o
 where o.tenant_id = :tenantId!;

-- Saves the next step of the seller's own onboarding. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, VERSION_REQUIRED,
-- IMMUTABLE, INVALID_INPUT.
-- @type step OnboardingStep
/* @name saveOnboardingStep :one */
select o.id, o.current_step, o.version
  from api.save_onboarding_step(:step!, :expectedVersion!) as o
 where o.tenant_id = :tenantId!;

-- Submits the seller's own onboarding for review. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION,
-- INVALID_INPUT with the documents that are missing.
/* @name submitOnboarding :one */
select o.id, o.onboarding_status, o.submitted_at as "submitted_at!", o.version
  from api.submit_onboarding(:expectedVersion!) as o
 where o.tenant_id = :tenantId!;

-- Takes an onboarding into review, then approves it, rejects it or asks for more; nobody reviews their own.
-- FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION, INVALID_INPUT.
-- @type decision 'in_review' | 'additional_info_needed' | 'approved' | 'rejected'
/* @name reviewOnboarding :one */
select o.id, o.onboarding_status, o.verification_status, o.version
  from api.review_onboarding(:onboardingId!, :decision!, :reason, :expectedVersion!) as o
 where o.tenant_id = :tenantId!;
