-- The team with names, by id, in pages; members who have left as well.
/* @name listTeamMembers */
select m.id, m.user_id, u.display_name, u.email, m.role, m.permissions, m.is_active, m.joined_at, m.deactivated_at,
       m.version, m.id as "cursor!"
  from api.team_members as m
  join api.users as u on u.tenant_id = m.tenant_id and u.id = m.user_id
 where m.tenant_id = :tenantId! and (:after::uuid is null or m.id > :after)
 order by m.id
 limit :first!;
