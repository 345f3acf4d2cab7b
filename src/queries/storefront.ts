// Generated from sql/storefront.sql by "npm run generate"; do not edit.
import { bannerPlacements, fileTypes } from '../model/closed-sets.ts';
import type { BannerPlacement, BannerType, FileType } from '../model/closed-sets.ts';
import type { JsonObject } from '../model/json.ts';
import { PagedQuery } from '../database/paged-query.ts';
import { MaybeOneQuery, OneQuery } from '../database/prepared-query.ts';

/** What getStorefront takes. */
export interface GetStorefrontParams {
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of getStorefront. */
export interface GetStorefrontResult {
  /** Layout and social links, a JSON object of at most 64 KiB. */
  config: JsonObject;
  /** The merchant's own host name, lower case; unique on the whole platform. */
  customDomain: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether visitors see it. */
  isPublished: boolean;
  /** Description for search engines. */
  metaDescription: string | null;
  /** Title for search engines. */
  metaTitle: string | null;
  /** When it was last published. */
  publishedAt: Date | null;
  /** The version that visitors see. */
  publishedVersionId: string | null;
  /** Its theme, which is one of the merchant's or of the platform's. */
  themeId: string;
}

/**
 * The shop's storefront, or null; shoppers and visitors see it once it is published.
 */
export const getStorefront = new MaybeOneQuery<GetStorefrontParams, GetStorefrontResult>('getStorefront', `select s.id, s.theme_id, s.published_version_id, s.is_published, s.published_at, s.custom_domain, s.meta_title,
       s.meta_description, s.config
  from api.storefront as s
 where s.tenant_id = $1`, ['tenantId!'], { callers: ['member', 'buyer', 'anonymous', 'worker', 'platform'] });

/** What listBanners takes. */
export interface ListBannersParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** Where it is shown. */
  placement: BannerPlacement;
  /** The storefront. */
  storefrontId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of listBanners. */
export interface ListBannersResult {
  /** The picture; NULL for a banner of text. */
  assetId: string | null;
  /** Kind of banner. */
  bannerType: BannerType;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** Until when it is shown; NULL: without end. */
  endsAt: Date | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Where it leads. */
  linkUrl: string | null;
  /** BCP 47 tag of the language it is for; NULL: every language. */
  locale: string | null;
  /** Where it is shown. */
  placement: BannerPlacement;
  /** Order within a place: the highest first. */
  priority: number;
  /** From when it is shown; NULL: at once. */
  startsAt: Date | null;
  /** More words on it. */
  subtitle: string | null;
  /** Words on it. */
  title: string | null;
}

/**
 * The active banners of one place, the most important first, in pages; also for shoppers and visitors. The caller
 * compares startsAt and endsAt with the current time.
 */
export const listBanners = new PagedQuery<ListBannersParams, ListBannersResult>('listBanners', `select b.id, b.banner_type, b.placement, b.priority, b.title, b.subtitle, b.link_url, b.asset_id, b.locale, b.starts_at,
       b.ends_at, json_build_array(b.priority, b.id) as "cursor"
  from api.storefront_banner as b
 where b.tenant_id = $1
   and b.storefront_id = $2
   and b.placement = $3
   and b.is_active
   and ($4::jsonb is null
     or (b.priority, b.id) < (($4::jsonb ->> 0)::integer, ($4::jsonb ->> 1)::uuid))
 order by b.priority desc, b.id desc
 limit $5`, ['tenantId!', 'storefrontId!', 'placement!', 'after', 'first'], { callers: ['member', 'buyer', 'anonymous', 'worker', 'platform'], closedSets: { placement: bannerPlacements } });

/** What listThemes takes. */
export interface ListThemesParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of listThemes. */
export interface ListThemesResult {
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** What it looks like. */
  description: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether it is a theme of the platform. */
  isSystem: boolean;
  /** Name, unique among the merchant's live themes. */
  name: string;
  /** Colours, typography, layout and component styles, a JSON object of at most 64 KiB. */
  tokens: JsonObject;
}

/**
 * The themes of the platform and of the shop, by id, in pages.
 */
export const listThemes = new PagedQuery<ListThemesParams, ListThemesResult>('listThemes', `select t.id, t.name, t.description, t.is_system, t.tokens, t.id as "cursor"
  from api.storefront_theme as t
 where (t.tenant_id = $1 or t.tenant_id is null) and ($2::uuid is null or t.id > $2)
 order by t.id
 limit $3`, ['tenantId!', 'after', 'first'], { callers: ['member', 'buyer', 'anonymous', 'worker', 'platform'] });

/** What listStorefrontVersions takes. */
export interface ListStorefrontVersionsParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** The storefront. */
  storefrontId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of listStorefrontVersions. */
export interface ListStorefrontVersionsResult {
  /** What is new in it. */
  changeSummary: string | null;
  /** When it was published. */
  createdAt: Date;
  /** The person who published it; set by the database. */
  createdBy: string | null;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The theme it was published with. */
  themeId: string;
  /** Number of the version, from 1. */
  versionNumber: number;
}

/**
 * The published versions, the latest first, in pages.
 */
export const listStorefrontVersions = new PagedQuery<ListStorefrontVersionsParams, ListStorefrontVersionsResult>('listStorefrontVersions', `select v.id, v.version_number, v.theme_id, v.change_summary, v.created_by, v.created_at, v.version_number as "cursor"
  from api.storefront_versions as v
 where v.tenant_id = $1
   and v.storefront_id = $2
   and ($3::integer is null or v.version_number < $3)
 order by v.version_number desc
 limit $4`, ['tenantId!', 'storefrontId!', 'after', 'first'], { callers: ['member', 'worker', 'platform'] });

/** What getStorefrontVersion takes. */
export interface GetStorefrontVersionParams {
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** The version. */
  versionId: string;
}

/** A row of getStorefrontVersion. */
export interface GetStorefrontVersionResult {
  /** When it was published. */
  createdAt: Date;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** What was published, a JSON object of at most 64 KiB. */
  snapshot: JsonObject;
  /** The theme it was published with. */
  themeId: string;
  /** Number of the version, from 1. */
  versionNumber: number;
}

/**
 * One published version with its contents, or null.
 */
export const getStorefrontVersion = new MaybeOneQuery<GetStorefrontVersionParams, GetStorefrontVersionResult>('getStorefrontVersion', `select v.id, v.version_number, v.theme_id, v.snapshot, v.created_at
  from api.storefront_versions as v
 where v.tenant_id = $1 and v.id = $2`, ['tenantId!', 'versionId!'], { callers: ['member', 'buyer', 'anonymous', 'worker', 'platform'] });

/** What listStorefrontDrafts takes. */
export interface ListStorefrontDraftsParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** The storefront. */
  storefrontId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of listStorefrontDrafts. */
export interface ListStorefrontDraftsResult {
  /** The published version that it began from. */
  baseVersionId: string | null;
  /** Layout and content, a JSON object of at most 64 KiB. */
  config: JsonObject;
  /** The person who began it; set by the database. */
  createdBy: string | null;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** The time after which it may be deleted. */
  expiresAt: Date | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Name for the staff. */
  name: string | null;
  /** Its theme, which is one of the merchant's or of the platform's. */
  themeId: string;
  /** When the row last changed. */
  updatedAt: Date;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Drafts of the storefront, the latest changed first, in pages.
 */
export const listStorefrontDrafts = new PagedQuery<ListStorefrontDraftsParams, ListStorefrontDraftsResult>('listStorefrontDrafts', `select d.id, d.name, d.theme_id, d.base_version_id, d.config, d.created_by, d.expires_at, d.version, d.updated_at,
       json_build_array(d.updated_at, d.id) as "cursor"
  from api.storefront_drafts as d
 where d.tenant_id = $1
   and d.storefront_id = $2
   and ($3::jsonb is null
     or (d.updated_at, d.id) < (($3::jsonb ->> 0)::timestamptz, ($3::jsonb ->> 1)::uuid))
 order by d.updated_at desc, d.id desc
 limit $4`, ['tenantId!', 'storefrontId!', 'after', 'first'], { callers: ['member', 'worker', 'platform'] });

/** What listAssets takes. */
export interface ListAssetsParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** Kind of file. */
  fileType: FileType;
  /** How many rows at most, from 1. */
  first: number;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of listAssets. */
export interface ListAssetsResult {
  /** Alternative text, for people who cannot see the picture. */
  altText: string | null;
  /** When the row was made. */
  createdAt: Date;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** Name that it was uploaded under. */
  fileName: string;
  /** Kind of file. */
  fileType: FileType;
  /** Height in pixels. */
  height: number | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether it is hidden from visitors, as a proof of payment is. */
  isPrivate: boolean;
  /** Media type, such as image/png. */
  mimeType: string | null;
  /** Size in bytes; counts against the plan's storage. */
  sizeBytes: string | null;
  /** Where it is stored. */
  url: string;
  /** Width in pixels. */
  width: number | null;
}

/**
 * Files of one type, the newest first, in pages.
 */
export const listAssets = new PagedQuery<ListAssetsParams, ListAssetsResult>('listAssets', `select a.id, a.file_name, a.file_type, a.url, a.mime_type, a.size_bytes, a.width, a.height, a.alt_text, a.is_private,
       a.created_at, json_build_array(a.created_at, a.id) as "cursor"
  from api.storefront_asset as a
 where a.tenant_id = $1
   and a.file_type = $2
   and ($3::jsonb is null
     or (a.created_at, a.id) < (($3::jsonb ->> 0)::timestamptz, ($3::jsonb ->> 1)::uuid))
 order by a.created_at desc, a.id desc
 limit $4`, ['tenantId!', 'fileType!', 'after', 'first'], { callers: ['member', 'buyer', 'anonymous', 'worker', 'platform'], closedSets: { fileType: fileTypes } });

/** What createAsset takes. */
export interface CreateAssetParams {
  /** Alternative text, for people who cannot see the picture. */
  altText?: string | null | undefined;
  /** Name that it was uploaded under. */
  fileName: string;
  /** Kind of file. */
  fileType: FileType;
  /** Height in pixels. */
  height?: number | null | undefined;
  /** Whether it is hidden from visitors, as a proof of payment is. */
  isPrivate?: boolean | null | undefined;
  /** Media type, such as image/png. */
  mimeType?: string | null | undefined;
  /** SHA-256 of the content, to find a file that is there already. */
  sha256?: Buffer | null | undefined;
  /** Size in bytes; counts against the plan's storage. */
  sizeBytes?: string | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** Where it is stored. */
  url: string;
  /** Width in pixels. */
  width?: number | null | undefined;
}

/** A row of createAsset. */
export interface CreateAssetResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Where it is stored. */
  url: string;
}

/**
 * Adds a file that was uploaded. By sha256 the same file can be found again. FORBIDDEN, ALREADY_EXISTS, INVALID_INPUT.
 */
export const createAsset = new OneQuery<CreateAssetParams, CreateAssetResult>('createAsset', `insert into api.storefront_asset (
  file_name, file_type, url, mime_type, size_bytes, width, height, sha256, alt_text, is_private
)
select $1::text, $2::text, $3::text, $4::text, $5::bigint, $6::integer,
       $7::integer, $8::bytea, $9::text, coalesce($10::boolean, false)
  from api.tenant as t
 where t.id = $11
returning id, url`, ['fileName!', 'fileType!', 'url!', 'mimeType', 'sizeBytes', 'width', 'height', 'sha256', 'altText', 'isPrivate', 'tenantId!'], { callers: ['member'], closedSets: { fileType: fileTypes } });

/** What saveDraft takes. */
export interface SaveDraftParams {
  /** Layout and content, a JSON object of at most 64 KiB. */
  config: JsonObject;
  /** The draft. */
  draftId?: string | null | undefined;
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion?: number | null | undefined;
  /** Name for the staff. */
  name?: string | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** Its theme, which is one of the merchant's or of the platform's. */
  themeId?: string | null | undefined;
}

/** A row of saveDraft. */
export interface SaveDraftResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Name for the staff. */
  name: string | null;
  /** Its theme, which is one of the merchant's or of the platform's. */
  themeId: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Begins a draft of the storefront, with its theme unless another is named, or changes that of draftId at
 * expectedVersion. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, VERSION_REQUIRED, INVALID_INPUT.
 */
export const saveDraft = new OneQuery<SaveDraftParams, SaveDraftResult>('saveDraft', `select d.id, d.name, d.theme_id, d.version
  from api.save_draft($1::jsonb, $2, $3, $4, $5) as d
 where d.tenant_id = $6`, ['config!', 'themeId', 'name', 'draftId', 'expectedVersion', 'tenantId!'], { callers: ['member'] });

/** What publishStorefront takes. */
export interface PublishStorefrontParams {
  /** What is new in it. */
  changeSummary?: string | null | undefined;
  /** The draft. */
  draftId?: string | null | undefined;
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of publishStorefront. */
export interface PublishStorefrontResult {
  /** When it was published. */
  createdAt: Date;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Number of the version, from 1. */
  versionNumber: number;
}

/**
 * Publishes the storefront as it is, or as a draft has it, as the next version. expectedVersion is the
 * storefront's. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_INPUT.
 */
export const publishStorefront = new OneQuery<PublishStorefrontParams, PublishStorefrontResult>('publishStorefront', `select v.id, v.version_number, v.created_at
  from api.publish_storefront($1, $2, $3) as v
 where v.tenant_id = $4`, ['expectedVersion!', 'draftId', 'changeSummary', 'tenantId!'], { callers: ['member'] });

/** What rollbackStorefront takes. */
export interface RollbackStorefrontParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** The version. */
  versionId: string;
}

/** A row of rollbackStorefront. */
export interface RollbackStorefrontResult {
  /** When it was published. */
  createdAt: Date;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Number of the version, from 1. */
  versionNumber: number;
}

/**
 * Publishes a new version that is equal to a former one. expectedVersion is the storefront's.
 * FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_INPUT.
 */
export const rollbackStorefront = new OneQuery<RollbackStorefrontParams, RollbackStorefrontResult>('rollbackStorefront', `select v.id, v.version_number, v.created_at
  from api.rollback_storefront($1, $2) as v
 where v.tenant_id = $3`, ['versionId!', 'expectedVersion!', 'tenantId!'], { callers: ['member'] });

/** What unpublishStorefront takes. */
export interface UnpublishStorefrontParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of unpublishStorefront. */
export interface UnpublishStorefrontResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether visitors see it. */
  isPublished: boolean;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Hides the storefront from visitors; its versions stay. FORBIDDEN, VERSION_CONFLICT, INVALID_TRANSITION.
 */
export const unpublishStorefront = new OneQuery<UnpublishStorefrontParams, UnpublishStorefrontResult>('unpublishStorefront', `select s.id, s.is_published, s.version
  from api.unpublish_storefront($1) as s
 where s.tenant_id = $2`, ['expectedVersion!', 'tenantId!'], { callers: ['member'] });

/** What setCustomDomain takes. */
export interface SetCustomDomainParams {
  /** The merchant's own host name, lower case; unique on the whole platform. */
  customDomain?: string | null | undefined;
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of setCustomDomain. */
export interface SetCustomDomainResult {
  /** The merchant's own host name, lower case; unique on the whole platform. */
  customDomain: string | null;
  /** When control of the custom domain was proved. */
  domainVerifiedAt: Date | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Claims a host name for the storefront in the place of the former one, or gives the former one up (NULL). The name
 * leads to no storefront until it is verified. FORBIDDEN, VERSION_CONFLICT, ALREADY_EXISTS, INVALID_INPUT.
 */
export const setCustomDomain = new OneQuery<SetCustomDomainParams, SetCustomDomainResult>('setCustomDomain', `select s.id, s.custom_domain, s.domain_verified_at, s.version
  from api.set_custom_domain($1, $2) as s
 where s.tenant_id = $3`, ['customDomain', 'expectedVersion!', 'tenantId!'], { callers: ['member'] });

/** What getStorefrontForStaff takes. */
export interface GetStorefrontForStaffParams {
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of getStorefrontForStaff. */
export interface GetStorefrontForStaffResult {
  /** Layout and social links, a JSON object of at most 64 KiB. */
  config: JsonObject;
  /** The merchant's own host name, lower case; unique on the whole platform. */
  customDomain: string | null;
  /** When control of the custom domain was proved. */
  domainVerifiedAt: Date | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether visitors see it. */
  isPublished: boolean;
  /** Description for search engines. */
  metaDescription: string | null;
  /** Title for search engines. */
  metaTitle: string | null;
  /** When it was last published. */
  publishedAt: Date | null;
  /** The person who published it; set by the database. */
  publishedBy: string | null;
  /** The version that visitors see. */
  publishedVersionId: string | null;
  /** Its theme, which is one of the merchant's or of the platform's. */
  themeId: string;
  /** When the row last changed. */
  updatedAt: Date;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * The storefront for staff, with the version that publishing needs, or null.
 */
export const getStorefrontForStaff = new MaybeOneQuery<GetStorefrontForStaffParams, GetStorefrontForStaffResult>('getStorefrontForStaff', `select s.id, s.theme_id, s.published_version_id, s.published_by, s.is_published, s.published_at, s.custom_domain,
       s.domain_verified_at, s.meta_title, s.meta_description, s.config, s.version, s.updated_at
  from api.storefront as s
 where s.tenant_id = $1`, ['tenantId!'], { callers: ['member', 'worker', 'platform'] });
