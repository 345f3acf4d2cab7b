// Generated from sql/team_invites.sql by "npm run generate"; do not edit.
import { roles } from '../model/closed-sets.ts';
import type { InviteStatus, Role } from '../model/closed-sets.ts';
import { PagedQuery } from '../database/paged-query.ts';
import { OneQuery } from '../database/prepared-query.ts';

/** What listTeamInvites takes. */
export interface ListTeamInvitesParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of listTeamInvites. */
export interface ListTeamInvitesResult {
  /** The person who accepted. */
  acceptedBy: string | null;
  /** When the row was made. */
  createdAt: Date;
  /** The person who invites; set by the database. */
  createdBy: string;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** The e-mail address of the invited person, in lower case. */
  email: string | null;
  /** The time after which it can no longer be accepted. */
  expiresAt: Date;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The message that the inviting person added. */
  message: string | null;
  /** Permission codes offered beyond those of the role, at most 100. */
  permissions: string[];
  /** The telephone number of the invited person, for WhatsApp or SMS, in E.164 form. */
  phoneNumber: string | null;
  /** How often it was sent again. */
  resentCount: number;
  /** When it was accepted or declined. */
  respondedAt: Date | null;
  /** The team role that is offered; never owner. */
  role: Role;
  /** State of the invitation. */
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
 limit $3`, ['tenantId!', 'after', 'first'], { callers: ['member', 'worker', 'platform'] });

/** What createTeamInvite takes. */
export interface CreateTeamInviteParams {
  /** The e-mail address of the invited person, in lower case. */
  email?: string | null | undefined;
  /** The message that the inviting person added. */
  message?: string | null | undefined;
  /** Permission codes offered beyond those of the role, at most 100. */
  permissions?: string[] | null | undefined;
  /** The telephone number of the invited person, for WhatsApp or SMS, in E.164 form. */
  phoneNumber?: string | null | undefined;
  /** What the person may do by default. */
  role: Role;
  /** For how many hours, 1 to 720; a week unless given. */
  validForHours?: number | null | undefined;
}

/** A row of createTeamInvite. */
export interface CreateTeamInviteResult {
  /** The time after which it can no longer be accepted. */
  expiresAt: Date;
  /** The invitation. */
  inviteId: string;
  /** The token that opens the invitation; it is never shown again. */
  token: string;
}

/**
 * Invites somebody by e-mail, by telephone or both, for so many hours (1 to 720, a week unless given). The token
 * is returned only here, to be sent to the person. FORBIDDEN, ALREADY_EXISTS, LIMIT_REACHED, INVALID_INPUT.
 */
export const createTeamInvite = new OneQuery<CreateTeamInviteParams, CreateTeamInviteResult>('createTeamInvite', `select i.invite_id as "invite_id", i.token as "token", i.expires_at as "expires_at"
  from api.create_team_invite(
    $1, $2, $3, coalesce($4::text[], '{}'),
    make_interval(hours => coalesce($5::integer, 168)), $6
  ) as i`, ['role!', 'email', 'phoneNumber', 'permissions', 'validForHours', 'message'], { callers: ['member'], closedSets: { role: roles } });

/** What resendTeamInvite takes. */
export interface ResendTeamInviteParams {
  /** The invitation. */
  inviteId: string;
  /** For how many hours from now, 1 to 720; a week unless given. */
  validForHours?: number | null | undefined;
}

/** A row of resendTeamInvite. */
export interface ResendTeamInviteResult {
  /** The time after which it can no longer be accepted. */
  expiresAt: Date;
  /** The invitation. */
  inviteId: string;
  /** The token that opens the invitation; it is never shown again. */
  token: string;
}

/**
 * Gives an open invitation a new token, shown only here, and a new end. FORBIDDEN, NOT_FOUND, INVALID_TRANSITION,
 * INVALID_INPUT.
 */
export const resendTeamInvite = new OneQuery<ResendTeamInviteParams, ResendTeamInviteResult>('resendTeamInvite', `select i.invite_id as "invite_id", i.token as "token", i.expires_at as "expires_at"
  from api.resend_team_invite($1, make_interval(hours => coalesce($2::integer, 168))) as i`, ['inviteId!', 'validForHours'], { callers: ['member'] });

/** What revokeTeamInvite takes. */
export interface RevokeTeamInviteParams {
  /** The invite. */
  inviteId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of revokeTeamInvite. */
export interface RevokeTeamInviteResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** State of the invitation. */
  status: InviteStatus;
}

/**
 * Withdraws an open invitation. FORBIDDEN, NOT_FOUND, INVALID_TRANSITION.
 */
export const revokeTeamInvite = new OneQuery<RevokeTeamInviteParams, RevokeTeamInviteResult>('revokeTeamInvite', `select i.id, i.status
  from api.revoke_team_invite($1) as i
 where i.tenant_id = $2`, ['inviteId!', 'tenantId!'], { callers: ['member'] });

/** What acceptTeamInvite takes. */
export interface AcceptTeamInviteParams {
  /** The token of the invitation. */
  token: string;
}

/** A row of acceptTeamInvite. */
export interface AcceptTeamInviteResult {
  /** The membership of its team. */
  memberId: string;
  /** What the person may do by default. */
  role: Role;
  /** The tenant, for which a token can be requested. */
  tenantId: string;
  /** Name shown to buyers. */
  tenantName: string;
  /** The person's id in that tenant. */
  userId: string;
}

/**
 * Joins the team that the token invites to; the session may be of any tenant, and has the verified e-mail address that
 * the invitation names. A new session of that tenant then has the rights. NOT_FOUND, EXPIRED, ALREADY_EXISTS,
 * INVALID_TRANSITION, LIMIT_REACHED, TENANT_REQUIRED, FORBIDDEN.
 */
export const acceptTeamInvite = new OneQuery<AcceptTeamInviteParams, AcceptTeamInviteResult>('acceptTeamInvite', `select a.tenant_id as "tenant_id", a.tenant_name as "tenant_name", a.user_id as "user_id",
       a.member_id as "member_id", a.role as "role"
  from api.accept_team_invite($1) as a`, ['token!'], { callers: ['member', 'buyer'] });

/** What declineTeamInvite takes. */
export interface DeclineTeamInviteParams {
  /** The token of the invitation. */
  token: string;
}

/** A row of declineTeamInvite. */
export interface DeclineTeamInviteResult {
  /** Always true: what is refused throws. */
  declined: boolean;
}

/**
 * Declines an invitation, in the session that could accept it.
 * NOT_FOUND, EXPIRED, ALREADY_EXISTS, INVALID_TRANSITION, TENANT_REQUIRED, FORBIDDEN.
 */
export const declineTeamInvite = new OneQuery<DeclineTeamInviteParams, DeclineTeamInviteResult>('declineTeamInvite', `select true as "declined" from api.decline_team_invite($1)`, ['token!'], { callers: ['member', 'buyer'] });
