// Generated from sql/kyc_info.sql by "npm run generate"; do not edit.
import { documentTypes } from '../model/closed-sets.ts';
import type { DocumentType, VerificationStatus } from '../model/closed-sets.ts';
import { MaybeOneQuery, OneQuery } from '../database/prepared-query.ts';

/** What getKycInfo takes. */
export interface GetKycInfoParams {
  /** The seller, whose onboarding it belongs to. */
  sellerId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of getKycInfo. */
export interface GetKycInfoResult {
  /** ISO 3166-1 alpha-2 code of the country that issued the numbers. */
  countryCode: string | null;
  /** When the row was made. */
  createdAt: Date;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The kind of document that shows who the seller is. */
  idType: DocumentType | null;
  /** Why it was rejected. */
  rejectionReason: string | null;
  /** When the last decision was made. */
  reviewedAt: Date | null;
  /** The person who decided last; set by the database. */
  reviewedBy: string | null;
  /** The seller, whose onboarding it belongs to. */
  sellerId: string;
  /** The last characters of the tax number, at most four, by which it is recognised. */
  taxIdLastFour: string | null;
  /** When the row last changed. */
  updatedAt: Date;
  /** Whether it was verified; changed by the review only. */
  verificationStatus: VerificationStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * What is known of a seller's numbers, without the numbers, or null.
 */
export const getKycInfo = new MaybeOneQuery<GetKycInfoParams, GetKycInfoResult>('getKycInfo', `select k.id, k.seller_id, k.country_code, k.id_type, k.tax_id_last_four, k.verification_status, k.rejection_reason,
       k.reviewed_by, k.reviewed_at, k.version, k.created_at, k.updated_at
  from api.kyc_info as k
 where k.tenant_id = $1 and k.seller_id = $2`, ['tenantId!', 'sellerId!'], { callers: ['member', 'worker', 'platform'] });

/** What saveKycInfo takes. */
export interface SaveKycInfoParams {
  /** AES-256-GCM envelope of the registration number. */
  businessRegistrationNumber?: Buffer | null | undefined;
  /** HMAC-SHA-256 of the registration number, to find another row with the same number. */
  businessRegistrationNumberHash?: Buffer | null | undefined;
  /** ISO 3166-1 alpha-2 code of the country that issued the numbers. */
  countryCode: string;
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion?: number | null | undefined;
  /** The kind of document that shows who the seller is. */
  idType: DocumentType;
  /** AES-256-GCM envelope of the tax number. */
  taxId?: Buffer | null | undefined;
  /** HMAC-SHA-256 of the tax number, to find another row with the same number. */
  taxIdHash?: Buffer | null | undefined;
  /** The last characters of the tax number, at most four, by which it is recognised. */
  taxIdLastFour?: string | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of saveKycInfo. */
export interface SaveKycInfoResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether it was verified; changed by the review only. */
  verificationStatus: VerificationStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Saves the seller's own numbers as envelopes that sealKycValue made, with their blind indexes; a number that is left
 * out stays as it is. The version is needed from the second time on.
 * FORBIDDEN, NOT_FOUND, IMMUTABLE, INVALID_INPUT, VERSION_CONFLICT, VERSION_REQUIRED.
 */
export const saveKycInfo = new OneQuery<SaveKycInfoParams, SaveKycInfoResult>('saveKycInfo', `select k.id, k.verification_status, k.version
  from api.save_kyc_info(
    $1, $2, $3, $4, $5, $6,
    $7, $8
  ) as k
 where k.tenant_id = $9`, ['countryCode!', 'idType!', 'businessRegistrationNumber', 'businessRegistrationNumberHash', 'taxId', 'taxIdHash', 'taxIdLastFour', 'expectedVersion', 'tenantId!'], { callers: ['member'], closedSets: { idType: documentTypes } });

/** What requestKycReveal takes. */
export interface RequestKycRevealParams {
  /** The seller's onboarding. */
  onboardingId: string;
  /** Why they are about to be read; kept in the log. */
  reason: string;
}

/** A row of requestKycReveal. */
export interface RequestKycRevealResult {
  /** Always true: what is refused throws. */
  requested: boolean;
}

/**
 * Records why the caller is about to read a seller's numbers and documents; once that is committed, revealKycInfo and
 * openKycDocument return them for 15 minutes.
 * FORBIDDEN, NOT_FOUND, INVALID_INPUT.
 */
export const requestKycReveal = new OneQuery<RequestKycRevealParams, RequestKycRevealResult>('requestKycReveal', `select true as "requested" from api.request_kyc_reveal($1, $2)`, ['onboardingId!', 'reason!'], { callers: ['member'] });

/** What revealKycInfo takes. */
export interface RevealKycInfoParams {
  /** The onboarding. */
  onboardingId: string;
}

/** A row of revealKycInfo. */
export interface RevealKycInfoResult {
  /** AES-256-GCM envelope of the registration number. */
  businessRegistrationNumber: Buffer | null;
  /** AES-256-GCM envelope of the tax number. */
  taxId: Buffer | null;
}

/**
 * A seller's encrypted numbers, for the person who asked for them by requestKycReveal in an earlier transaction.
 * FORBIDDEN, NOT_FOUND.
 */
export const revealKycInfo = new OneQuery<RevealKycInfoParams, RevealKycInfoResult>('revealKycInfo', `select k.business_registration_number, k.tax_id
  from api.reveal_kyc_info($1) as k`, ['onboardingId!'], { callers: ['member'] });
