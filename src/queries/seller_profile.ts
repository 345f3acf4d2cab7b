// Generated from sql/seller_profile.sql by "npm run generate"; do not edit.
import { businessTypes } from '../model/closed-sets.ts';
import type { BusinessType } from '../model/closed-sets.ts';
import { PagedQuery } from '../database/paged-query.ts';
import { MaybeOneQuery, OneQuery } from '../database/prepared-query.ts';

/** What listSellers takes. */
export interface ListSellersParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of listSellers. */
export interface ListSellersResult {
  /** What the seller says about the business. */
  bio: string | null;
  /** Name that buyers see. */
  businessName: string;
  /** Legal form of the business. */
  businessType: BusinessType;
  /** When the row was made. */
  createdAt: Date;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether the seller passed verification; only the review sets it. */
  isVerified: boolean;
  /** The logo. */
  logoAssetId: string | null;
  /** Name in links: lower-case letters, digits and single hyphens. */
  slug: string;
}

/**
 * The sellers of this shop, by id, in pages; also for shoppers and visitors.
 */
export const listSellers = new PagedQuery<ListSellersParams, ListSellersResult>('listSellers', `select s.id, s.business_name, s.business_type, s.slug, s.bio, s.logo_asset_id, s.is_verified, s.created_at,
       s.id as "cursor"
  from api.seller_profile as s
 where s.tenant_id = $1 and ($2::uuid is null or s.id > $2)
 order by s.id
 limit $3`, ['tenantId!', 'after', 'first'], { callers: ['member', 'buyer', 'anonymous', 'worker', 'platform'] });

/** What getSeller takes. */
export interface GetSellerParams {
  /** The seller. */
  sellerId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of getSeller. */
export interface GetSellerResult {
  /** What the seller says about the business. */
  bio: string | null;
  /** Name that buyers see. */
  businessName: string;
  /** Legal form of the business. */
  businessType: BusinessType;
  /** When the row was made. */
  createdAt: Date;
  /** E-mail address, stored in lower case. */
  email: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether the seller passed verification; only the review sets it. */
  isVerified: boolean;
  /** The logo. */
  logoAssetId: string | null;
  /** Telephone number in E.164 form. */
  phoneNumber: string | null;
  /** Name in links: lower-case letters, digits and single hyphens. */
  slug: string;
  /** When the row last changed. */
  updatedAt: Date;
  /** The person who sells. */
  userId: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * One seller for staff, or null.
 */
export const getSeller = new MaybeOneQuery<GetSellerParams, GetSellerResult>('getSeller', `select s.id, s.user_id, s.business_name, s.business_type, s.slug, s.bio, s.email, s.phone_number, s.logo_asset_id,
       s.is_verified, s.version, s.created_at, s.updated_at
  from api.seller_profile as s
 where s.tenant_id = $1 and s.id = $2`, ['tenantId!', 'sellerId!'], { callers: ['member', 'worker', 'platform'] });

/** What createSeller takes. */
export interface CreateSellerParams {
  /** What the seller says about the business. */
  bio?: string | null | undefined;
  /** Name that buyers see. */
  businessName: string;
  /** Legal form of the business. */
  businessType?: BusinessType | null | undefined;
  /** Name shown to others. */
  displayName?: string | null | undefined;
  /** E-mail address, stored in lower case. */
  email?: string | null | undefined;
  /** Telephone number in E.164 form. */
  phoneNumber?: string | null | undefined;
  /** Name in links: lower-case letters, digits and single hyphens. */
  slug: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** A person whom the merchant knows already; without it, the person is added with displayName, email and phoneNumber. */
  userId?: string | null | undefined;
}

/** A row of createSeller. */
export interface CreateSellerResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The person who sells. */
  userId: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Adds a seller: the person (unless a known one is named by userId), the profile and the onboarding.
 * FORBIDDEN, NOT_FOUND, INVALID_INPUT, ALREADY_EXISTS for a slug, an e-mail address or a person who sells already.
 */
export const createSeller = new OneQuery<CreateSellerParams, CreateSellerResult>('createSeller', `select s.id, s.user_id, s.version
  from api.create_seller(
    $1, $2, coalesce($3, 'individual'), $4, $5, $6, $7, $8
  ) as s
 where s.tenant_id = $9`, ['businessName!', 'slug!', 'businessType', 'userId', 'displayName', 'email', 'phoneNumber', 'bio', 'tenantId!'], { callers: ['member'], closedSets: { businessType: businessTypes } });

/** What updateSeller takes. */
export interface UpdateSellerParams {
  /** What the seller says about the business. */
  bio?: string | null | undefined;
  /** Name that buyers see. */
  businessName?: string | null | undefined;
  /** Legal form of the business. */
  businessType?: BusinessType | null | undefined;
  /** E-mail address, stored in lower case. */
  email?: string | null | undefined;
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The logo. */
  logoAssetId?: string | null | undefined;
  /** Telephone number in E.164 form. */
  phoneNumber?: string | null | undefined;
  /** The seller. */
  sellerId: string;
  /** Name in links: lower-case letters, digits and single hyphens. */
  slug?: string | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of updateSeller. */
export interface UpdateSellerResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Changes what is given and keeps what is NULL. NOT_FOUND, VERSION_CONFLICT, FORBIDDEN, ALREADY_EXISTS
 * for a slug.
 */
export const updateSeller = new OneQuery<UpdateSellerParams, UpdateSellerResult>('updateSeller', `update api.seller_profile as s
   set business_name = coalesce($1, s.business_name),
       business_type = coalesce($2, s.business_type),
       slug = coalesce($3, s.slug),
       bio = coalesce($4, s.bio),
       email = coalesce($5, s.email),
       phone_number = coalesce($6, s.phone_number),
       logo_asset_id = coalesce($7, s.logo_asset_id),
       version = $8
 where s.tenant_id = $9 and s.id = $10
returning s.id, s.version`, ['businessName', 'businessType', 'slug', 'bio', 'email', 'phoneNumber', 'logoAssetId', 'expectedVersion!', 'tenantId!', 'sellerId!'], { callers: ['member'], closedSets: { businessType: businessTypes } });
