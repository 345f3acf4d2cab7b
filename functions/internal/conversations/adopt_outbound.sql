create or replace function internal.adopt_outbound(p_tenant_id uuid, p_message_id uuid)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform internal.adopt_tenant(p_tenant_id);
  if not exists (
    select
      from commerce.conversation_history as h
     where h.tenant_id = p_tenant_id and h.id = p_message_id and h.direction = 'outbound'
  ) then
    perform internal.refuse_missing('message_id');
  end if;
end
$$;

grant execute on function internal.adopt_outbound(uuid, uuid) to commerce_definer;
comment on function internal.adopt_outbound(uuid, uuid) is
  'Opens the worker''s session of a tenant, as internal.adopt_tenant, for work on a message of that tenant to a customer. SCNTF.';
