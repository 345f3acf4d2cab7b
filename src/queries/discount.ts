// Generated from sql/discount.sql by "npm run generate"; do not edit.
import { PagedQuery } from '../database/paged-query.ts';
import { MaybeOneQuery, OneQuery } from '../database/prepared-query.ts';

/** What listDiscounts takes. */
export interface ListDiscountsParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of listDiscounts. */
export interface ListDiscountsResult {
  /** The sum that it takes off, at most what the goods cost; NULL where there is a rate. */
  amount: string | null;
  /** What the buyer enters: 2 to 40 capital letters, digits, - and _; unique within the merchant. */
  code: string;
  /** ISO 4217 code of its amounts, and of the orders that take it; NULL for all. */
  currencyCode: string | null;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** Until when orders may be placed with it. */
  endsAt: Date | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** While it is false, no order may take it. */
  isActive: boolean;
  /** How many orders may take it; NULL for any number. */
  maxUses: number | null;
  /** How many orders of one customer may take it; NULL for any number. */
  maxUsesPerCustomer: number | null;
  /** What the goods of the order must cost at least, before discounts. */
  minimumAmount: string | null;
  /** The only product whose price it reduces; NULL for the whole order. */
  productId: string | null;
  /** The share of the price that it takes off: 0.1 is 10 %; NULL where there is an amount. */
  rate: string | null;
  /** The only seller whose orders take it; NULL for all. */
  sellerId: string | null;
  /** From when orders may be placed with it. */
  startsAt: Date | null;
  /** How many placed orders have taken it; a cancelled order gives its use back. */
  usedCount: number;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * The discounts that buyers get by a code, by code, in pages.
 */
export const listDiscounts = new PagedQuery<ListDiscountsParams, ListDiscountsResult>('listDiscounts', `select d.id, d.code, d.amount, d.rate, d.currency_code, d.minimum_amount, d.seller_id, d.product_id, d.max_uses,
       d.max_uses_per_customer, d.used_count, d.is_active, d.starts_at, d.ends_at, d.version, d.code as "cursor"
  from api.discount as d
 where d.tenant_id = $1 and ($2::text is null or d.code > $2)
 order by d.code
 limit $3`, ['tenantId!', 'after', 'first'], { callers: ['member', 'worker', 'platform'] });

/** What getDiscount takes. */
export interface GetDiscountParams {
  /** What the buyer enters: 2 to 40 capital letters, digits, - and _; unique within the merchant. */
  code: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of getDiscount. */
export interface GetDiscountResult {
  /** The sum that it takes off, at most what the goods cost; NULL where there is a rate. */
  amount: string | null;
  /** What the buyer enters: 2 to 40 capital letters, digits, - and _; unique within the merchant. */
  code: string;
  /** ISO 4217 code of its amounts, and of the orders that take it; NULL for all. */
  currencyCode: string | null;
  /** Until when orders may be placed with it. */
  endsAt: Date | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** While it is false, no order may take it. */
  isActive: boolean;
  /** How many orders may take it; NULL for any number. */
  maxUses: number | null;
  /** How many orders of one customer may take it; NULL for any number. */
  maxUsesPerCustomer: number | null;
  /** What the goods of the order must cost at least, before discounts. */
  minimumAmount: string | null;
  /** The only product whose price it reduces; NULL for the whole order. */
  productId: string | null;
  /** The share of the price that it takes off: 0.1 is 10 %; NULL where there is an amount. */
  rate: string | null;
  /** The only seller whose orders take it; NULL for all. */
  sellerId: string | null;
  /** From when orders may be placed with it. */
  startsAt: Date | null;
  /** How many placed orders have taken it; a cancelled order gives its use back. */
  usedCount: number;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * One discount by its code, or null.
 */
export const getDiscount = new MaybeOneQuery<GetDiscountParams, GetDiscountResult>('getDiscount', `select d.id, d.code, d.amount, d.rate, d.currency_code, d.minimum_amount, d.seller_id, d.product_id, d.max_uses,
       d.max_uses_per_customer, d.used_count, d.is_active, d.starts_at, d.ends_at, d.version
  from api.discount as d
 where d.tenant_id = $1 and d.code = $2`, ['tenantId!', 'code!'], { callers: ['member', 'worker', 'platform'] });

/** What createDiscount takes. */
export interface CreateDiscountParams {
  /** The sum that it takes off, at most what the goods cost; NULL where there is a rate. */
  amount?: string | null | undefined;
  /** What the buyer enters: 2 to 40 capital letters, digits, - and _; unique within the merchant. */
  code: string;
  /** ISO 4217 code of its amounts, and of the orders that take it; NULL for all. */
  currencyCode?: string | null | undefined;
  /** Until when orders may be placed with it. */
  endsAt?: Date | string | null | undefined;
  /** How many orders may take it; NULL for any number. */
  maxUses?: number | null | undefined;
  /** How many orders of one customer may take it; NULL for any number. */
  maxUsesPerCustomer?: number | null | undefined;
  /** What the goods of the order must cost at least, before discounts. */
  minimumAmount?: string | null | undefined;
  /** The only product whose price it reduces; NULL for the whole order. */
  productId?: string | null | undefined;
  /** The share of the price that it takes off: 0.1 is 10 %; NULL where there is an amount. */
  rate?: string | null | undefined;
  /** The only seller whose orders take it; NULL for all. */
  sellerId?: string | null | undefined;
  /** From when orders may be placed with it. */
  startsAt?: Date | string | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of createDiscount. */
export interface CreateDiscountResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Adds a discount with its code: an amount in a currency, or a rate (0.1 is 10 %). ALREADY_EXISTS, FORBIDDEN,
 * INVALID_INPUT.
 */
export const createDiscount = new OneQuery<CreateDiscountParams, CreateDiscountResult>('createDiscount', `insert into api.discount (
  code, amount, rate, currency_code, minimum_amount, seller_id, product_id, max_uses, max_uses_per_customer,
  starts_at, ends_at
)
select $1::text, $2::numeric, $3::numeric, $4::text, $5::numeric, $6::uuid,
       $7::uuid, $8::integer, $9::integer, $10::timestamptz, $11::timestamptz
  from api.tenant as t
 where t.id = $12
returning id, version`, ['code!', 'amount', 'rate', 'currencyCode', 'minimumAmount', 'sellerId', 'productId', 'maxUses', 'maxUsesPerCustomer', 'startsAt', 'endsAt', 'tenantId!'], { callers: ['member'], moments: ['startsAt', 'endsAt'] });

/** What updateDiscount takes. */
export interface UpdateDiscountParams {
  /** The discount. */
  discountId: string;
  /** Until when orders may be placed with it. */
  endsAt?: Date | string | null | undefined;
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** While it is false, no order may take it. */
  isActive: boolean;
  /** How many orders may take it; NULL for any number. */
  maxUses?: number | null | undefined;
  /** How many orders of one customer may take it; NULL for any number. */
  maxUsesPerCustomer?: number | null | undefined;
  /** From when orders may be placed with it. */
  startsAt?: Date | string | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of updateDiscount. */
export interface UpdateDiscountResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Sets when a discount is valid and how often it may be used; NULL means no limit. Its terms stay. NOT_FOUND,
 * VERSION_CONFLICT, FORBIDDEN, INVALID_INPUT.
 */
export const updateDiscount = new OneQuery<UpdateDiscountParams, UpdateDiscountResult>('updateDiscount', `update api.discount as d
   set is_active = $1,
       starts_at = $2,
       ends_at = $3,
       max_uses = $4,
       max_uses_per_customer = $5,
       version = $6
 where d.tenant_id = $7 and d.id = $8
returning d.id, d.version`, ['isActive!', 'startsAt', 'endsAt', 'maxUses', 'maxUsesPerCustomer', 'expectedVersion!', 'tenantId!', 'discountId!'], { callers: ['member'], moments: ['startsAt', 'endsAt'] });

/** What deleteDiscount takes. */
export interface DeleteDiscountParams {
  /** The discount. */
  discountId: string;
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of deleteDiscount. */
export interface DeleteDiscountResult {
  /** Identifier, ordered by time of creation. */
  id: string;
}

/**
 * Marks a discount deleted. Null: not found, or changed since it was read. FORBIDDEN.
 */
export const deleteDiscount = new MaybeOneQuery<DeleteDiscountParams, DeleteDiscountResult>('deleteDiscount', `delete from api.discount as d
 where d.tenant_id = $1 and d.id = $2 and d.version = $3
returning d.id`, ['tenantId!', 'discountId!', 'expectedVersion!'], { callers: ['member'] });
