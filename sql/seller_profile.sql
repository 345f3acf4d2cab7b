-- The sellers of this shop, by id, in pages; also for shoppers and visitors.
/* @name listSellers :many */
select s.id, s.business_name, s.business_type, s.slug, s.bio, s.logo_asset_id, s.is_verified, s.created_at,
       s.id as "cursor!"
  from api.seller_profile as s
 where s.tenant_id = :tenantId! and (:after::uuid is null or s.id > :after)
 order by s.id
 limit :first!;

-- One seller for staff, or null.
/* @name getSeller :maybeOne */
select s.id, s.user_id, s.business_name, s.business_type, s.slug, s.bio, s.email, s.phone_number, s.logo_asset_id,
       s.is_verified, s.version, s.created_at, s.updated_at
  from api.seller_profile as s
 where s.tenant_id = :tenantId! and s.id = :sellerId!;

-- Adds a seller: the person (unless a known one is named by userId), the profile and the onboarding.
-- FORBIDDEN, NOT_FOUND, INVALID_INPUT, ALREADY_EXISTS for a slug, an e-mail address or a person who sells already.
/* @name createSeller :one */
select s.id, s.user_id, s.version
  from api.create_seller(
    :businessName!, :slug!, coalesce(:businessType, 'individual'), :userId, :displayName, :email, :phoneNumber, :bio
  ) as s
 where s.tenant_id = :tenantId!;

-- Changes what is given and keeps what is NULL. NOT_FOUND, VERSION_CONFLICT, FORBIDDEN, ALREADY_EXISTS
-- for a slug.
/* @name updateSeller :one */
update api.seller_profile as s
   set business_name = coalesce(:businessName, s.business_name),
       business_type = coalesce(:businessType, s.business_type),
       slug = coalesce(:slug, s.slug),
       bio = coalesce(:bio, s.bio),
       email = coalesce(:email, s.email),
       phone_number = coalesce(:phoneNumber, s.phone_number),
       logo_asset_id = coalesce(:logoAssetId, s.logo_asset_id),
       version = :expectedVersion!
 where s.tenant_id = :tenantId! and s.id = :sellerId!
returning s.id, s.version;
