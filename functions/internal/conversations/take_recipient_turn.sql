create or replace function internal.take_recipient_turn(p_message_id uuid)
  returns text
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_channel_id uuid;
  v_identity_key text;
begin
  select h.channel_id, i.identity_key
    into v_channel_id, v_identity_key
    from commerce.conversation_history as h
    join commerce.customer_identity as i on i.tenant_id = v_tenant_id and i.id = h.identity_id
   where h.tenant_id = v_tenant_id and h.id = p_message_id;
  if found then
    perform internal.take_turn(concat_ws(' ', 'recipient', v_channel_id, v_identity_key));
  end if;
  return v_identity_key;
end
$$;

grant execute on function internal.take_recipient_turn(uuid) to commerce_definer;
comment on function internal.take_recipient_turn(uuid) is
  'Lets one transaction after the other write what became of messages to the recipient of this message, so that a message finds the marks of internal.record_receipts, or they find the message. Returns the recipient''s identity_key; NULL where the message has none.';
