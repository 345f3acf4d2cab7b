create or replace function audit.log_action(
  p_action text,
  p_table_name text,
  p_record_key text,
  p_detail jsonb,
  p_reason text,
  p_tenant_id uuid default internal.tenant_id(),
  p_actor_user_id uuid default internal.user_id()
)
  returns void
  language sql
  volatile
  security definer  -- lends: writing audit.log
  set search_path = pg_catalog, pg_temp
as $$
  insert into audit.log (
    tenant_key, tenant_id, actor_user_id, actor_role, session_id, request_id, action, table_name, record_key,
    new_values, reason
  )
  values (
    coalesce(p_tenant_id, '00000000-0000-0000-0000-000000000000'), p_tenant_id, p_actor_user_id, current_setting('role'), audit.session_digest(),
    nullif(current_setting('commerce.request_id', true), ''), p_action, p_table_name, p_record_key,
    p_detail, p_reason
  )
$$;

alter function audit.log_action(text, text, text, jsonb, text, uuid, uuid) owner to commerce_audit;
grant execute on function audit.log_action(text, text, text, jsonb, text, uuid, uuid)
  to commerce_definer, commerce_system;
comment on function audit.log_action(text, text, text, jsonb, text, uuid, uuid) is
  'Logs an event that does not change a row: a read, a login, an impersonation.';
