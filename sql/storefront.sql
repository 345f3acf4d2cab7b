-- The shop's storefront, or null; shoppers and visitors see it once it is published.
/* @name getStorefront :maybeOne */
select s.id, s.theme_id, s.published_version_id, s.is_published, s.published_at, s.custom_domain, s.meta_title,
       s.meta_description, s.config
  from api.storefront as s
 where s.tenant_id = :tenantId!;

-- The active banners of one place, the most important first, in pages; also for shoppers and visitors. The caller
-- compares starts_at and ends_at with the current time.
/* @name listBanners :many */
select b.id, b.banner_type, b.placement, b.priority, b.title, b.subtitle, b.link_url, b.asset_id, b.locale, b.starts_at,
       b.ends_at, json_build_array(b.priority, b.id) as "cursor!"
  from api.storefront_banner as b
 where b.tenant_id = :tenantId!
   and b.storefront_id = :storefrontId!
   and b.placement = :placement!
   and b.is_active
   and (:after::jsonb is null
     or (b.priority, b.id) < ((:after::jsonb ->> 0)::integer, (:after::jsonb ->> 1)::uuid))
 order by b.priority desc, b.id desc
 limit :first!;

-- The themes of the platform and of the shop, by id, in pages.
/* @name listThemes :many */
select t.id, t.name, t.description, t.is_system, t.tokens, t.id as "cursor!"
  from api.storefront_theme as t
 where (t.tenant_id = :tenantId! or t.tenant_id is null) and (:after::uuid is null or t.id > :after)
 order by t.id
 limit :first!;

-- The published versions, the latest first, in pages.
/* @name listStorefrontVersions :many */
select v.id, v.version_number, v.theme_id, v.change_summary, v.created_by, v.created_at, v.version_number as "cursor!"
  from api.storefront_versions as v
 where v.tenant_id = :tenantId!
   and v.storefront_id = :storefrontId!
   and (:after::integer is null or v.version_number < :after)
 order by v.version_number desc
 limit :first!;

-- One published version with its contents, or null.
/* @name getStorefrontVersion :maybeOne */
select v.id, v.version_number, v.theme_id, v.snapshot, v.created_at
  from api.storefront_versions as v
 where v.tenant_id = :tenantId! and v.id = :versionId!;

-- Drafts of the storefront, the latest changed first, in pages.
/* @name listStorefrontDrafts :many */
select d.id, d.name, d.theme_id, d.base_version_id, d.config, d.created_by, d.expires_at, d.version, d.updated_at,
       json_build_array(d.updated_at, d.id) as "cursor!"
  from api.storefront_drafts as d
 where d.tenant_id = :tenantId!
   and d.storefront_id = :storefrontId!
   and (:after::jsonb is null
     or (d.updated_at, d.id) < ((:after::jsonb ->> 0)::timestamptz, (:after::jsonb ->> 1)::uuid))
 order by d.updated_at desc, d.id desc
 limit :first!;

-- Files of one type, the newest first, in pages.
/* @name listAssets :many */
select a.id, a.file_name, a.file_type, a.url, a.mime_type, a.size_bytes, a.width, a.height, a.alt_text, a.is_private,
       a.created_at, json_build_array(a.created_at, a.id) as "cursor!"
  from api.storefront_asset as a
 where a.tenant_id = :tenantId!
   and a.file_type = :fileType!
   and (:after::jsonb is null
     or (a.created_at, a.id) < ((:after::jsonb ->> 0)::timestamptz, (:after::jsonb ->> 1)::uuid))
 order by a.created_at desc, a.id desc
 limit :first!;

-- Adds a file that was uploaded. By sha256 the same file can be found again. FORBIDDEN, ALREADY_EXISTS, INVALID_INPUT.
/* @name createAsset :one */
insert into api.storefront_asset (
  file_name, file_type, url, mime_type, size_bytes, width, height, sha256, alt_text, is_private
)
select :fileName!::text, :fileType!::text, :url!::text, :mimeType::text, :sizeBytes::bigint, :width::integer,
       :height::integer, :sha256::bytea, :altText::text, coalesce(:isPrivate::boolean, false)
  from api.tenant as t
 where t.id = :tenantId!
returning id, url;

-- Begins a draft of the storefront, with its theme unless another is named, or changes that of draftId at
-- expectedVersion. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, VERSION_REQUIRED, INVALID_INPUT.
/* @name saveDraft :one */
select d.id, d.name, d.theme_id, d.version
  from api.save_draft(:config!::jsonb, :themeId, :name, :draftId, :expectedVersion) as d
 where d.tenant_id = :tenantId!;

-- Publishes the storefront as it is, or as a draft has it, as the next version. expectedVersion is the
-- storefront's. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_INPUT.
/* @name publishStorefront :one */
select v.id, v.version_number, v.created_at
  from api.publish_storefront(:expectedVersion!, :draftId, :changeSummary) as v
 where v.tenant_id = :tenantId!;

-- Publishes a new version that is equal to a former one. expectedVersion is the storefront's.
-- FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_INPUT.
/* @name rollbackStorefront :one */
select v.id, v.version_number, v.created_at
  from api.rollback_storefront(:versionId!, :expectedVersion!) as v
 where v.tenant_id = :tenantId!;

-- Hides the storefront from visitors; its versions stay. FORBIDDEN, VERSION_CONFLICT, INVALID_TRANSITION.
/* @name unpublishStorefront :one */
select s.id, s.is_published, s.version
  from api.unpublish_storefront(:expectedVersion!) as s
 where s.tenant_id = :tenantId!;

-- Claims a host name for the storefront in the place of the former one, or gives the former one up (NULL). The name
-- leads to no storefront until it is verified. FORBIDDEN, VERSION_CONFLICT, ALREADY_EXISTS, INVALID_INPUT.
/* @name setCustomDomain :one */
select s.id, s.custom_domain, s.domain_verified_at, s.version
  from api.set_custom_domain(:customDomain, :expectedVersion!) as s
 where s.tenant_id = :tenantId!;

-- The storefront for staff, with the version that publishing needs, or null.
/* @name getStorefrontForStaff :maybeOne */
select s.id, s.theme_id, s.published_version_id, s.published_by, s.is_published, s.published_at, s.custom_domain,
       s.domain_verified_at, s.meta_title, s.meta_description, s.config, s.version, s.updated_at
  from api.storefront as s
 where s.tenant_id = :tenantId!;
