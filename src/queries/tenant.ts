// Generated from sql/tenant.sql by "npm run generate"; do not edit.
import type { TenantStatus } from '../closed-sets.ts';
import type { JsonObject } from '../json.ts';
import { PreparedQuery } from '../prepared-query.ts';

/** 'GetShop' parameters type */
export interface GetShopParams {
  tenantId: string;
}

/** 'GetShop' return type */
export interface GetShopResult {
  /** ISO 4217 code that new products and orders start with. */
  default_currency: string;
  /** BCP 47 tag of the language it writes in. */
  default_language: string;
  /** Host name of its storefront on the platform, lower case; unique on the whole platform. */
  domain: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Name shown to buyers. */
  name: string;
  /** IANA name of its time zone; reports cut their days by it. */
  timezone: string;
}

/**
 * The shop as shoppers and visitors know it.
 */
export const getShop = new PreparedQuery<GetShopParams, GetShopResult>('getShop', `select t.id, t.name, t.domain, t.default_currency, t.default_language, t.timezone
  from api.tenant as t
 where t.id = $1`, ['tenantId']);

/** 'GetTenant' parameters type */
export interface GetTenantParams {
  tenantId: string;
}

/** 'GetTenant' return type */
export interface GetTenantResult {
  /** ISO 3166-1 alpha-2 code of the country it trades from. */
  country_code: string | null;
  /** When the row was made. */
  created_at: Date;
  /** ISO 4217 code that new products and orders start with. */
  default_currency: string;
  /** BCP 47 tag of the language it writes in. */
  default_language: string;
  /** Host name of its storefront on the platform, lower case; unique on the whole platform. */
  domain: string;
  /** Where the platform reaches it, lower case. */
  email: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Switch: while false, no session of the merchant can be opened. */
  is_active: boolean;
  /** Name shown to buyers. */
  name: string;
  /** Where the platform reaches it, in E.164 form. */
  phone_number: string | null;
  /** Flexible preferences, a JSON object of at most 64 KiB. */
  settings: JsonObject;
  /** Where it is in its life; changed by the platform only. */
  status: TenantStatus;
  /** Its subscription plan, which sets its limits. */
  subscription_tier: string;
  /** When the platform suspended it. */
  suspended_at: Date | null;
  /** IANA name of its time zone; reports cut their days by it. */
  timezone: string;
  /** When the row last changed. */
  updated_at: Date;
  /** Optimistic lock: name the version you read when you change the row. */
  version: number;
}

/**
 * The merchant as staff know it.
 */
export const getTenant = new PreparedQuery<GetTenantParams, GetTenantResult>('getTenant', `select t.id, t.name, t.domain, t.status, t.is_active, t.subscription_tier, t.default_currency, t.default_language,
       t.country_code, t.timezone, t.email, t.phone_number, t.settings, t.suspended_at, t.version, t.created_at,
       t.updated_at
  from api.tenant as t
 where t.id = $1`, ['tenantId']);

/** 'UpdateTenant' parameters type */
export interface UpdateTenantParams {
  countryCode?: string | null | undefined;
  defaultCurrency?: string | null | undefined;
  defaultLanguage?: string | null | undefined;
  email?: string | null | undefined;
  expectedVersion: number;
  name?: string | null | undefined;
  phoneNumber?: string | null | undefined;
  settings?: JsonObject | null | undefined;
  tenantId: string;
  timezone?: string | null | undefined;
}

/** 'UpdateTenant' return type */
export interface UpdateTenantResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Optimistic lock: name the version you read when you change the row. */
  version: number;
}

/**
 * Changes what is given and keeps what is NULL. VERSION_CONFLICT, FORBIDDEN, INVALID_INPUT.
 */
export const updateTenant = new PreparedQuery<UpdateTenantParams, UpdateTenantResult>('updateTenant', `update api.tenant as t
   set name = coalesce($1, t.name),
       default_currency = coalesce($2, t.default_currency),
       default_language = coalesce($3, t.default_language),
       country_code = coalesce($4, t.country_code),
       timezone = coalesce($5, t.timezone),
       email = coalesce($6, t.email),
       phone_number = coalesce($7, t.phone_number),
       settings = coalesce($8::jsonb, t.settings),
       version = $9
 where t.id = $10
returning t.id, t.version`, ['name', 'defaultCurrency', 'defaultLanguage', 'countryCode', 'timezone', 'email', 'phoneNumber', 'settings', 'expectedVersion', 'tenantId']);

