// Generated from sql/session.sql by "npm run generate"; do not edit.
import type { TeamRole } from '../closed-sets.ts';
import { PreparedQuery } from '../prepared-query.ts';

/** 'HasPermission' parameters type */
export interface HasPermissionParams {
  permission: string;
}

/** 'HasPermission' return type */
export interface HasPermissionResult {
  has_permission: boolean;
}

/**
 * Whether the session holds a permission code.
 */
export const hasPermission = new PreparedQuery<HasPermissionParams, HasPermissionResult>('hasPermission', `select api.has_permission($1) as "has_permission"`, ['permission']);

/** 'MyTenants' parameters type */
export type MyTenantsParams = void;

/** 'MyTenants' return type */
export interface MyTenantsResult {
  role: TeamRole | null;
  tenant_id: string;
  tenant_name: string;
  user_id: string;
}

/**
 * The tenants that know the session's person.
 */
export const myTenants = new PreparedQuery<MyTenantsParams, MyTenantsResult>('myTenants', `select t.tenant_id as "tenant_id", t.tenant_name as "tenant_name", t.user_id as "user_id", t.role as "role"
  from api.my_tenants() as t`, []);

/** 'RestoreRecord' parameters type */
export interface RestoreRecordParams {
  id: string;
  table: string;
}

/** 'RestoreRecord' return type */
export interface RestoreRecordResult {
  restored: boolean;
}

/**
 * Brings a deleted row back, and what went with it. NOT_FOUND, HAS_DEPENDENTS, ALREADY_EXISTS, FORBIDDEN.
 */
export const restoreRecord = new PreparedQuery<RestoreRecordParams, RestoreRecordResult>('restoreRecord', `select true as "restored" from api.restore($1, $2)`, ['table', 'id']);
