// Generated from sql/kyc_info.sql by "npm run generate"; do not edit.
import type { DocumentType, VerificationStatus } from '../closed-sets.ts';
import { PreparedQuery } from '../prepared-query.ts';

/** 'GetKycInfo' parameters type */
export interface GetKycInfoParams {
  sellerId: string;
  tenantId: string;
}

/** 'GetKycInfo' return type */
export interface GetKycInfoResult {
  /** ISO 3166-1 alpha-2 code of the country that issued the numbers. */
  country_code: string | null;
  /** When the row was made. */
  created_at: Date;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The kind of document that shows who the seller is. */
  id_type: DocumentType | null;
  /** Why it was rejected. */
  rejection_reason: string | null;
  /** When it was last decided. */
  reviewed_at: Date | null;
  /** Who decided last; set by the database. */
  reviewed_by: string | null;
  /** The seller, whose onboarding it belongs to. */
  seller_id: string;
  /** Its last characters, at most four, to recognise it by. */
  tax_id_last_four: string | null;
  /** When the row last changed. */
  updated_at: Date;
  /** Whether it was verified; changed by the review only. */
  verification_status: VerificationStatus;
  /** Version for optimistic locking: an update names the one it read. */
  version: number;
}

/**
 * What is known of a seller's numbers, without the numbers, or no row.
 */
export const getKycInfo = new PreparedQuery<GetKycInfoParams, GetKycInfoResult>('getKycInfo', `select k.id, k.seller_id, k.country_code, k.id_type, k.tax_id_last_four, k.verification_status, k.rejection_reason,
       k.reviewed_by, k.reviewed_at, k.version, k.created_at, k.updated_at
  from api.kyc_info as k
 where k.tenant_id = $1 and k.seller_id = $2`, ['tenantId', 'sellerId']);

/** 'SaveKycInfo' parameters type */
export interface SaveKycInfoParams {
  businessRegistrationNumber?: Buffer | null | undefined;
  businessRegistrationNumberHash?: Buffer | null | undefined;
  countryCode: string;
  expectedVersion?: number | null | undefined;
  idType: DocumentType;
  taxId?: Buffer | null | undefined;
  taxIdHash?: Buffer | null | undefined;
  taxIdLastFour?: string | null | undefined;
  tenantId: string;
}

/** 'SaveKycInfo' return type */
export interface SaveKycInfoResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether it was verified; changed by the review only. */
  verification_status: VerificationStatus;
  /** Version for optimistic locking: an update names the one it read. */
  version: number;
}

/**
 * Saves the own numbers as envelopes that sealKycValue made, with their blind indexes; a number that is left
 * out stays as it is. The version is needed from the second time on.
 * FORBIDDEN, NOT_FOUND, IMMUTABLE, INVALID_INPUT, VERSION_CONFLICT, VERSION_REQUIRED.
 */
export const saveKycInfo = new PreparedQuery<SaveKycInfoParams, SaveKycInfoResult>('saveKycInfo', `select k.id, k.verification_status, k.version
  from api.save_kyc_info(
    $1, $2, $3, $4, $5, $6,
    $7, $8
  ) as k
 where k.tenant_id = $9`, ['countryCode', 'idType', 'businessRegistrationNumber', 'businessRegistrationNumberHash', 'taxId', 'taxIdHash', 'taxIdLastFour', 'expectedVersion', 'tenantId']);

/** 'RequestKycReveal' parameters type */
export interface RequestKycRevealParams {
  onboardingId: string;
  reason: string;
}

/** 'RequestKycReveal' return type */
export interface RequestKycRevealResult {
  requested: boolean;
}

/**
 * Says why a seller's numbers are about to be read; once committed, revealKycInfo gives them for 15 minutes.
 * FORBIDDEN, NOT_FOUND, INVALID_INPUT.
 */
export const requestKycReveal = new PreparedQuery<RequestKycRevealParams, RequestKycRevealResult>('requestKycReveal', `select true as "requested" from api.request_kyc_reveal($1, $2)`, ['onboardingId', 'reason']);

/** 'RevealKycInfo' parameters type */
export interface RevealKycInfoParams {
  onboardingId: string;
}

/** 'RevealKycInfo' return type */
export interface RevealKycInfoResult {
  business_registration_number: Buffer | null;
  tax_id: Buffer | null;
}

/**
 * A seller's encrypted numbers, to whoever asked for them by requestKycReveal in an earlier transaction.
 * FORBIDDEN, NOT_FOUND.
 */
export const revealKycInfo = new PreparedQuery<RevealKycInfoParams, RevealKycInfoResult>('revealKycInfo', `select k.business_registration_number, k.tax_id
  from api.reveal_kyc_info($1) as k`, ['onboardingId']);
