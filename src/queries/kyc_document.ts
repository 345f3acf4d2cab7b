// Generated from sql/kyc_document.sql by "npm run generate"; do not edit.
import { documentTypes, sides } from '../model/closed-sets.ts';
import type { DocumentType, Side, VerificationStatus } from '../model/closed-sets.ts';
import { PagedQuery } from '../database/paged-query.ts';
import { OneQuery } from '../database/prepared-query.ts';

/** What listKycDocuments takes. */
export interface ListKycDocumentsParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** The onboarding. */
  onboardingId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of listKycDocuments. */
export interface ListKycDocumentsResult {
  /** When the row was made. */
  createdAt: Date;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** Kind of document. */
  documentType: DocumentType;
  /** Day on which it expires. */
  expiresOn: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Day on which the document was issued. */
  issuedOn: string | null;
  /** Media type, such as application/pdf. */
  mimeType: string | null;
  /** Why it was rejected. */
  rejectionReason: string | null;
  /** When the last decision was made. */
  reviewedAt: Date | null;
  /** The person who decided last; set by the database. */
  reviewedBy: string | null;
  /** Which side of the document the file shows; NULL: all of it. */
  side: Side | null;
  /** Size in bytes. */
  sizeBytes: string | null;
  /** Whether it was verified; changed by the review only. */
  verificationStatus: VerificationStatus;
}

/**
 * The documents of an onboarding, the newest first, in pages.
 */
export const listKycDocuments = new PagedQuery<ListKycDocumentsParams, ListKycDocumentsResult>('listKycDocuments', `select d.id, d.document_type, d.side, d.verification_status, d.mime_type, d.size_bytes, d.issued_on, d.expires_on,
       d.reviewed_by, d.reviewed_at, d.rejection_reason, d.created_at, d.id as "cursor"
  from api.kyc_document as d
 where d.tenant_id = $1
   and d.seller_onboarding_id = $2
   and ($3::uuid is null or d.id < $3)
 order by d.id desc
 limit $4`, ['tenantId!', 'onboardingId!', 'after', 'first'], { callers: ['member', 'worker', 'platform'] });

/** What addKycDocument takes. */
export interface AddKycDocumentParams {
  /** Kind of document. */
  documentType: DocumentType;
  /** Key of the private object that holds the file, which request_upload gave the seller for kyc; no query returns it. */
  documentUrl: string;
  /** Day on which it expires. */
  expiresOn?: string | null | undefined;
  /** Day on which the document was issued. */
  issuedOn?: string | null | undefined;
  /** SHA-256 digest of the file. */
  sha256?: Buffer | null | undefined;
  /** Which side the file shows; without it, the file shows the whole document. */
  side?: Side | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of addKycDocument. */
export interface AddKycDocumentResult {
  /** Kind of document. */
  documentType: DocumentType;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Which side of the document the file shows; NULL: all of it. */
  side: Side | null;
  /** Whether it was verified; changed by the review only. */
  verificationStatus: VerificationStatus;
}

/**
 * Adds a document, or a side of it, to the seller's own onboarding, by the key of its private object, which
 * requestUpload granted. FORBIDDEN, NOT_FOUND, IMMUTABLE, INVALID_INPUT, ALREADY_EXISTS while one of its type and side
 * waits.
 */
export const addKycDocument = new OneQuery<AddKycDocumentParams, AddKycDocumentResult>('addKycDocument', `select d.id, d.document_type, d.side, d.verification_status
  from api.add_kyc_document(
    $1, $2, $3, $4, $5, $6
  ) as d
 where d.tenant_id = $7`, ['documentType!', 'documentUrl!', 'sha256', 'issuedOn', 'expiresOn', 'side', 'tenantId!'], { callers: ['member'], closedSets: { documentType: documentTypes, side: sides }, days: ['issuedOn', 'expiresOn'] });

/** What reviewDocument takes. */
export interface ReviewDocumentParams {
  /** The decision. */
  decision: 'verified' | 'rejected';
  /** The document. */
  documentId: string;
  /** Why it is rejected. */
  reason?: string | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of reviewDocument. */
export interface ReviewDocumentResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** When the last decision was made. */
  reviewedAt: Date | null;
  /** Whether it was verified; changed by the review only. */
  verificationStatus: VerificationStatus;
}

/**
 * Decides on a document; a rejection has a reason. FORBIDDEN, NOT_FOUND, INVALID_TRANSITION, INVALID_INPUT.
 */
export const reviewDocument = new OneQuery<ReviewDocumentParams, ReviewDocumentResult>('reviewDocument', `select d.id, d.verification_status, d.reviewed_at
  from api.review_document($1, $2, $3) as d
 where d.tenant_id = $4`, ['documentId!', 'decision!', 'reason', 'tenantId!'], { callers: ['member'], closedSets: { decision: ['verified', 'rejected'] } });

/** What openKycDocument takes. */
export interface OpenKycDocumentParams {
  /** The document. */
  documentId: string;
}

/** A row of openKycDocument. */
export interface OpenKycDocumentResult {
  /** Key of the private object; never a public link. */
  documentUrl: string | null;
  /** Media type, such as application/pdf. */
  mimeType: string | null;
  /** SHA-256 of the content. */
  sha256: Buffer | null;
}

/**
 * Where a document is stored, for the reviewer who asked for it by requestKycReveal in an earlier transaction.
 * FORBIDDEN, NOT_FOUND.
 */
export const openKycDocument = new OneQuery<OpenKycDocumentParams, OpenKycDocumentResult>('openKycDocument', `select d.document_url, d.mime_type, d.sha256
  from api.open_kyc_document($1) as d`, ['documentId!'], { callers: ['member'] });
