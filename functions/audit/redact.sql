-- Rows that are not sealed yet may be redacted as well: their seal covers the digest that stays.
create or replace function audit.redact(p_tenant_id uuid, p_table text, p_key text, p_reason text)
  returns integer
  language plpgsql
  volatile
  security definer  -- lends: emptying rows of audit.log
  set search_path = pg_catalog, pg_temp
  set client_encoding = 'UTF8'
as $$
declare
  v_count integer;
begin
  update audit.log as l
     set values_digest = d.values_digest,
         salt = null, request_id = null, old_values = null, new_values = null, reason = null
    from audit.digested_log as d
   where d.id = l.id
     and d.tenant_id = p_tenant_id
     and d.table_name = p_table
     and d.record_key = p_key
     and not d.is_redacted
     -- The record of the redaction itself (person, time, reason) stays.
     and l.action <> 'redact'
     and l.tenant_id = p_tenant_id
     and l.table_name = p_table
     and l.record_key = p_key;
  get diagnostics v_count = row_count;
  if v_count > 0 then
    perform audit.log_action(
      'redact', p_table, p_key, jsonb_build_object('rows', v_count), p_reason, p_tenant_id => p_tenant_id);
  end if;
  return v_count;
end
$$;

alter function audit.redact(uuid, text, text, text) owner to commerce_audit;
grant execute on function audit.redact(uuid, text, text, text) to commerce_definer;
comment on function audit.redact(uuid, text, text, text) is
  'Removes the values of one row of a tenant from the log, and the salts that could prove a guess of them; the digests stay, so that the seals still prove the rest. The redaction is logged with its author, time and reason. Returns how many log rows were emptied.';
