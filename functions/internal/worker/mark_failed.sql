create or replace function internal.mark_failed(
  p_tenant_id uuid,
  p_message_id uuid,
  p_error_code text,
  p_error_message text default null,
  p_is_temporary boolean default false
)
  returns text
  language plpgsql
  volatile
  security definer  -- lends: writing the delivery of the tenant's message
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform internal.refuse_faults(
    internal.text_fault('error_code', p_error_code, 255),
    internal.length_fault('error_message', p_error_message, 65536)
  );
  perform internal.adopt_outbound(p_tenant_id, p_message_id);

  if coalesce(p_is_temporary, false) then
    -- The wait is half a minute, then twice as long each time; the eighth failure is the last one.
    update internal.message_claim as k
       set worker = '', expires_at = now() + interval '30 seconds' * power(2, least(k.attempts, 8) - 1)
     where k.tenant_id = p_tenant_id and k.message_id = p_message_id and k.attempts < 8;
    if found then
      return (
        select h.delivery_status
          from commerce.conversation_history as h
         where h.tenant_id = p_tenant_id and h.id = p_message_id
      );
    end if;
  end if;
  return internal.apply_receipt(p_message_id, 'failed', now(), p_error_code, p_error_message);
end
$$;

alter function internal.mark_failed(uuid, uuid, text, text, boolean) owner to commerce_definer;
grant execute on function internal.mark_failed(uuid, uuid, text, text, boolean) to commerce_worker;
comment on function internal.mark_failed(uuid, uuid, text, text, boolean) is
  'Records that the provider has refused a message, and given it no id: for good or, with is_temporary, for now. It is then given out again after 30 seconds, a minute, two and so on, and has failed for good the eighth time. Returns the message''s delivery status. SCNTF, SCVAL.';
