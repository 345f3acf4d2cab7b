// Generated from sql/customer.sql by "npm run generate"; do not edit.
import type { JsonObject } from '../model/json.ts';
import { PagedQuery } from '../database/paged-query.ts';
import { MaybeOneQuery, OneQuery } from '../database/prepared-query.ts';

/** What listCustomers takes. */
export interface ListCustomersParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of listCustomers. */
export interface ListCustomersResult {
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** Name as the channel or staff gave it. */
  displayName: string | null;
  /** E-mail address, stored in lower case. */
  email: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether the merchant no longer answers this customer. */
  isBlocked: boolean;
  /** When the customer last wrote or ordered; maintained by the database. */
  lastActivityAt: Date;
  /** Telephone number in E.164 form; unique among the merchant's live customers, in whichever way it is written. */
  phoneNumber: string | null;
  /** BCP 47 tag of the language the customer writes in. */
  preferredLanguage: string | null;
  /** The merchant's own labels, at most 100. */
  tags: string[];
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Customers, the latest active first, in pages.
 */
export const listCustomers = new PagedQuery<ListCustomersParams, ListCustomersResult>('listCustomers', `select c.id, c.display_name, c.email, c.phone_number, c.preferred_language, c.is_blocked, c.tags, c.last_activity_at,
       c.version, json_build_array(c.last_activity_at, c.id) as "cursor"
  from api.customer as c
 where c.tenant_id = $1
   and ($2::jsonb is null
     or (c.last_activity_at, c.id) < (($2::jsonb ->> 0)::timestamptz, ($2::jsonb ->> 1)::uuid))
 order by c.last_activity_at desc, c.id desc
 limit $3`, ['tenantId!', 'after', 'first'], { callers: ['member', 'worker', 'platform'] });

/** What searchCustomers takes. */
export interface SearchCustomersParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** A part of the name or of the telephone number: 3 to 100 characters. */
  term: string;
}