/** 'ProvisionTenant' parameters type */
export interface ProvisionTenantParams {
  authSubject: string;
  country: string;
  currency: string;
  domain: string;
  idempotencyKey: string;
  language: string;
  name: string;
  ownerEmail: string;
  tier: string;
}

/** 'ProvisionTenant' return type */
export interface ProvisionTenantResult {
  tenant_id: string;
}

/**
 * As worker: makes a tenant with its owner and an unpublished storefront. A repeat with the same key returns the
 * same tenant. country: ISO 3166-1 alpha-2; currency: ISO 4217; language: BCP 47; tier: a code of listPlans.
 * ALREADY_EXISTS when the domain is taken, IDEMPOTENCY_MISMATCH, INVALID_INPUT.
 */
export const provisionTenant = new PreparedQuery<ProvisionTenantParams, ProvisionTenantResult>('provisionTenant', `select internal.provision_tenant(
    $1, $2, $3, $4, $5, $6, $7, $8, $9
  ) as "tenant_id"`, ['name', 'domain', 'ownerEmail', 'authSubject', 'country', 'currency', 'language', 'tier', 'idempotencyKey']);

/** 'ResolveTenant' parameters type */
export interface ResolveTenantParams {
  host: string;
}

/** 'ResolveTenant' return type */
export interface ResolveTenantResult {
  is_active: boolean;
  name: string;
  tenant_id: string;
}

/**
 * As worker: the tenant whose verified host name this is; a port is ignored. NOT_FOUND for any other host.
 */
export const resolveTenant = new PreparedQuery<ResolveTenantParams, ResolveTenantResult>('resolveTenant', `select r.tenant_id as "tenant_id", r.name as "name", r.is_active as "is_active"
  from internal.resolve_tenant($1) as r`, ['host']);

/** 'SuspendTenant' parameters type */
export interface SuspendTenantParams {
  expectedVersion: number;
  reason: string;
  tenantId: string;
}

/** 'SuspendTenant' return type */
export interface SuspendTenantResult {
  version: number;
}

/**
 * As worker: shuts a merchant out until reactivateTenant, and says why; the new version.
 * NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION, INVALID_INPUT.
 */
export const suspendTenant = new PreparedQuery<SuspendTenantParams, SuspendTenantResult>('suspendTenant', `select internal.suspend_tenant($1, $2, $3) as "version"`, ['tenantId', 'reason', 'expectedVersion']);

/** 'ReactivateTenant' parameters type */
export interface ReactivateTenantParams {
  expectedVersion: number;
  reason: string;
  tenantId: string;
}

/** 'ReactivateTenant' return type */
export interface ReactivateTenantResult {
  version: number;
}

/**
 * As worker: lets a suspended merchant in again, and says why; the new version.
 * NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION, INVALID_INPUT.
 */
export const reactivateTenant = new PreparedQuery<ReactivateTenantParams, ReactivateTenantResult>('reactivateTenant', `select internal.reactivate_tenant($1, $2, $3) as "version"`, ['tenantId', 'reason', 'expectedVersion']);

/** 'VerifyCustomDomain' parameters type */
export interface VerifyCustomDomainParams {
  host: string;
  tenantId: string;
}

/** 'VerifyCustomDomain' return type */
export interface VerifyCustomDomainResult {
  verified: boolean;
}

/**
 * As worker: the tenant has shown control of its custom domain; the host leads to its storefront from now on. A
 * repeat changes nothing. NOT_FOUND when the tenant does not claim this host.
 */
export const verifyCustomDomain = new PreparedQuery<VerifyCustomDomainParams, VerifyCustomDomainResult>('verifyCustomDomain', `select true as "verified" from internal.verify_custom_domain($1, $2)`, ['tenantId', 'host']);
