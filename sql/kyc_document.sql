-- The documents of an onboarding, the newest first, in pages.
/* @name listKycDocuments :many */
select d.id, d.document_type, d.side, d.verification_status, d.mime_type, d.size_bytes, d.issued_on, d.expires_on,
       d.reviewed_by, d.reviewed_at, d.rejection_reason, d.created_at, d.id as "cursor!"
  from api.kyc_document as d
 where d.tenant_id = :tenantId!
   and d.seller_onboarding_id = :onboardingId!
   and (:after::uuid is null or d.id < :after)
 order by d.id desc
 limit :first!;

-- Adds a document, or a side of it, to the seller's own onboarding, by the key of its private object, which
-- requestUpload granted. FORBIDDEN, NOT_FOUND, IMMUTABLE, INVALID_INPUT, ALREADY_EXISTS while one of its type and side
-- waits.
/* @name addKycDocument :one */
select d.id, d.document_type, d.side, d.verification_status
  from api.add_kyc_document(
    :documentType!, :documentUrl!, :sha256, :issuedOn, :expiresOn, :side
  ) as d
 where d.tenant_id = :tenantId!;

-- Decides on a document; a rejection has a reason. FORBIDDEN, NOT_FOUND, INVALID_TRANSITION, INVALID_INPUT.
-- @type decision 'verified' | 'rejected'
/* @name reviewDocument :one */
select d.id, d.verification_status, d.reviewed_at
  from api.review_document(:documentId!, :decision!, :reason) as d
 where d.tenant_id = :tenantId!;

-- Where a document is stored, for the reviewer who asked for it by requestKycReveal in an earlier transaction.
-- FORBIDDEN, NOT_FOUND.
/* @name openKycDocument :one */
select d.document_url, d.mime_type, d.sha256
  from api.open_kyc_document(:documentId!) as d;
