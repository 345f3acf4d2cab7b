// Generated from sql/team_members.sql by "npm run generate"; do not edit.
import { teamRoles } from '../model/closed-sets.ts';
import type { TeamRole } from '../model/closed-sets.ts';
import { PagedQuery } from '../database/paged-query.ts';
import { ManyQuery, OneQuery } from '../database/prepared-query.ts';

/** What listTeamMembers takes. */
export interface ListTeamMembersParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** The cursor to read on before, in the order of the list; not together with after. */
  before?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** The first day on which it was added, in the shop's time zone. */
  from?: string | null | undefined;
  /** Whether they belong to the team now. */
  isActive?: boolean | null | undefined;
  /** Which rows come first: newest, which is the default, or oldest. */
  order?: 'newest' | 'oldest' | null | undefined;
  /** Which roles; all when it is left out. */
  roles?: readonly TeamRole[] | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** The last day. */
  to?: string | null | undefined;
}

/** A row of listTeamMembers. */
export interface ListTeamMembersResult {
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** When the person was deactivated. */
  deactivatedAt: Date | null;
  /** Name shown to others. */
  displayName: string | null;
  /** E-mail address, stored in lower case; NULL for a guest of a chat. */
  email: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether the person works for the merchant now. */
  isActive: boolean;
  /** When the person joined. */
  joinedAt: Date;
  /** Permission codes beyond those of the role, at most 100. */
  permissions: string[];
  /** What the person may do by default. */
  role: TeamRole;
  /** The person. */
  userId: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * The team with names, the latest to join first, in pages; members who have left as well, unless filtered by isActive.
 * Days (YYYY-MM-DD) are the shop's; the rows before a cursor are read with `before`. INVALID_INPUT, TENANT_REQUIRED.
 */
export const listTeamMembers = new PagedQuery<ListTeamMembersParams, ListTeamMembersResult>('listTeamMembers', `select t.*, u.display_name, u.email, m.cursor as "cursor"
  from api.list_team(
    p_roles => $1::text[], p_is_active => $2,
    p_from => $3, p_to => $4, p_order => coalesce($5, 'newest'),
    p_first => least($6::bigint, 2147483647)::integer, p_after => $7, p_before => $8
  ) with ordinality as m (member_id, cursor, place)
 cross join lateral (
    select t.id, t.user_id, t.role, t.permissions, t.is_active, t.joined_at, t.deactivated_at, t.version
      from api.team_members as t
     where t.tenant_id = $9 and t.id = m.member_id
    offset 0
  ) as t
 cross join lateral (
    select u.display_name, u.email
      from api.users as u
     where u.tenant_id = $9 and u.id = t.user_id
    offset 0
  ) as u
 order by m.place`, ['roles', 'isActive', 'from', 'to', 'order', 'first', 'after', 'before', 'tenantId!'], { callers: ['member'], closedSets: { roles: teamRoles, order: ['newest', 'oldest'] }, days: ['from', 'to'] });

/** What countTeamMembers takes. */
export interface CountTeamMembersParams {
  /** The first day on which it was added, in the shop's time zone. */
  from?: string | null | undefined;
  /** Whether they belong to the team now. */
  isActive?: boolean | null | undefined;
  /** Which roles; all when it is left out. */
  roles?: readonly TeamRole[] | null | undefined;
  /** The last day. */
  to?: string | null | undefined;
}

/** A row of countTeamMembers. */
export interface CountTeamMembersResult {
  /** Whether there are more than row_count. */
  isAtLeast: boolean;
  /** What the person may do by default. */
  role: TeamRole;
  /** How many; 1000 where there are more. */
  rowCount: number;
}

/**
 * How many members of each role there are, with the filters of listTeamMembers.
 * isAtLeast: there are more. INVALID_INPUT, TENANT_REQUIRED.
 */
export const countTeamMembers = new ManyQuery<CountTeamMembersParams, CountTeamMembersResult>('countTeamMembers', `select c.role as "role", c.row_count as "row_count", c.is_at_least as "is_at_least"
  from api.count_team(p_roles => $1::text[], p_is_active => $2, p_from => $3, p_to => $4) as c`, ['roles', 'isActive', 'from', 'to'], { callers: ['member'], closedSets: { roles: teamRoles }, days: ['from', 'to'] });

/** What changeMemberRole takes. */
export interface ChangeMemberRoleParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The member. */
  memberId: string;
  /** What the person may do by default. */
  role: TeamRole;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of changeMemberRole. */
export interface ChangeMemberRoleResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** What the person may do by default. */
  role: TeamRole;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Gives a member another role, and ends their sessions. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, LAST_OWNER,
 * INVALID_INPUT.
 */
export const changeMemberRole = new OneQuery<ChangeMemberRoleParams, ChangeMemberRoleResult>('changeMemberRole', `select m.id, m.role, m.version
  from api.change_member_role($1, $2, $3) as m
 where m.tenant_id = $4`, ['memberId!', 'role!', 'expectedVersion!', 'tenantId!'], { callers: ['member'], closedSets: { role: teamRoles } });

/** What setMemberPermissions takes. */
export interface SetMemberPermissionsParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The member. */
  memberId: string;
  /** Permission codes beyond those of the role, at most 100. */
  permissions: string[];
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of setMemberPermissions. */
export interface SetMemberPermissionsResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Permission codes beyond those of the role, at most 100. */
  permissions: string[];
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Sets what a member may do beyond the role, and ends their sessions. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT,
 * INVALID_INPUT.
 */
export const setMemberPermissions = new OneQuery<SetMemberPermissionsParams, SetMemberPermissionsResult>('setMemberPermissions', `select m.id, m.permissions, m.version
  from api.set_member_permissions($1, $2, $3) as m
 where m.tenant_id = $4`, ['memberId!', 'permissions!', 'expectedVersion!', 'tenantId!'], { callers: ['member'] });

/** What deactivateMember takes. */
export interface DeactivateMemberParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The member. */
  memberId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of deactivateMember. */
export interface DeactivateMemberResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether the person works for the merchant now. */
  isActive: boolean;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Takes a member off the team: ends their sessions and frees their live threads.
 * FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, LAST_OWNER.
 */
export const deactivateMember = new OneQuery<DeactivateMemberParams, DeactivateMemberResult>('deactivateMember', `select m.id, m.is_active, m.version
  from api.deactivate_member($1, $2) as m
 where m.tenant_id = $3`, ['memberId!', 'expectedVersion!', 'tenantId!'], { callers: ['member'] });

/** What transferOwnership takes. */
export interface TransferOwnershipParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The member. */
  memberId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of transferOwnership. */
export interface TransferOwnershipResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** What the person may do by default. */
  role: TeamRole;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Makes a member owner in the place of the caller, who becomes admin. FORBIDDEN, NOT_FOUND, ALREADY_EXISTS,
 * VERSION_CONFLICT, INVALID_INPUT for a service.
 */
export const transferOwnership = new OneQuery<TransferOwnershipParams, TransferOwnershipResult>('transferOwnership', `select m.id, m.role, m.version
  from api.transfer_ownership($1, $2) as m
 where m.tenant_id = $3`, ['memberId!', 'expectedVersion!', 'tenantId!'], { callers: ['member'] });

/** What createService takes. */
export interface CreateServiceParams {
  /** What it is called. */
  name: string;
  /** Permission codes beyond those of the role, at most 100. */
  permissions?: string[] | null | undefined;
  /** The subject of its tokens. */
  subject: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of createService. */
export interface CreateServiceResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Permission codes beyond those of the role, at most 100. */
  permissions: string[];
  /** What the person may do by default. */
  role: TeamRole;
  /** The person. */
  userId: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Makes an identity for a bot or another program: a member with the role service, whose tokens have the role member and
 * this subject. FORBIDDEN, ALREADY_EXISTS for a subject that is already used, INVALID_INPUT.
 */
export const createService = new OneQuery<CreateServiceParams, CreateServiceResult>('createService', `select m.id, m.user_id, m.role, m.permissions, m.version
  from api.create_service($1, $2, coalesce($3::text[], '{}')) as m
 where m.tenant_id = $4`, ['name!', 'subject!', 'permissions', 'tenantId!'], { callers: ['member'] });
