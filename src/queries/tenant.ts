// Generated from sql/tenant.sql by "npm run generate"; do not edit.
import type { TenantStatus } from '../model/closed-sets.ts';
import type { JsonObject } from '../model/json.ts';
import { MaybeOneQuery, OneQuery } from '../database/prepared-query.ts';

/** What getShop takes. */
export interface GetShopParams {
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of getShop. */
export interface GetShopResult {
  /** ISO 4217 code that new products and orders start with. */
  defaultCurrency: string;
  /** BCP 47 tag of the language it writes in. */
  defaultLanguage: string;
  /** Host name of its storefront on the platform, lower case; unique on the whole platform. */
  domain: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Name shown to buyers. */
  name: string;
  /** Whether the prices of the shop contain the tax; if not, the tax is added to them. An order keeps the setting of the time when its basket was begun or last refreshed. */
  pricesIncludeTax: boolean;
  /** Tax on shipping as a share of its price: 0.075 is 7.5 %. */
  shippingTaxRate: string;
  /** IANA name of its time zone, which decides where the days of reports begin and end. */
  timezone: string;
}

/**
 * The shop as shoppers and visitors know it.
 */
export const getShop = new MaybeOneQuery<GetShopParams, GetShopResult>('getShop', `select t.id, t.name, t.domain, t.default_currency, t.prices_include_tax, t.shipping_tax_rate, t.default_language,
       t.timezone
  from api.tenant as t
 where t.id = $1`, ['tenantId!'], { callers: ['member', 'buyer', 'anonymous', 'worker', 'platform'] });

/** What getTenant takes. */
export interface GetTenantParams {
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of getTenant. */
export interface GetTenantResult {
  /** ISO 3166-1 alpha-2 code of the country it trades from. */
  countryCode: string | null;
  /** When the row was made. */
  createdAt: Date;
  /** ISO 4217 code that new products and orders start with. */
  defaultCurrency: string;
  /** BCP 47 tag of the language it writes in. */
  defaultLanguage: string;
  /** Host name of its storefront on the platform, lower case; unique on the whole platform. */
  domain: string;
  /** Where the platform reaches it, lower case. */
  email: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** While it is false, no session of the merchant can be opened. */
  isActive: boolean;
  /** Name shown to buyers. */
  name: string;
  /** Where the platform reaches it, in E.164 form. */
  phoneNumber: string | null;
  /** Whether the prices of the shop contain the tax; if not, the tax is added to them. An order keeps the setting of the time when its basket was begun or last refreshed. */
  pricesIncludeTax: boolean;
  /** Flexible preferences, a JSON object of at most 64 KiB. With tellShoppersStock: true, a refused order reports to a shopper how many units there are. */
  settings: JsonObject;
  /** Tax on shipping as a share of its price: 0.075 is 7.5 %. */
  shippingTaxRate: string;
  /** The stage that the merchant is in; only the platform changes it. */
  status: TenantStatus;
  /** Its subscription plan, which sets its limits. */
  subscriptionTier: string;
  /** When the platform suspended it. */
  suspendedAt: Date | null;
  /** IANA name of its time zone, which decides where the days of reports begin and end. */
  timezone: string;
  /** When the row last changed. */
  updatedAt: Date;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * The merchant as staff know it.
 */
export const getTenant = new MaybeOneQuery<GetTenantParams, GetTenantResult>('getTenant', `select t.id, t.name, t.domain, t.status, t.is_active, t.subscription_tier, t.default_currency, t.default_language,
       t.prices_include_tax, t.shipping_tax_rate, t.country_code, t.timezone, t.email, t.phone_number, t.settings, t.suspended_at, t.version, t.created_at,
       t.updated_at
  from api.tenant as t
 where t.id = $1`, ['tenantId!'], { callers: ['member', 'worker', 'platform'] });

/** What updateTenant takes. */
export interface UpdateTenantParams {
  /** ISO 3166-1 alpha-2 code of the country it trades from. */
  countryCode?: string | null | undefined;
  /** ISO 4217 code that new products and orders start with. */
  defaultCurrency?: string | null | undefined;
  /** BCP 47 tag of the language it writes in. */
  defaultLanguage?: string | null | undefined;
  /** Where the platform reaches it, lower case. */
  email?: string | null | undefined;
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** Name shown to buyers. */
  name?: string | null | undefined;
  /** Where the platform reaches it, in E.164 form. */
  phoneNumber?: string | null | undefined;
  /** Whether the prices of the shop contain the tax; if not, the tax is added to them. An order keeps the setting of the time when its basket was begun or last refreshed. */
  pricesIncludeTax?: boolean | null | undefined;
  /** Flexible preferences, a JSON object of at most 64 KiB. With tellShoppersStock: true, a refused order reports to a shopper how many units there are. */
  settings?: JsonObject | null | undefined;
  /** Tax on shipping as a share of its price: 0.075 is 7.5 %. */
  shippingTaxRate?: string | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** IANA name of its time zone, which decides where the days of reports begin and end. */
  timezone?: string | null | undefined;
}

/** A row of updateTenant. */
export interface UpdateTenantResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Changes what is given and keeps what is NULL. VERSION_CONFLICT, FORBIDDEN, INVALID_INPUT.
 */
export const updateTenant = new OneQuery<UpdateTenantParams, UpdateTenantResult>('updateTenant', `update api.tenant as t
   set name = coalesce($1, t.name),
       default_currency = coalesce($2, t.default_currency),
       default_language = coalesce($3, t.default_language),
       country_code = coalesce($4, t.country_code),
       prices_include_tax = coalesce($5, t.prices_include_tax),
       shipping_tax_rate = coalesce($6, t.shipping_tax_rate),
       timezone = coalesce($7, t.timezone),
       email = coalesce($8, t.email),
       phone_number = coalesce($9, t.phone_number),
       settings = coalesce($10::jsonb, t.settings),
       version = $11
 where t.id = $12
returning t.id, t.version`, ['name', 'defaultCurrency', 'defaultLanguage', 'countryCode', 'pricesIncludeTax', 'shippingTaxRate', 'timezone', 'email', 'phoneNumber', 'settings', 'expectedVersion!', 'tenantId!'], { callers: ['member'] });

/** What provisionTenant takes. */
export interface ProvisionTenantParams {
  /** The owner's subject at the identity provider. */
  authSubject: string;
  /** ISO 3166-1 alpha-2 code. */
  country: string;
  /** ISO 4217 code. */
  currency: string;
  /** Host name of its storefront on the platform, lower case; unique on the whole platform. */
  domain: string;
  /** A name for this request, of your own choice: sent again, it gets the first answer again. */
  idempotencyKey: string;
  /** BCP 47 tag. */
  language: string;
  /** Name shown to buyers. */
  name: string;
  /** The owner's e-mail address. */
  ownerEmail: string;
  /** A code of listPlans. */
  tier: string;
}

/** A row of provisionTenant. */
export interface ProvisionTenantResult {
  /** The tenant. */
  tenantId: string;
}

/**
 * As worker: makes a tenant with its owner and an unpublished storefront. A repeat with the same key returns the
 * same tenant. country: ISO 3166-1 alpha-2; currency: ISO 4217; language: BCP 47; tier: a code of listPlans.
 * ALREADY_EXISTS when the domain is taken, IDEMPOTENCY_MISMATCH, INVALID_INPUT.
 */
export const provisionTenant = new OneQuery<ProvisionTenantParams, ProvisionTenantResult>('provisionTenant', `select internal.provision_tenant(
    $1, $2, $3, $4, $5, $6, $7, $8, $9
  ) as "tenant_id"`, ['name!', 'domain!', 'ownerEmail!', 'authSubject!', 'country!', 'currency!', 'language!', 'tier!', 'idempotencyKey!'], { callers: ['worker'] });

/** What resolveTenant takes. */
export interface ResolveTenantParams {
  /** A host name; a port is ignored. */
  host: string;
}

/** A row of resolveTenant. */
export interface ResolveTenantResult {
  /** While it is false, no session of the merchant can be opened. */
  isActive: boolean;
  /** Name shown to buyers. */
  name: string;
  /** The tenant. */
  tenantId: string;
}

/**
 * As worker: finds the tenant of a verified host name; a port is ignored. NOT_FOUND for any other host.
 */
export const resolveTenant = new OneQuery<ResolveTenantParams, ResolveTenantResult>('resolveTenant', `select r.tenant_id as "tenant_id", r.name as "name", r.is_active as "is_active"
  from internal.resolve_tenant($1) as r`, ['host!'], { callers: ['worker'] });

/** What suspendTenant takes. */
export interface SuspendTenantParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The reason, for the log. */
  reason: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of suspendTenant. */
export interface SuspendTenantResult {
  /** The new version. */
  version: number;
}

/**
 * As worker: suspends a merchant until reactivateTenant, with a reason; returns the new version.
 * NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION, INVALID_INPUT.
 */
export const suspendTenant = new OneQuery<SuspendTenantParams, SuspendTenantResult>('suspendTenant', `select internal.suspend_tenant($1, $2, $3) as "version"`, ['tenantId!', 'reason!', 'expectedVersion!'], { callers: ['worker'] });

/** What reactivateTenant takes. */
export interface ReactivateTenantParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The reason, for the log. */
  reason: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of reactivateTenant. */
export interface ReactivateTenantResult {
  /** The new version. */
  version: number;
}

/**
 * As worker: ends the suspension of a merchant, with a reason; returns the new version.
 * NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION, INVALID_INPUT.
 */
export const reactivateTenant = new OneQuery<ReactivateTenantParams, ReactivateTenantResult>('reactivateTenant', `select internal.reactivate_tenant($1, $2, $3) as "version"`, ['tenantId!', 'reason!', 'expectedVersion!'], { callers: ['worker'] });

/** What beginClosing takes. */
export interface BeginClosingParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The reason, for the log. */
  reason: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of beginClosing. */
export interface BeginClosingResult {
  /** The new version. */
  version: number;
}

/**
 * As worker: announces that a merchant leaves. The merchant works on until closeTenant, and stays after
 * reactivateTenant. Returns the new version.
 * NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION, INVALID_INPUT.
 */
export const beginClosing = new OneQuery<BeginClosingParams, BeginClosingResult>('beginClosing', `select internal.begin_closing($1, $2, $3) as "version"`, ['tenantId!', 'reason!', 'expectedVersion!'], { callers: ['worker'] });

/** What closeTenant takes. */
export interface CloseTenantParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The reason, for the log. */
  reason: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of closeTenant. */
export interface CloseTenantResult {
  /** The new version. */
  version: number;
}

/**
 * As worker: closes a merchant for good, after beginClosing; returns the new version.
 * NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION, INVALID_INPUT.
 */
export const closeTenant = new OneQuery<CloseTenantParams, CloseTenantResult>('closeTenant', `select internal.close_tenant($1, $2, $3) as "version"`, ['tenantId!', 'reason!', 'expectedVersion!'], { callers: ['worker'] });

/** What verifyCustomDomain takes. */
export interface VerifyCustomDomainParams {
  /** A host name; a port is ignored. */
  host: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of verifyCustomDomain. */
export interface VerifyCustomDomainResult {
  /** Always true: what is refused throws. */
  verified: boolean;
}

/**
 * As worker: records that the tenant has shown control of its custom domain; the host leads to its storefront from now
 * on. A repeat changes nothing. NOT_FOUND when the tenant does not claim this host.
 */
export const verifyCustomDomain = new OneQuery<VerifyCustomDomainParams, VerifyCustomDomainResult>('verifyCustomDomain', `select true as "verified" from internal.verify_custom_domain($1, $2)`, ['tenantId!', 'host!'], { callers: ['worker'] });

/** What setNumberPrefix takes. */
export interface SetNumberPrefixParams {
  /** At most 20 letters, digits and # . / -, with no digit at the end. */
  prefix: string;
  /** Which series of numbers. */
  series: 'orders' | 'returns';
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of setNumberPrefix. */
export interface SetNumberPrefixResult {
  /** The number that comes next. */
  next: string;
}

/**
 * Sets the prefix of the numbers that orders or returns get from now on; returns the next number.
 * FORBIDDEN, INVALID_INPUT.
 */
export const setNumberPrefix = new OneQuery<SetNumberPrefixParams, SetNumberPrefixResult>('setNumberPrefix', `select api.set_number_prefix($1, $2) as "next" from api.tenant as t where t.id = $3`, ['series!', 'prefix!', 'tenantId!'], { callers: ['member'], closedSets: { series: ['orders', 'returns'] } });
