-- Requires: functions/internal/lists/list_page.sql
-- Requires: functions/internal/lists/page_statement.sql
create or replace function api.list_team(
  p_roles text[] default null,
  p_is_active boolean default null,
  p_from date default null,
  p_to date default null,
  p_order text default 'newest',
  p_first integer default 20,
  p_after text default null,
  p_before text default null
)
  returns table (member_id uuid, cursor text)
  rows 20  -- a page
  language sql
  stable
  security invoker
begin atomic
  select p.id, p.cursor
    from internal.list_page(internal.page_statement(
      'api.team_members', 'id',
      jsonb_build_object(
        'role', p_roles,
        'is_active', p_is_active
      ),
      p_from, p_to, p_order, p_first, p_after, p_before)) as p;
end;

grant execute on function api.list_team(text[], boolean, date, date, text, integer, text, text)
  to commerce_member;
comment on function api.list_team(text[], boolean, date, date, text, integer, text, text) is
  'Members of the team that match all given filters, the newest first unless order says otherwise, in pages that go forwards and backwards. SCTEN, SCVAL with the field.
@rowName listed_member
@param roles {team_members.role} Which roles; all when it is left out.
@param is_active Whether they belong to the team now.
@param from The first day on which it was added, in the shop''s time zone.
@param to The last day.
@param order {list_order} Which rows come first: newest, which is the default, or oldest.
@param first How many, from 1.
@param after The cursor of the last row that was read: the rows behind it.
@param before The cursor of the first row that was read: the rows before it, in the order of the list.
@returns member_id! {team_members.id} The member.
@returns cursor! The cursor to read on behind this row, or before it.';
