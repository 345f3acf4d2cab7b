-- Invitations, the newest first, in pages; their tokens are not kept.
/* @name listTeamInvites :many */
select i.id, i.email, i.phone_number, i.role, i.permissions, i.status, i.message, i.created_by, i.accepted_by,
       i.resent_count, i.expires_at, i.responded_at, i.created_at, i.id as "cursor!"
  from api.team_invites as i
 where i.tenant_id = :tenantId! and (:after::uuid is null or i.id < :after)
 order by i.id desc
 limit :first!;

-- Invites somebody by e-mail, by telephone or both, for so many hours (1 to 720, a week unless given). The token
-- is returned only here, to be sent to the person. FORBIDDEN, ALREADY_EXISTS, LIMIT_REACHED, INVALID_INPUT.
-- @doc validForHours For how many hours, 1 to 720; a week unless given.
/* @name createTeamInvite :one */
select i.invite_id as "invite_id!", i.token as "token!", i.expires_at as "expires_at!"
  from api.create_team_invite(
    :role!, :email, :phoneNumber, coalesce(:permissions::text[], '{}'),
    make_interval(hours => coalesce(:validForHours::integer, 168)), :message
  ) as i;

-- Gives an open invitation a new token, shown only here, and a new end. FORBIDDEN, NOT_FOUND, INVALID_TRANSITION,
-- INVALID_INPUT.
-- @doc validForHours For how many hours from now, 1 to 720; a week unless given.
/* @name resendTeamInvite :one */
select i.invite_id as "invite_id!", i.token as "token!", i.expires_at as "expires_at!"
  from api.resend_team_invite(:inviteId!, make_interval(hours => coalesce(:validForHours::integer, 168))) as i;

-- Withdraws an open invitation. FORBIDDEN, NOT_FOUND, INVALID_TRANSITION.
/* @name revokeTeamInvite :one */
select i.id, i.status
  from api.revoke_team_invite(:inviteId!) as i
 where i.tenant_id = :tenantId!;

-- Joins the team that the token invites to; the session may be of any tenant, and has the verified e-mail address that
-- the invitation names. A new session of that tenant then has the rights. NOT_FOUND, EXPIRED, ALREADY_EXISTS,
-- INVALID_TRANSITION, LIMIT_REACHED, TENANT_REQUIRED, FORBIDDEN.
/* @name acceptTeamInvite :one */
select a.tenant_id as "tenant_id!", a.tenant_name as "tenant_name!", a.user_id as "user_id!",
       a.member_id as "member_id!", a.role as "role!"
  from api.accept_team_invite(:token!) as a;

-- Declines an invitation, in the session that could accept it.
-- NOT_FOUND, EXPIRED, ALREADY_EXISTS, INVALID_TRANSITION, TENANT_REQUIRED, FORBIDDEN.
/* @name declineTeamInvite :one */
select true as "declined!" from api.decline_team_invite(:token!);
