create or replace function audit.history(p_tenant_id uuid, p_table text, p_key text)
  returns setof audit.log
  language sql
  stable
  security definer  -- lends: reading audit.log
  set search_path = pg_catalog, pg_temp
as $$
  select l.id, l.tenant_key, l.tenant_id, l.occurred_at, l.txid, l.actor_user_id, l.actor_role, l.session_id,
         l.request_id, l.action, l.table_name, l.record_key, l.old_values, l.new_values, l.reason, l.salt,
         l.values_digest
    from audit.log as l
   where l.tenant_id = p_tenant_id and l.table_name = p_table and l.record_key = p_key
   order by l.id desc
$$;

alter function audit.history(uuid, text, text) owner to commerce_audit;
grant execute on function audit.history(uuid, text, text) to commerce_definer;
comment on function audit.history(uuid, text, text) is
  'The changes of one row of a tenant in the log, the latest first.';
