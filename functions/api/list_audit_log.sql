create or replace function api.list_audit_log(
  p_tables text[] default null,
  p_actions text[] default null,
  p_actor_user_id uuid default null,
  p_from date default null,
  p_to date default null,
  p_order text default 'newest',
  p_first integer default 20,
  p_after text default null,
  p_before text default null
)
  returns table (
    log_id uuid,
    occurred_at timestamptz,
    actor_user_id uuid,
    actor_role text,
    request_id text,
    action text,
    table_name text,
    record_key text,
    old_values jsonb,
    new_values jsonb,
    reason text,
    is_redacted boolean,
    cursor text
  )
  rows 20  -- a page
  language plpgsql
  stable
  security definer  -- lends: calling audit.list_page
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('audit.read');
begin
  if cardinality(p_tables) > 100 or exists (
    select from unnest(p_tables) as n (name)
     where not exists (
       select from pg_catalog.pg_trigger as t
         join pg_catalog.pg_class as c on c.oid = t.tgrelid
         join pg_catalog.pg_proc as p on p.oid = t.tgfoid
        where c.relname = n.name and p.pronamespace = 'audit'::regnamespace)
  ) then
    perform internal.refuse_input('tables', 'must be names of audited tables, such as orders');
  end if;
  return query
    select l.id, l.occurred_at, l.actor_user_id, l.actor_role, l.request_id, l.action, l.table_name, l.record_key,
           l.old_values, l.new_values, l.reason, l.is_redacted, l.cursor
      from audit.list_page(
             v_tenant_id,
             jsonb_build_object('table_name', p_tables, 'action', p_actions, 'actor_user_id', p_actor_user_id),
             p_from, p_to, p_order, p_first, p_after, p_before) as l;
end
$$;

alter function api.list_audit_log(text[], text[], uuid, date, date, text, integer, text, text)
  owner to commerce_definer;
grant execute on function api.list_audit_log(text[], text[], uuid, date, date, text, integer, text, text)
  to commerce_member;
comment on function api.list_audit_log(text[], text[], uuid, date, date, text, integer, text, text) is
  'The logged changes that match all given filters, the newest first unless order says otherwise, in pages that go forwards and backwards. Secrets are left out, and personal values are masked. Needs audit.read. SCTEN, SCPRM, SCVAL with the field.
@rowName logged_change
@param tables {audited_table} Changes of which tables, such as orders; all when it is left out.
@param actions {audit.log.action} Which actions; all when it is left out.
@param actor_user_id {users.id} Only what this person did.
@param from The first day, in the shop''s time zone.
@param to The last day.
@param order {list_order} Which rows come first: newest, which is the default, or oldest.
@param first How many, from 1.
@param after The cursor of the last row that was read: the rows behind it.
@param before The cursor of the first row that was read: the rows before it, in the order of the list.
@returns log_id! The change, which undo_change takes.
@returns occurred_at! When it was made.
@returns actor_user_id {users.id} The person who made it; NULL for a worker.
@returns actor_role! The role in which it was made: member, buyer, worker …
@returns request_id The request in which it was made.
@returns action! {audit.log.action}
@returns table_name! {audited_table} The table.
@returns record_key The row.
@returns old_values The columns that changed, as they were.
@returns new_values The columns that changed, as they became.
@returns reason The reason, where one was given.
@returns is_redacted! Whether its values were removed from the log.
@returns cursor! The cursor to read on behind this row, or before it.';
