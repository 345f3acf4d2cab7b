-- The team with names, by id, in pages; members who have left as well.
/* @name listTeamMembers :many */
select m.id, m.user_id, u.display_name, u.email, m.role, m.permissions, m.is_active, m.joined_at, m.deactivated_at,
       m.version, m.id as "cursor!"
  from api.team_members as m
  join api.users as u on u.tenant_id = m.tenant_id and u.id = m.user_id
 where m.tenant_id = :tenantId! and (:after::uuid is null or m.id > :after)
 order by m.id
 limit :first!;

-- Gives a member another role, and ends their sessions. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, LAST_OWNER, INVALID_INPUT.
/* @name changeMemberRole :one */
select m.id, m.role, m.version
  from api.change_member_role(:memberId!, :role!, :expectedVersion!) as m
 where m.tenant_id = :tenantId!;

-- Sets what a member may do beyond the role, and ends their sessions. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_INPUT.
/* @name setMemberPermissions :one */
select m.id, m.permissions, m.version
  from api.set_member_permissions(:memberId!, :permissions!, :expectedVersion!) as m
 where m.tenant_id = :tenantId!;

-- Takes a member off the team: ends their sessions and frees their live threads.
-- FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, LAST_OWNER.
/* @name deactivateMember :one */
select m.id, m.is_active, m.version
  from api.deactivate_member(:memberId!, :expectedVersion!) as m
 where m.tenant_id = :tenantId!;

-- Makes a member owner in the place of the caller, who becomes admin. FORBIDDEN, NOT_FOUND, ALREADY_EXISTS, VERSION_CONFLICT,
-- INVALID_INPUT for a service.
/* @name transferOwnership :one */
select m.id, m.role, m.version
  from api.transfer_ownership(:memberId!, :expectedVersion!) as m
 where m.tenant_id = :tenantId!;

-- Makes an identity for a bot or another program: a member with the role service, whose tokens have the role member and
-- this subject. FORBIDDEN, ALREADY_EXISTS for a subject that somebody has, INVALID_INPUT.
-- @doc name What it is called.
-- @doc subject The subject of its tokens.
/* @name createService :one */
select m.id, m.user_id, m.role, m.permissions, m.version
  from api.create_service(:name!, :subject!, coalesce(:permissions::text[], '{}')) as m
 where m.tenant_id = :tenantId!;
