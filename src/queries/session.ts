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

/** 'HasPermission' query type */
export interface HasPermissionQuery {
  params: HasPermissionParams;
  result: HasPermissionResult;
}

const hasPermissionIR: any = {"usedParamSet":{"permission":true},"params":[{"name":"permission","required":true,"transform":{"type":"scalar"},"locs":[{"a":26,"b":37}]}],"statement":"select api.has_permission(:permission!) as \"has_permission!\""};

/**
 * Whether the session holds a permission code.
 */
export const hasPermission = new PreparedQuery<HasPermissionParams,HasPermissionResult>(hasPermissionIR);


/** 'MyTenants' parameters type */
type MyTenantsParams = void;

/** 'MyTenants' return type */
export interface MyTenantsResult {
  role: TeamRole | null;
  tenant_id: string;
  tenant_name: string;
  user_id: string;
}

/** 'MyTenants' query type */
export interface MyTenantsQuery {
  params: MyTenantsParams;
  result: MyTenantsResult;
}

const myTenantsIR: any = {"usedParamSet":{},"params":[],"statement":"select t.tenant_id as \"tenant_id!\", t.tenant_name as \"tenant_name!\", t.user_id as \"user_id!\", t.role as \"role?\"\n  from api.my_tenants() as t"};

/**
 * The tenants that know the session's person.
 */
export const myTenants = new PreparedQuery<MyTenantsParams,MyTenantsResult>(myTenantsIR);


/** 'RestoreRecord' parameters type */
export interface RestoreRecordParams {
  id: string;
  table: string;
}

/** 'RestoreRecord' return type */
export interface RestoreRecordResult {
  restored: boolean;
}

/** 'RestoreRecord' query type */
export interface RestoreRecordQuery {
  params: RestoreRecordParams;
  result: RestoreRecordResult;
}

const restoreRecordIR: any = {"usedParamSet":{"table":true,"id":true},"params":[{"name":"table","required":true,"transform":{"type":"scalar"},"locs":[{"a":44,"b":50}]},{"name":"id","required":true,"transform":{"type":"scalar"},"locs":[{"a":53,"b":56}]}],"statement":"select true as \"restored!\" from api.restore(:table!, :id!)"};

/**
 * Brings a deleted row back, and what went with it. NOT_FOUND, HAS_DEPENDENTS, ALREADY_EXISTS, FORBIDDEN.
 */
export const restoreRecord = new PreparedQuery<RestoreRecordParams,RestoreRecordResult>(restoreRecordIR);


