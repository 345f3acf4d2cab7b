// Generated from sql/team_members.sql by "npm run generate"; do not edit.
import type { TeamRole } from '../closed-sets.ts';
import { PagedQuery } from '../page.ts';
import { PreparedQuery } from '../prepared-query.ts';

/** 'ListTeamMembers' parameters type */
export interface ListTeamMembersParams {
  after?: string | null | undefined;
  first: number;
  tenantId: string;
}

/** 'ListTeamMembers' return type */
export interface ListTeamMembersResult {
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** When the person was deactivated. */
  deactivated_at: Date | null;
  /** Name shown to others. */
  display_name: string | null;
  /** E-mail address, stored in lower case; NULL for a guest of a chat. */
  email: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether the person works for the merchant now. */
  is_active: boolean;
  /** When the person joined. */
  joined_at: Date;
  /** Permission codes beyond those of the role, at most 100. */
  permissions: string[];
  /** What the person may do by default. */
  role: TeamRole;
  /** The person. */
  user_id: string;
  /** Optimistic lock: name the version you read when you change the row. */
  version: number;
}

/**
 * The team with names, by id, in pages; members who have left as well.
 */
export const listTeamMembers = new PagedQuery<ListTeamMembersParams, ListTeamMembersResult>('listTeamMembers', `select m.id, m.user_id, u.display_name, u.email, m.role, m.permissions, m.is_active, m.joined_at, m.deactivated_at,
       m.version, m.id as "cursor"
  from api.team_members as m
  join api.users as u on u.tenant_id = m.tenant_id and u.id = m.user_id
 where m.tenant_id = $1 and ($2::uuid is null or m.id > $2)
 order by m.id
 limit $3`, ['tenantId', 'after', 'first']);

/** 'ChangeMemberRole' parameters type */
export interface ChangeMemberRoleParams {
  expectedVersion: number;
  memberId: string;
  role: TeamRole;
  tenantId: string;
}

/** 'ChangeMemberRole' return type */
export interface ChangeMemberRoleResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** What the person may do by default. */
  role: TeamRole;
  /** Optimistic lock: name the version you read when you change the row. */
  version: number;
}

/**
 * Gives a member another role, and ends their sessions. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, LAST_OWNER, INVALID_INPUT.
 */
export const changeMemberRole = new PreparedQuery<ChangeMemberRoleParams, ChangeMemberRoleResult>('changeMemberRole', `select m.id, m.role, m.version
  from api.change_member_role($1, $2, $3) as m
 where m.tenant_id = $4`, ['memberId', 'role', 'expectedVersion', 'tenantId']);

/** 'SetMemberPermissions' parameters type */
export interface SetMemberPermissionsParams {
  expectedVersion: number;
  memberId: string;
  permissions: string[];
  tenantId: string;
}

/** 'SetMemberPermissions' return type */
export interface SetMemberPermissionsResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Permission codes beyond those of the role, at most 100. */
  permissions: string[];
  /** Optimistic lock: name the version you read when you change the row. */
  version: number;
}

/**
 * Sets what a member may do beyond the role, and ends their sessions. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_INPUT.
 */
export const setMemberPermissions = new PreparedQuery<SetMemberPermissionsParams, SetMemberPermissionsResult>('setMemberPermissions', `select m.id, m.permissions, m.version
  from api.set_member_permissions($1, $2, $3) as m
 where m.tenant_id = $4`, ['memberId', 'permissions', 'expectedVersion', 'tenantId']);

/** 'DeactivateMember' parameters type */
export interface DeactivateMemberParams {
  expectedVersion: number;
  memberId: string;
  tenantId: string;
}

/** 'DeactivateMember' return type */
export interface DeactivateMemberResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether the person works for the merchant now. */
  is_active: boolean;
  /** Optimistic lock: name the version you read when you change the row. */
  version: number;
}

/**
 * Takes a member off the team: ends their sessions and frees their live threads.
 * FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, LAST_OWNER.
 */
export const deactivateMember = new PreparedQuery<DeactivateMemberParams, DeactivateMemberResult>('deactivateMember', `select m.id, m.is_active, m.version
  from api.deactivate_member($1, $2) as m
 where m.tenant_id = $3`, ['memberId', 'expectedVersion', 'tenantId']);

/** 'TransferOwnership' parameters type */
export interface TransferOwnershipParams {
  expectedVersion: number;
  memberId: string;
  tenantId: string;
}

/** 'TransferOwnership' return type */
export interface TransferOwnershipResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** What the person may do by default. */
  role: TeamRole;
  /** Optimistic lock: name the version you read when you change the row. */
  version: number;
}

/**
 * Makes a member owner in the place of the caller, who becomes admin. FORBIDDEN, NOT_FOUND, ALREADY_EXISTS, VERSION_CONFLICT.
 */
export const transferOwnership = new PreparedQuery<TransferOwnershipParams, TransferOwnershipResult>('transferOwnership', `select m.id, m.role, m.version
  from api.transfer_ownership($1, $2) as m
 where m.tenant_id = $3`, ['memberId', 'expectedVersion', 'tenantId']);
