// Generated from sql/saved_payment_method.sql by "npm run generate"; do not edit.
import { paymentTypes } from '../model/closed-sets.ts';
import type { PaymentType } from '../model/closed-sets.ts';
import { PagedQuery } from '../database/paged-query.ts';
import { OneQuery } from '../database/prepared-query.ts';

/** What listPaymentMethods takes. */
export interface ListPaymentMethodsParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** The buyer, by users id. */
  userId: string;
}

/** A row of listPaymentMethods. */
export interface ListPaymentMethodsResult {
  /** Brand of a card. */
  cardBrand: string | null;
  /** Last four digits of a card. */
  cardLastFour: string | null;
  /** When the row was made. */
  createdAt: Date;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** The buyer's own name for it. */
  displayName: string | null;
  /** Month in which a card expires, 1 to 12. */
  expiryMonth: number | null;
  /** Year in which a card expires, four digits. */
  expiryYear: number | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether it is the buyer's default means of payment. */
  isDefault: boolean;
  /** When it was last paid with. */
  lastUsedAt: Date | null;
  /** Kind of payment; never cash, nor store credit. */
  paymentType: PaymentType;
  /** Last four digits of a mobile-money number. */
  phoneLastFour: string | null;
  /** Payment provider, such as paystack, mpesa or stripe. */
  provider: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * The shopper's means of payment, the newest first, in pages.
 */
export const listPaymentMethods = new PagedQuery<ListPaymentMethodsParams, ListPaymentMethodsResult>('listPaymentMethods', `select m.id, m.payment_type, m.provider, m.is_default, m.display_name, m.card_brand, m.card_last_four, m.expiry_month,
       m.expiry_year, m.phone_last_four, m.last_used_at, m.version, m.created_at, m.id as "cursor"
  from api.saved_payment_method as m
 where m.tenant_id = $1 and m.user_id = $2 and ($3::uuid is null or m.id < $3)
 order by m.id desc
 limit $4`, ['tenantId!', 'userId!', 'after', 'first'], { callers: ['member', 'buyer', 'worker', 'platform'] });

/** What savePaymentMethod takes. */
export interface SavePaymentMethodParams {
  /** Brand of a card. */
  cardBrand?: string | null | undefined;
  /** Last four digits of a card. */
  cardLastFour?: string | null | undefined;
  /** The buyer's own name for it. */
  displayName?: string | null | undefined;
  /** Month in which a card expires, 1 to 12. */
  expiryMonth?: number | null | undefined;
  /** Year in which a card expires, four digits. */
  expiryYear?: number | null | undefined;
  /** Kind of payment; never cash, nor store credit. */
  paymentType: PaymentType;
  /** Last four digits of a mobile-money number. */
  phoneLastFour?: string | null | undefined;
  /** Payment provider, such as paystack, mpesa or stripe. */
  provider: string;
  /** AES-256-GCM envelope of the provider's token; only the payment worker can read it. */
  providerToken: Buffer;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of savePaymentMethod. */
export interface SavePaymentMethodResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether it is the buyer's default means of payment. */
  isDefault: boolean;
  /** Kind of payment; never cash, nor store credit. */
  paymentType: PaymentType;
}

/**
 * Saves a means of payment of the shopper. providerToken: the provider's token, encrypted by the application; it is
 * stored separately and never shown. The first is the default. FORBIDDEN, INVALID_INPUT.
 */
export const savePaymentMethod = new OneQuery<SavePaymentMethodParams, SavePaymentMethodResult>('savePaymentMethod', `select m.id, m.payment_type, m.is_default
  from api.save_payment_method(
    $1, $2, $3, $4, $5, $6, $7, $8,
    $9
  ) as m
 where m.tenant_id = $10`, ['paymentType!', 'provider!', 'providerToken!', 'displayName', 'cardBrand', 'cardLastFour', 'expiryMonth', 'expiryYear', 'phoneLastFour', 'tenantId!'], { callers: ['buyer'], closedSets: { paymentType: paymentTypes } });

/** What setDefaultPaymentMethod takes. */
export interface SetDefaultPaymentMethodParams {
  /** The means of payment. */
  savedPaymentMethodId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of setDefaultPaymentMethod. */
export interface SetDefaultPaymentMethodResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether it is the buyer's default means of payment. */
  isDefault: boolean;
}

/**
 * Makes a means of payment the shopper's default. FORBIDDEN, NOT_FOUND.
 */
export const setDefaultPaymentMethod = new OneQuery<SetDefaultPaymentMethodParams, SetDefaultPaymentMethodResult>('setDefaultPaymentMethod', `select m.id, m.is_default
  from api.set_default_payment_method($1) as m
 where m.tenant_id = $2`, ['savedPaymentMethodId!', 'tenantId!'], { callers: ['buyer'] });

/** What removePaymentMethod takes. */
export interface RemovePaymentMethodParams {
  /** The saved payment method. */
  savedPaymentMethodId: string;
}

/** A row of removePaymentMethod. */
export interface RemovePaymentMethodResult {
  /** Always true: what is refused throws. */
  removed: boolean;
}

/**
 * Removes a means of payment of the shopper. FORBIDDEN, NOT_FOUND.
 */
export const removePaymentMethod = new OneQuery<RemovePaymentMethodParams, RemovePaymentMethodResult>('removePaymentMethod', `select true as "removed" from api.remove_payment_method($1)`, ['savedPaymentMethodId!'], { callers: ['buyer'] });
