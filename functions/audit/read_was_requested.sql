create or replace function audit.read_was_requested(
  p_tenant_id uuid,
  p_actor_user_id uuid,
  p_table text,
  p_key text,
  p_within interval
)
  returns boolean
  language sql
  stable
  security definer  -- lends: reading audit.log
  set search_path = pg_catalog, pg_temp
as $$
  -- A row of another transaction is visible only once it is committed: no rollback can take it back.
  select exists (
    select
      from audit.log as l
     where l.tenant_id = p_tenant_id
       and l.table_name = p_table
       and l.record_key = p_key
       and l.id >= internal.uuid_v7_at(clock_timestamp() - p_within)
       and l.action = 'read'
       and l.actor_user_id = p_actor_user_id
       and l.new_values = '{"reveal": "requested"}'
       and l.txid is distinct from pg_current_xact_id_if_assigned()
  )
$$;

alter function audit.read_was_requested(uuid, uuid, text, text, interval) owner to commerce_audit;
grant execute on function audit.read_was_requested(uuid, uuid, text, text, interval) to commerce_definer;
comment on function audit.read_was_requested(uuid, uuid, text, text, interval) is
  'Whether a user has asked, in an earlier transaction and not long ago, to see the hidden values of a row.';
