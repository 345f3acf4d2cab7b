// Generated from sql/team_invites.sql by "npm run generate"; do not edit.
import type { InviteStatus, TeamRole } from '../closed-sets.ts';
import { PagedQuery } from '../page.ts';
import { PreparedQuery } from '../prepared-query.ts';

/** 'ListTeamInvites' parameters type */
export interface ListTeamInvitesParams {
  after?: string | null | undefined;
  first: number;
  tenantId: string;
}

/** 'ListTeamInvites' return type */
export interface ListTeamInvitesResult {
  /** Who accepted. */
  accepted_by: string | null;
  /** When the row was made. */
  created_at: Date;
  /** Who invites; set by the database. */
  created_by: string;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** Who is invited, by e-mail, in lower case. */
  email: string | null;
  /** From then on it can no longer be accepted. */
  expires_at: Date;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** What the inviter wrote along. */
  message: string | null;
  /** Permission codes offered beyond those of the role, at most 100. */
  permissions: string[];
  /** Who is invited, by WhatsApp or SMS, in E.164 form. */
  phone_number: string | null;
  /** How often it was sent again. */
  resent_count: number;
  /** When it was accepted or declined. */
  responded_at: Date | null;
  /** The team role that is offered; never owner. */
  role: TeamRole;
  /** Where it stands. */
  status: InviteStatus;
}

/**
 * Invitations, the newest first, in pages; their tokens are not kept.
 */
export const listTeamInvites = new PagedQuery<ListTeamInvitesParams, ListTeamInvitesResult>('listTeamInvites', `select i.id, i.email, i.phone_number, i.role, i.permissions, i.status, i.message, i.created_by, i.accepted_by,
       i.resent_count, i.expires_at, i.responded_at, i.created_at, i.id as "cursor"
  from api.team_invites as i
 where i.tenant_id = $1 and ($2::uuid is null or i.id < $2)
 order by i.id desc
 limit $3`, ['tenantId', 'after', 'first']);

/** 'CreateTeamInvite' parameters type */
export interface CreateTeamInviteParams {
  email?: string | null | undefined;
  message?: string | null | undefined;
  permissions?: string[] | null | undefined;
  phoneNumber?: string | null | undefined;
  role: TeamRole;
  validForHours?: number | null | undefined;
}

/** 'CreateTeamInvite' return type */
export interface CreateTeamInviteResult {
  expires_at: Date;
  invite_id: string;
  token: string;
}

/**
 * Invites somebody by e-mail, by telephone or both, for so many hours (1 to 720, a week unless said). The token is
 * shown only here: it goes into the message to the person. FORBIDDEN, ALREADY_EXISTS, LIMIT_REACHED, INVALID_INPUT.
 */
export const createTeamInvite = new PreparedQuery<CreateTeamInviteParams, CreateTeamInviteResult>('createTeamInvite', `select i.invite_id as "invite_id", i.token as "token", i.expires_at as "expires_at"
  from api.create_team_invite(
    $1, $2, $3, coalesce($4::text[], '{}'),
    make_interval(hours => coalesce($5::integer, 168)), $6
  ) as i`, ['role', 'email', 'phoneNumber', 'permissions', 'validForHours', 'message']);

/** 'ResendTeamInvite' parameters type */
export interface ResendTeamInviteParams {
  inviteId: string;
  validForHours?: number | null | undefined;
}

/** 'ResendTeamInvite' return type */
export interface ResendTeamInviteResult {
  expires_at: Date;
  invite_id: string;
  token: string;
}

/**
 * Gives an open invitation a new token, shown only here, and a new end. FORBIDDEN, NOT_FOUND, INVALID_TRANSITION, INVALID_INPUT.
 */
export const resendTeamInvite = new PreparedQuery<ResendTeamInviteParams, ResendTeamInviteResult>('resendTeamInvite', `select i.invite_id as "invite_id", i.token as "token", i.expires_at as "expires_at"
  from api.resend_team_invite($1, make_interval(hours => coalesce($2::integer, 168))) as i`, ['inviteId', 'validForHours']);

/** 'RevokeTeamInvite' parameters type */
export interface RevokeTeamInviteParams {
  inviteId: string;
  tenantId: string;
}

/** 'RevokeTeamInvite' return type */
export interface RevokeTeamInviteResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Where it stands. */
  status: InviteStatus;
}

/**
 * Takes an open invitation back. FORBIDDEN, NOT_FOUND, INVALID_TRANSITION.
 */
export const revokeTeamInvite = new PreparedQuery<RevokeTeamInviteParams, RevokeTeamInviteResult>('revokeTeamInvite', `select i.id, i.status
  from api.revoke_team_invite($1) as i
 where i.tenant_id = $2`, ['inviteId', 'tenantId']);

/** 'AcceptTeamInvite' parameters type */
export interface AcceptTeamInviteParams {
  token: string;
}

/** 'AcceptTeamInvite' return type */
export interface AcceptTeamInviteResult {
  member_id: string;
  role: TeamRole;
  tenant_id: string;
  tenant_name: string;
  user_id: string;
}

/**
 * Joins the team that the token invites to; the session may be of any tenant, and has the verified e-mail address that
 * the invitation names. A new session of that tenant then has the rights. NOT_FOUND, EXPIRED, ALREADY_EXISTS,
 * INVALID_TRANSITION, LIMIT_REACHED, TENANT_REQUIRED, FORBIDDEN.
 */
export const acceptTeamInvite = new PreparedQuery<AcceptTeamInviteParams, AcceptTeamInviteResult>('acceptTeamInvite', `select a.tenant_id as "tenant_id", a.tenant_name as "tenant_name", a.user_id as "user_id",
       a.member_id as "member_id", a.role as "role"
  from api.accept_team_invite($1) as a`, ['token']);

/** 'DeclineTeamInvite' parameters type */
export interface DeclineTeamInviteParams {
  token: string;
}

/** 'DeclineTeamInvite' return type */
export interface DeclineTeamInviteResult {
  declined: boolean;
}

/**
 * Declines an invitation, in the session that could accept it.
 * NOT_FOUND, EXPIRED, ALREADY_EXISTS, INVALID_TRANSITION, TENANT_REQUIRED, FORBIDDEN.
 */
export const declineTeamInvite = new PreparedQuery<DeclineTeamInviteParams, DeclineTeamInviteResult>('declineTeamInvite', `select true as "declined" from api.decline_team_invite($1)`, ['token']);
