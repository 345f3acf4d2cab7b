create or replace function api.redact_record(p_table text, p_id uuid, p_reason text)
  returns integer
  language plpgsql
  volatile
  security definer  -- lends: calling audit.redact
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('audit.redact');
begin
  perform internal.require_text('reason', p_reason, 2000);
  return audit.redact(v_tenant_id, p_table, p_id::text, p_reason);
end
$$;

alter function api.redact_record(text, uuid, text) owner to commerce_definer;
grant execute on function api.redact_record(text, uuid, text) to commerce_member;
comment on function api.redact_record(text, uuid, text) is
  'Permanently removes the values of a row from the log, for instance when the person whom they describe asks for erasure. The time and the author of each change, and the fact that it was redacted, stay in the log. Returns how many changes were redacted. Needs audit.redact. SCTEN, SCPRM, SCVAL.
@param table {audited_table} Name of the table, such as customer.
@param id The row.
@param reason The reason, at most 2000 characters; it stays in the log.';
