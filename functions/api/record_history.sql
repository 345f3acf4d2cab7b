create or replace function api.record_history(p_table text, p_id uuid)
  returns table (
    log_id uuid,
    occurred_at timestamptz,
    actor_user_id uuid,
    actor_role text,
    request_id text,
    action text,
    old_values jsonb,
    new_values jsonb,
    reason text,
    is_redacted boolean
  )
  language plpgsql
  stable
  security definer  -- lends: calling audit.history
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('audit.read');
begin
  return query
    select h.id, h.occurred_at, h.actor_user_id, h.actor_role, h.request_id, h.action, h.old_values, h.new_values,
           h.reason, h.values_digest is not null
      from audit.history(v_tenant_id, p_table, p_id::text) as h
     order by h.id desc
     limit 1000;
end
$$;

alter function api.record_history(text, uuid) owner to commerce_definer;
grant execute on function api.record_history(text, uuid) to commerce_member;
comment on function api.record_history(text, uuid) is
  'The history of a row: its last 1000 changes, the latest first, each with its author, its time and its values. Secrets are left out, and personal values are masked. Needs audit.read. SCTEN, SCPRM.
@rowName record_change
@param table {audited_table} Name of the table, such as orders.
@param id The row.
@returns log_id! The change, which undo_change takes.
@returns occurred_at! When it was made.
@returns actor_user_id {users.id} The person who made it; NULL for a worker.
@returns actor_role! The role in which it was made: member, buyer, worker …
@returns request_id The request in which it was made.
@returns action! {audit.log.action}
@returns old_values The columns that changed, as they were.
@returns new_values The columns that changed, as they became.
@returns reason The reason, where one was given.
@returns is_redacted! Whether its values were removed from the log.';
