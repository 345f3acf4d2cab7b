-- Who sells here, by id, in pages; also for shoppers and visitors.
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