/** A row of searchCustomers. */
export interface SearchCustomersResult {
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** Name as the channel or staff gave it. */
  displayName: string | null;
  /** E-mail address, stored in lower case. */
  email: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether the merchant no longer answers this customer. */
  isBlocked: boolean;
  /** When the customer last wrote or ordered; maintained by the database. */
  lastActivityAt: Date;
  /** Telephone number in E.164 form; unique among the merchant's live customers, in whichever way it is written. */
  phoneNumber: string | null;
  /** The merchant's own labels, at most 100. */
  tags: string[];
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Customers whose name or telephone number contains a term of at least 3 characters, the latest active first, in
 * pages. FORBIDDEN, INVALID_INPUT.
 */
export const searchCustomers = new PagedQuery<SearchCustomersParams, SearchCustomersResult>('searchCustomers', `select c.*, json_build_array(m.last_activity_at, m.customer_id) as "cursor"
  from api.search_customers(
    $1, least($2::bigint, 2147483647)::integer, ($3::jsonb ->> 0)::timestamptz, ($3::jsonb ->> 1)::uuid
  ) as m
 cross join lateral (
    select c.id, c.display_name, c.email, c.phone_number, c.is_blocked, c.tags, c.last_activity_at, c.version
      from api.customer as c
     where c.tenant_id = $4 and c.id = m.customer_id
    offset 0
  ) as c
 order by m.last_activity_at desc, m.customer_id desc`, ['term!', 'first', 'after', 'tenantId!'], { callers: ['member', 'worker'] });

/** What getCustomer takes. */
export interface GetCustomerParams {
  /** The customer. */
  customerId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of getCustomer. */
export interface GetCustomerResult {
  /** When the row was made. */
  createdAt: Date;
  /** Name as the channel or staff gave it. */
  displayName: string | null;
  /** E-mail address, stored in lower case. */
  email: string | null;
  /** When the customer first wrote. */
  firstSeenAt: Date;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether the merchant no longer answers this customer. */
  isBlocked: boolean;
  /** When the customer last wrote or ordered; maintained by the database. */
  lastActivityAt: Date;
  /** Flexible data, a JSON object of at most 64 KiB; staff only. */
  metadata: JsonObject;
  /** Telephone number in E.164 form; unique among the merchant's live customers, in whichever way it is written. */
  phoneNumber: string | null;
  /** BCP 47 tag of the language the customer writes in. */
  preferredLanguage: string | null;
  /** The merchant's own labels, at most 100. */
  tags: string[];
  /** When the row last changed. */
  updatedAt: Date;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * One customer, or null.
 */
export const getCustomer = new MaybeOneQuery<GetCustomerParams, GetCustomerResult>('getCustomer', `select c.id, c.display_name, c.email, c.phone_number, c.preferred_language, c.is_blocked, c.tags, c.metadata,
       c.first_seen_at, c.last_activity_at, c.version, c.created_at, c.updated_at
  from api.customer as c
 where c.tenant_id = $1 and c.id = $2`, ['tenantId!', 'customerId!'], { callers: ['member', 'worker', 'platform'] });

/** What findCustomerByPhone takes. */
export interface FindCustomerByPhoneParams {
  /** In international form (E.164). */
  phoneNumber: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of findCustomerByPhone. */
export interface FindCustomerByPhoneResult {
  /** Name as the channel or staff gave it. */
  displayName: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether the merchant no longer answers this customer. */
  isBlocked: boolean;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * The customer with this telephone number (E.164), in whichever way it is written, or null. FORBIDDEN, INVALID_INPUT.
 */
export const findCustomerByPhone = new MaybeOneQuery<FindCustomerByPhoneParams, FindCustomerByPhoneResult>('findCustomerByPhone', `select c.id, c.display_name, c.is_blocked, c.version
  from api.customer_by_phone($1) as c
 where c.tenant_id = $2`, ['phoneNumber!', 'tenantId!'], { callers: ['member', 'worker'] });

/** What createCustomer takes. */
export interface CreateCustomerParams {
  /** Name as the channel or staff gave it. */
  displayName: string;
  /** E-mail address, stored in lower case. */
  email?: string | null | undefined;
  /** Flexible data, a JSON object of at most 64 KiB; staff only. */
  metadata?: JsonObject | null | undefined;
  /** Telephone number in E.164 form; unique among the merchant's live customers, in whichever way it is written. */
  phoneNumber?: string | null | undefined;
  /** BCP 47 tag of the language the customer writes in. */
  preferredLanguage?: string | null | undefined;
  /** The merchant's own labels, at most 100. */
  tags?: string[] | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of createCustomer. */
export interface CreateCustomerResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Adds a customer by hand, for staff. FORBIDDEN, ALREADY_EXISTS for a telephone number, INVALID_INPUT.
 */
export const createCustomer = new OneQuery<CreateCustomerParams, CreateCustomerResult>('createCustomer', `insert into api.customer (display_name, email, phone_number, preferred_language, tags, metadata)
select $1::text, $2::text, $3::text, $4::text,
       coalesce($5::text[], '{}'), coalesce($6::jsonb, '{}')
  from api.tenant as t
 where t.id = $7
returning id, version`, ['displayName!', 'email', 'phoneNumber', 'preferredLanguage', 'tags', 'metadata', 'tenantId!'], { callers: ['member'] });

/** What updateCustomer takes. */
export interface UpdateCustomerParams {
  /** The customer. */
  customerId: string;
  /** Name as the channel or staff gave it. */
  displayName?: string | null | undefined;
  /** E-mail address, stored in lower case. */
  email?: string | null | undefined;
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** Whether the merchant no longer answers this customer. */
  isBlocked?: boolean | null | undefined;
  /** Flexible data, a JSON object of at most 64 KiB; staff only. */
  metadata?: JsonObject | null | undefined;
  /** Telephone number in E.164 form; unique among the merchant's live customers, in whichever way it is written. */
  phoneNumber?: string | null | undefined;
  /** BCP 47 tag of the language the customer writes in. */
  preferredLanguage?: string | null | undefined;
  /** The merchant's own labels, at most 100. */
  tags?: string[] | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of updateCustomer. */
export interface UpdateCustomerResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Changes what is given and keeps what is NULL. NOT_FOUND, VERSION_CONFLICT, FORBIDDEN, ALREADY_EXISTS.
 */
export const updateCustomer = new OneQuery<UpdateCustomerParams, UpdateCustomerResult>('updateCustomer', `update api.customer as c
   set display_name = coalesce($1, c.display_name),
       email = coalesce($2, c.email),
       phone_number = coalesce($3, c.phone_number),
       preferred_language = coalesce($4, c.preferred_language),
       is_blocked = coalesce($5, c.is_blocked),
       tags = coalesce($6, c.tags),
       metadata = coalesce($7::jsonb, c.metadata),
       version = $8
 where c.tenant_id = $9 and c.id = $10
returning c.id, c.version`, ['displayName', 'email', 'phoneNumber', 'preferredLanguage', 'isBlocked', 'tags', 'metadata', 'expectedVersion!', 'tenantId!', 'customerId!'], { callers: ['member'] });

/** What deleteCustomer takes. */
export interface DeleteCustomerParams {
  /** The customer. */
  customerId: string;
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of deleteCustomer. */
export interface DeleteCustomerResult {
  /** Identifier, ordered by time of creation. */
  id: string;
}

/**
 * Marks a customer deleted; restoreRecord brings them back. Null: not found, or changed since it was read.
 * HAS_DEPENDENTS, FORBIDDEN.
 */
export const deleteCustomer = new MaybeOneQuery<DeleteCustomerParams, DeleteCustomerResult>('deleteCustomer', `delete from api.customer as c
 where c.tenant_id = $1 and c.id = $2 and c.version = $3
returning c.id`, ['tenantId!', 'customerId!', 'expectedVersion!'], { callers: ['member'] });

/** What mergeCustomers takes. */
export interface MergeCustomersParams {
  /** The customer who stays. */
  customerId: string;
  /** The version of the customer who is merged. */
  expectedMergedVersion: number;
  /** The version of the customer who stays. */
  expectedVersion: number;
  /** The customer who is merged into the other one. */
  mergedCustomerId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of mergeCustomers. */
export interface MergeCustomersResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Makes two customers who are one person one: mergedCustomerId gives all it has to customerId, and is deleted. A repeat
 * returns the customer again. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_INPUT for a customer who has a login, which
 * must be the one who stays.
 */
export const mergeCustomers = new OneQuery<MergeCustomersParams, MergeCustomersResult>('mergeCustomers', `select c.id, c.version
  from api.merge_customers($1, $2, $3, $4) as c
 where c.tenant_id = $5`, ['customerId!', 'mergedCustomerId!', 'expectedVersion!', 'expectedMergedVersion!', 'tenantId!'], { callers: ['member'] });
