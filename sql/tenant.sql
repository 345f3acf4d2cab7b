-- The shop as shoppers and visitors know it.
/* @name getShop :maybeOne */
select t.id, t.name, t.domain, t.default_currency, t.prices_include_tax, t.shipping_tax_rate, t.default_language,
       t.timezone
  from api.tenant as t
 where t.id = :tenantId!;

-- The merchant as staff know it.
/* @name getTenant :maybeOne */
select t.id, t.name, t.domain, t.status, t.is_active, t.subscription_tier, t.default_currency, t.default_language,
       t.prices_include_tax, t.shipping_tax_rate, t.country_code, t.timezone, t.email, t.phone_number, t.settings, t.suspended_at, t.version, t.created_at,
       t.updated_at
  from api.tenant as t
 where t.id = :tenantId!;

-- Changes what is given and keeps what is NULL. VERSION_CONFLICT, FORBIDDEN, INVALID_INPUT.
/* @name updateTenant :one */
update api.tenant as t
   set name = coalesce(:name, t.name),
       default_currency = coalesce(:defaultCurrency, t.default_currency),
       default_language = coalesce(:defaultLanguage, t.default_language),
       country_code = coalesce(:countryCode, t.country_code),
       prices_include_tax = coalesce(:pricesIncludeTax, t.prices_include_tax),
       shipping_tax_rate = coalesce(:shippingTaxRate, t.shipping_tax_rate),
       timezone = coalesce(:timezone, t.timezone),
       email = coalesce(:email, t.email),
       phone_number = coalesce(:phoneNumber, t.phone_number),
       settings = coalesce(:settings::jsonb, t.settings),
       version = :expectedVersion!
 where t.id = :tenantId!
returning t.id, t.version;

-- As worker: makes a tenant with its owner and an unpublished storefront. A repeat with the same key returns the
-- same tenant. country: ISO 3166-1 alpha-2; currency: ISO 4217; language: BCP 47; tier: a code of listPlans.
-- ALREADY_EXISTS when the domain is taken, IDEMPOTENCY_MISMATCH, INVALID_INPUT.
-- @type tier string
-- @doc authSubject The owner's subject at the identity provider.
-- @doc country ISO 3166-1 alpha-2 code.
-- @doc currency ISO 4217 code.
-- @doc language BCP 47 tag.
-- @doc ownerEmail The owner's e-mail address.
-- @doc tier A code of listPlans.
/* @name provisionTenant :one */
select internal.provision_tenant(
    :name!, :domain!, :ownerEmail!, :authSubject!, :country!, :currency!, :language!, :tier!, :idempotencyKey!
  ) as "tenant_id!";

-- As worker: finds the tenant of a verified host name; a port is ignored. NOT_FOUND for any other host.
/* @name resolveTenant :one */
select r.tenant_id as "tenant_id!", r.name as "name!", r.is_active as "is_active!"
  from internal.resolve_tenant(:host!) as r;

-- As worker: suspends a merchant until reactivateTenant, with a reason; returns the new version.
-- NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION, INVALID_INPUT.
-- @doc reason The reason, for the log.
-- @doc version The new version.
/* @name suspendTenant :one */
select internal.suspend_tenant(:tenantId!, :reason!, :expectedVersion!) as "version!";

-- As worker: ends the suspension of a merchant, with a reason; returns the new version.
-- NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION, INVALID_INPUT.
-- @doc reason The reason, for the log.
-- @doc version The new version.
/* @name reactivateTenant :one */
select internal.reactivate_tenant(:tenantId!, :reason!, :expectedVersion!) as "version!";

-- As worker: announces that a merchant leaves. The merchant works on until closeTenant, and stays after
-- reactivateTenant. Returns the new version.
-- NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION, INVALID_INPUT.
-- @doc reason The reason, for the log.
-- @doc version The new version.
/* @name beginClosing :one */
select internal.begin_closing(:tenantId!, :reason!, :expectedVersion!) as "version!";

-- As worker: closes a merchant for good, after beginClosing; returns the new version.
-- NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION, INVALID_INPUT.
-- @doc reason The reason, for the log.
-- @doc version The new version.
/* @name closeTenant :one */
select internal.close_tenant(:tenantId!, :reason!, :expectedVersion!) as "version!";

-- As worker: records that the tenant has shown control of its custom domain; the host leads to its storefront from now
-- on. A repeat changes nothing. NOT_FOUND when the tenant does not claim this host.
/* @name verifyCustomDomain :one */
select true as "verified!" from internal.verify_custom_domain(:tenantId!, :host!);

-- Sets the prefix of the numbers that orders or returns get from now on; returns the next number.
-- FORBIDDEN, INVALID_INPUT.
-- @type series 'orders' | 'returns'
-- @doc series Which series of numbers.
-- @doc prefix At most 20 letters, digits and # . / -, with no digit at the end.
-- @doc next The number that comes next.
/* @name setNumberPrefix :one */
select api.set_number_prefix(:series!, :prefix!) as "next!" from api.tenant as t where t.id = :tenantId!;
