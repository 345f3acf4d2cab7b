// Generated from sql/session.sql by "npm run generate"; do not edit.
import type { Role, TeamRole } from '../model/closed-sets.ts';
import { ManyQuery, OneQuery } from '../database/prepared-query.ts';

/** What hasPermission takes. */
export interface HasPermissionParams {
  /** A code of listPermissions. */
  permission: string;
}

/** A row of hasPermission. */
export interface HasPermissionResult {
  /** Whether the session holds it. */
  hasPermission: boolean;
}

/**
 * Whether the session holds a permission code, as it was when it was opened. INVALID_SESSION.
 */
export const hasPermission = new OneQuery<HasPermissionParams, HasPermissionResult>('hasPermission', `select api.has_permission($1) as "has_permission"`, ['permission!'], { callers: ['member', 'buyer', 'anonymous'] });

/** What me takes. */
export type MeParams = void;

/** A row of me. */
export interface MeResult {
  /** The shopper as a customer of the shop; NULL for everyone else. */
  customerId: string | null;
  /** The codes of the session's permissions. */
  permissions: string[];
  /** The role of the caller: staff and sellers are members, a visitor is anonymous. */
  role: 'member' | 'buyer' | 'anonymous';
  /** The role in the merchant's team; NULL for everyone else. */
  teamRole: TeamRole | null;
  /** The merchant; NULL for a person who has chosen none. */
  tenantId: string | null;
  /** The person; NULL for a visitor, and before the person is known here. */
  userId: string | null;
}

/**
 * Describes the session: its role, what it may do, and the ids that are the caller's own. INVALID_SESSION.
 */
export const me = new OneQuery<MeParams, MeResult>('me', `select m.role as "role", m.team_role as "team_role", m.permissions as "permissions", m.tenant_id as "tenant_id",
       m.user_id as "user_id", m.customer_id as "customer_id"
  from api.me() as m`, [], { callers: ['member', 'buyer', 'anonymous'] });

/** What myTenants takes. */
export type MyTenantsParams = void;

/** A row of myTenants. */
export interface MyTenantsResult {
  /** The person's role in its team; NULL for a shopper or seller. */
  role: Role | null;
  /** The tenant, for which a token can be requested. */
  tenantId: string;
  /** Name shown to buyers. */
  tenantName: string;
  /** The person's id in that tenant. */
  userId: string;
}

/**
 * The tenants in which the session's person is known.
 */
export const myTenants = new ManyQuery<MyTenantsParams, MyTenantsResult>('myTenants', `select t.tenant_id as "tenant_id", t.tenant_name as "tenant_name", t.user_id as "user_id", t.role as "role"
  from api.my_tenants() as t`, [], { callers: ['member', 'buyer'] });

/** What restoreRecord takes. */
export interface RestoreRecordParams {
  /** The deleted row. */
  id: string;
  /** Name of the table, such as products. */
  table: string;
}

/** A row of restoreRecord. */
export interface RestoreRecordResult {
  /** Always true: what is refused throws. */
  restored: boolean;
}

/**
 * Restores a deleted row, and the rows that were deleted with it. NOT_FOUND, HAS_DEPENDENTS, ALREADY_EXISTS, FORBIDDEN,
 * INVALID_INPUT.
 */
export const restoreRecord = new OneQuery<RestoreRecordParams, RestoreRecordResult>('restoreRecord', `select true as "restored" from api.restore($1, $2)`, ['table!', 'id!'], { callers: ['member'] });
