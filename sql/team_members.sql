-- The team with names, the latest to join first, in pages; members who have left as well, unless filtered by isActive.
-- Days (YYYY-MM-DD) are the shop's; the rows before a cursor are read with `before`. INVALID_INPUT, TENANT_REQUIRED.
-- @type roles readonly TeamRole[]
-- @type order 'newest' | 'oldest'
/* @name listTeamMembers :many */
select t.*, u.display_name, u.email, m.cursor as "cursor!"
  from api.list_team(
    p_roles => :roles::text[], p_is_active => :isActive,
    p_from => :from, p_to => :to, p_order => coalesce(:order, 'newest'),
    p_first => least(:first!::bigint, 2147483647)::integer, p_after => :after, p_before => :before
  ) with ordinality as m (member_id, cursor, place)
 cross join lateral (
    select t.id, t.user_id, t.role, t.permissions, t.is_active, t.joined_at, t.deactivated_at, t.version
      from api.team_members as t
     where t.tenant_id = :tenantId! and t.id = m.member_id
    offset 0
  ) as t
 cross join lateral (
    select u.display_name, u.email
      from api.users as u
     where u.tenant_id = :tenantId! and u.id = t.user_id
    offset 0
  ) as u
 order by m.place;

-- How many members of each role there are, with the filters of listTeamMembers.
-- isAtLeast: there are more. INVALID_INPUT, TENANT_REQUIRED.
-- @type roles readonly TeamRole[]
-- @type role TeamRole
/* @name countTeamMembers :many */
select c.role as "role!", c.row_count as "row_count!", c.is_at_least as "is_at_least!"
  from api.count_team(p_roles => :roles::text[], p_is_active => :isActive, p_from => :from, p_to => :to) as c;

-- Gives a member another role, and ends their sessions. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, LAST_OWNER,
-- INVALID_INPUT.
/* @name changeMemberRole :one */
select m.id, m.role, m.version
  from api.change_member_role(:memberId!, :role!, :expectedVersion!) as m
 where m.tenant_id = :tenantId!;

-- Sets what a member may do beyond the role, and ends their sessions. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT,
-- INVALID_INPUT.
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

-- Makes a member owner in the place of the caller, who becomes admin. FORBIDDEN, NOT_FOUND, ALREADY_EXISTS,
-- VERSION_CONFLICT, INVALID_INPUT for a service.
/* @name transferOwnership :one */
select m.id, m.role, m.version
  from api.transfer_ownership(:memberId!, :expectedVersion!) as m
 where m.tenant_id = :tenantId!;

-- Makes an identity for a bot or another program: a member with the role service, whose tokens have the role member and
-- this subject. FORBIDDEN, ALREADY_EXISTS for a subject that is already used, INVALID_INPUT.
-- @doc name What it is called.
-- @doc subject The subject of its tokens.
/* @name createService :one */
select m.id, m.user_id, m.role, m.permissions, m.version
  from api.create_service(:name!, :subject!, coalesce(:permissions::text[], '{}')) as m
 where m.tenant_id = :tenantId!;
