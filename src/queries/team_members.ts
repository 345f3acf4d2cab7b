// Generated from sql/team_members.sql by "npm run generate"; do not edit.
import type { TeamRole } from '../closed-sets.ts';
import { PagedQuery } from '../page.ts';

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
