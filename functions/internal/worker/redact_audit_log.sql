create or replace function internal.redact_audit_log(p_tenant_id uuid, p_table text, p_key text, p_reason text)
  returns integer
  language plpgsql
  volatile
  security definer  -- lends: calling audit.redact
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform internal.refuse_faults(
    internal.text_fault('table', p_table, 63),
    internal.text_fault('key', p_key, 255),
    internal.text_fault('reason', p_reason, 2000)
  );
  perform internal.adopt_tenant(p_tenant_id);
  return audit.redact(p_tenant_id, p_table, p_key, p_reason);
end
$$;

alter function internal.redact_audit_log(uuid, text, text, text) owner to commerce_definer;
grant execute on function internal.redact_audit_log(uuid, text, text, text) to commerce_worker;
comment on function internal.redact_audit_log(uuid, text, text, text) is
  'As api.redact_record, for jobs that erase a person. Returns how many log rows were emptied. SCVAL.';
