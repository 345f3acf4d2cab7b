// Generated from sql/reference.sql by "npm run generate"; do not edit.
import type { TeamRole } from '../model/closed-sets.ts';
import type { JsonObject } from '../model/json.ts';
import { PagedQuery } from '../database/paged-query.ts';

/** What listCurrencies takes. */
export interface ListCurrenciesParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
}

/** A row of listCurrencies. */
export interface ListCurrenciesResult {
  /** ISO 4217 code, three capital letters. */
  code: string;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** Decimals of an amount: 2 for USD, 0 for JPY, 3 for KWD. */
  minorUnit: number;
  /** English name. */
  name: string;
}

/**
 * The currencies that a merchant may sell in, by code; minorUnit: how many decimals.
 */
export const listCurrencies = new PagedQuery<ListCurrenciesParams, ListCurrenciesResult>('listCurrencies', `select c.code, c.name, c.minor_unit, c.code as "cursor"
  from api.currency as c
 where $1::text is null or c.code > $1
 order by c.code
 limit $2`, ['after', 'first'], { callers: ['member', 'buyer', 'anonymous', 'worker', 'platform'] });

/** What listPlans takes. */
export interface ListPlansParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
}

/** A row of listPlans. */
export interface ListPlansResult {
  /** The name of the plan, as in tenant.subscriptionTier. */
  code: string;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** Feature switches, a JSON object of at most 64 KiB. */
  features: JsonObject;
  /** Whether merchants may choose it. */
  isActive: boolean;
  /** Maximum number of connected channels. */
  maxChannels: number | null;
  /** Maximum number of messages sent in a calendar month. */
  maxMessagesPerMonth: number | null;
  /** Maximum number of orders placed in a calendar month. */
  maxOrdersPerMonth: number | null;
  /** Maximum number of live products. */
  maxProducts: number | null;
  /** Maximum number of bytes of stored files. */
  maxStorageBytes: string | null;
  /** Maximum number of active team members. */
  maxTeamMembers: number | null;
  /** Name shown to merchants. */
  name: string;
}

/**
 * The plans of the platform, by code; NULL: without limit.
 */
export const listPlans = new PagedQuery<ListPlansParams, ListPlansResult>('listPlans', `select p.code, p.name, p.is_active, p.max_products, p.max_team_members, p.max_channels, p.max_messages_per_month,
       p.max_orders_per_month, p.max_storage_bytes, p.features, p.code as "cursor"
  from api.subscription_plan as p
 where $1::text is null or p.code > $1
 order by p.code
 limit $2`, ['after', 'first'], { callers: ['member', 'worker', 'platform'] });

/** What listPermissions takes. */
export interface ListPermissionsParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
}

/** A row of listPermissions. */
export interface ListPermissionsResult {
  /** resource.action. */
  code: string;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** What it allows. */
  description: string;
  /** The roles that have it from the start. */
  roles: TeamRole[];
}

/**
 * What a member of the team may be allowed to do, by code, and the roles that may do it from the start.
 */
export const listPermissions = new PagedQuery<ListPermissionsParams, ListPermissionsResult>('listPermissions', `select p.code, p.description,
       array(select r.role from api.role_permission as r where r.permission_code = p.code order by r.role) as "roles",
       p.code as "cursor"
  from api.permission as p
 where $1::text is null or p.code > $1
 order by p.code
 limit $2`, ['after', 'first'], { callers: ['member', 'worker', 'platform'] });
