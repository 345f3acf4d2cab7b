create or replace function internal.apply_receipt_marks(p_message_id uuid)
  returns text
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_mark internal.receipt_mark;
  v_delivery_status text;
begin
  for v_mark in
    select m.*
      from commerce.conversation_history as h
      join commerce.customer_identity as i on i.tenant_id = v_tenant_id and i.id = h.identity_id
      join internal.receipt_mark as m
        on m.tenant_id = v_tenant_id and m.channel_id = h.channel_id and m.identity_key = i.identity_key
     where h.tenant_id = v_tenant_id
       and h.id = p_message_id
       and h.direction = 'outbound'
       and internal.is_marked(h, m.status, m.sent_until)
     order by m.status
  loop
    v_delivery_status := internal.apply_receipt(p_message_id, v_mark.status, v_mark.occurred_at);
  end loop;
  return v_delivery_status;
end
$$;

grant execute on function internal.apply_receipt_marks(uuid) to commerce_definer;
comment on function internal.apply_receipt_marks(uuid) is
  'Applies to a message of ours the marks of its recipient that came before it, or before it was known when it was sent. Returns the message''s delivery status then; NULL where no mark applies.';
