create or replace function internal.mark_failed(
  p_message_id uuid,
  p_error_code text,
  p_error_message text default null
)
  returns text
  language plpgsql
  volatile
  security definer  -- lends: writing the delivery of the tenant's message
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.message_tenant(p_message_id);
begin
  perform internal.require_text('error_code', p_error_code, 255);
  perform internal.limit_text('error_message', p_error_message, 65536);
  perform internal.adopt_tenant(v_tenant_id);
  return internal.apply_receipt(p_message_id, 'failed', now(), p_error_code, p_error_message);
end
$$;

alter function internal.mark_failed(uuid, text, text) owner to commerce_definer;
grant execute on function internal.mark_failed(uuid, text, text) to commerce_worker;
comment on function internal.mark_failed(uuid, text, text) is
  'The provider has refused a message for good, and given it no id. Returns how far the message has come. SCNTF, SCVAL.';
