-- What is known of a seller's numbers, without the numbers, or null.
/* @name getKycInfo :maybeOne */
select k.id, k.seller_id, k.country_code, k.id_type, k.tax_id_last_four, k.verification_status, k.rejection_reason,
       k.reviewed_by, k.reviewed_at, k.version, k.created_at, k.updated_at
  from api.kyc_info as k
 where k.tenant_id = :tenantId! and k.seller_id = :sellerId!;

-- Saves the seller's own numbers as envelopes that sealKycValue made, with their blind indexes; a number that is left
-- out stays as it is. The version is needed from the second time on.
-- FORBIDDEN, NOT_FOUND, IMMUTABLE, INVALID_INPUT, VERSION_CONFLICT, VERSION_REQUIRED.
/* @name saveKycInfo :one */
select k.id, k.verification_status, k.version
  from api.save_kyc_info(
    :countryCode!, :idType!, :businessRegistrationNumber, :businessRegistrationNumberHash, :taxId, :taxIdHash,
    :taxIdLastFour, :expectedVersion
  ) as k
 where k.tenant_id = :tenantId!;

-- Records why the caller is about to read a seller's numbers and documents; once that is committed, revealKycInfo and
-- openKycDocument return them for 15 minutes.
-- FORBIDDEN, NOT_FOUND, INVALID_INPUT.
/* @name requestKycReveal :one */
select true as "requested!" from api.request_kyc_reveal(:onboardingId!, :reason!);

-- A seller's encrypted numbers, for the person who asked for them by requestKycReveal in an earlier transaction.
-- FORBIDDEN, NOT_FOUND.
/* @name revealKycInfo :one */
select k.business_registration_number, k.tax_id
  from api.reveal_kyc_info(:onboardingId!) as k;
