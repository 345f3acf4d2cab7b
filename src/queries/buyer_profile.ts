// Generated from sql/buyer_profile.sql by "npm run generate"; do not edit.
import { ManyQuery, MaybeOneQuery, OneQuery } from '../database/prepared-query.ts';

/** What registerBuyer takes. */
export interface RegisterBuyerParams {
  /** Name, copied into orders. */
  fullName: string;
  /** Telephone number in E.164 form, copied into orders. */
  phoneNumber?: string | null | undefined;
  /** BCP 47 tag of the language the buyer reads. */
  preferredLanguage?: string | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of registerBuyer. */
export interface RegisterBuyerResult {
  /** Name, copied into orders. */
  fullName: string | null;
  /** The customer's id. */
  id: string;
  /** The person who buys. */
  userId: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Makes the shopper of this session a buyer of the tenant. ALREADY_EXISTS, INVALID_INPUT.
 */
export const registerBuyer = new OneQuery<RegisterBuyerParams, RegisterBuyerResult>('registerBuyer', `select b.id, b.user_id, b.full_name, b.version
  from api.register_buyer($1, $2, coalesce($3, 'en')) as b
 where b.tenant_id = $4`, ['fullName!', 'phoneNumber', 'preferredLanguage', 'tenantId!'], { callers: ['buyer'] });

/** What getBuyerProfile takes. */
export interface GetBuyerProfileParams {
  /** The customer. */
  customerId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of getBuyerProfile. */
export interface GetBuyerProfileResult {
  /** When the row was made. */
  createdAt: Date;
  /** ISO 4217 code of the currency the buyer prefers. */
  defaultCurrency: string | null;
  /** Name, copied into orders. */
  fullName: string | null;
  /** The customer's id. */
  id: string;
  /** Telephone number in E.164 form, copied into orders. */
  phoneNumber: string | null;
  /** BCP 47 tag of the language the buyer reads. */
  preferredLanguage: string;
  /** When the row last changed. */
  updatedAt: Date;
  /** The person who buys. */
  userId: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * One buyer, or null.
 */
export const getBuyerProfile = new MaybeOneQuery<GetBuyerProfileParams, GetBuyerProfileResult>('getBuyerProfile', `select b.id, b.user_id, b.full_name, b.phone_number, b.preferred_language, b.default_currency, b.version, b.created_at,
       b.updated_at
  from api.buyer_profile as b
 where b.tenant_id = $1 and b.id = $2`, ['tenantId!', 'customerId!'], { callers: ['member', 'buyer', 'worker', 'platform'] });

/** What updateBuyerProfile takes. */
export interface UpdateBuyerProfileParams {
  /** The customer. */
  customerId: string;
  /** ISO 4217 code of the currency the buyer prefers. */
  defaultCurrency?: string | null | undefined;
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** Name, copied into orders. */
  fullName?: string | null | undefined;
  /** Telephone number in E.164 form, copied into orders. */
  phoneNumber?: string | null | undefined;
  /** BCP 47 tag of the language the buyer reads. */
  preferredLanguage?: string | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of updateBuyerProfile. */
export interface UpdateBuyerProfileResult {
  /** The customer's id. */
  id: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Changes what is given and keeps what is NULL. NOT_FOUND, VERSION_CONFLICT, INVALID_INPUT.
 */
export const updateBuyerProfile = new OneQuery<UpdateBuyerProfileParams, UpdateBuyerProfileResult>('updateBuyerProfile', `update api.buyer_profile as b
   set full_name = coalesce($1, b.full_name),
       phone_number = coalesce($2, b.phone_number),
       preferred_language = coalesce($3, b.preferred_language),
       default_currency = coalesce($4, b.default_currency),
       version = $5
 where b.tenant_id = $6 and b.id = $7
returning b.id, b.version`, ['fullName', 'phoneNumber', 'preferredLanguage', 'defaultCurrency', 'expectedVersion!', 'tenantId!', 'customerId!'], { callers: ['member', 'buyer'] });

/** What getCustomerValue takes. */
export interface GetCustomerValueParams {
  /** The customer. */
  customerId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of getCustomerValue. */
export interface GetCustomerValueResult {
  /** ISO 4217 code of the amounts. */
  currencyCode: string;
  /** Sum of their totals. */
  grossAmount: string;
  /** When the last order was placed. */
  lastOrderAt: Date;
  /** How many orders. */
  orderCount: string;
  /** The part of it that was refunded. */
  refundedAmount: string;
}

/**
 * What a buyer has ordered so far, a row for each currency; drafts and cancelled orders do not count.
 */
export const getCustomerValue = new ManyQuery<GetCustomerValueParams, GetCustomerValueResult>('getCustomerValue', `select v.currency_code as "currency_code", v.order_count as "order_count", v.gross_amount as "gross_amount",
       v.refunded_amount as "refunded_amount", v.last_order_at as "last_order_at"
  from api.customer_value as v
 where v.tenant_id = $1 and v.id = $2
 order by v.currency_code`, ['tenantId!', 'customerId!'], { callers: ['member', 'worker', 'platform'] });
