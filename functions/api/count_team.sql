-- Requires: functions/internal/lists/list_counts.sql
-- Requires: functions/internal/lists/count_statement.sql
create or replace function api.count_team(
  p_roles text[] default null,
  p_is_active boolean default null,
  p_from date default null,
  p_to date default null
)
  returns table (role text, row_count integer, is_at_least boolean)
  language sql
  stable
  security invoker
begin atomic
  select c.value, c.row_count, c.is_at_least
    from internal.list_counts(internal.count_statement(
      'api.team_members', 'role', 'id',
      jsonb_build_object(
        'role', p_roles,
        'is_active', p_is_active
      ),
      p_from, p_to)) as c;
end;

grant execute on function api.count_team(text[], boolean, date, date)
  to commerce_member;
comment on function api.count_team(text[], boolean, date, date) is
  'How many members of the team match all given filters, by role, for the tabs of a board; counted up to 1000. It takes the filters of list_team. SCTEN, SCVAL with the field.
@rowName team_count
@param roles {team_members.role} Which roles; all when it is left out.
@param is_active Whether they belong to the team now.
@param from The first day on which it was added, in the shop''s time zone.
@param to The last day.
@returns role! {team_members.role}
@returns row_count! How many; 1000 where there are more.
@returns is_at_least! Whether there are more than row_count.';
