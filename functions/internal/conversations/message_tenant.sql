create or replace function internal.message_tenant(p_message_id uuid)
  returns uuid
  language plpgsql
  stable
  security definer  -- lends: finding a message in any tenant
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid;
begin
  select h.tenant_id
    into v_tenant_id
    from commerce.conversation_history as h
   where h.id = p_message_id and h.direction = 'outbound';
  if not found then
    perform internal.refuse_missing('message_id');
  end if;
  return v_tenant_id;
end
$$;

alter function internal.message_tenant(uuid) owner to commerce_system;
grant execute on function internal.message_tenant(uuid) to commerce_definer;
comment on function internal.message_tenant(uuid) is 'Whose outbound message it is. SCNTF.';
