-- One person of the tenant as staff, or the person itself, may know them, or null.
/* @name getUser :maybeOne */
select u.id, u.display_name, u.email, u.phone_number, u.locale, u.version, u.created_at, u.updated_at
  from api.users as u
 where u.tenant_id = :tenantId! and u.id = :userId!;

-- Changes what is given and keeps what is NULL. NOT_FOUND, VERSION_CONFLICT, FORBIDDEN.
/* @name updateUser :one */
update api.users as u
   set display_name = coalesce(:displayName, u.display_name),
       phone_number = coalesce(:phoneNumber, u.phone_number),
       locale = coalesce(:locale, u.locale),
       version = :expectedVersion!
 where u.tenant_id = :tenantId! and u.id = :userId!
returning u.id, u.version;

-- Replaces the details that the session's person has given about themselves in this shop; NULL: no telephone number, no
-- currency. The version is that of the users row. FORBIDDEN for a person who has not registered, NOT_FOUND,
-- VERSION_CONFLICT, INVALID_INPUT.
/* @name updateMyProfile :one */
select p.user_id as "user_id!", p.display_name as "display_name!", p.phone_number,
       p.preferred_language as "preferred_language!", p.default_currency, p.version as "version!"
  from api.update_my_profile(
    :displayName!, :phoneNumber, :preferredLanguage!, :expectedVersion!, :defaultCurrency
  ) as p;
