create or replace function internal.adopt_channel(
  p_channel_type text,
  p_external_account_id text,
  p_must_be_active boolean default true
)
  returns uuid
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid;
  v_channel_id uuid;
begin
  select r.tenant_id, r.channel_id
    into v_tenant_id, v_channel_id
    from internal.channel_route as r
   where r.channel_type = p_channel_type and r.external_account_id = p_external_account_id;
  if not found then
    perform internal.refuse_missing('external_account_id');
  end if;
  if p_must_be_active then
    perform internal.adopt_active_tenant(v_tenant_id);
  else
    perform internal.adopt_tenant(v_tenant_id);
  end if;
  return v_channel_id;
end
$$;

grant execute on function internal.adopt_channel(text, text, boolean) to commerce_definer;
comment on function internal.adopt_channel(text, text, boolean) is
  'The channel that has connected this account, by its exact id; this transaction becomes its tenant''s worker. SCNTF, SCTEN when the tenant is not active.';
