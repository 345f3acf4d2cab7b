create or replace function api.disconnect_channel(p_channel_id uuid, p_expected_version integer)
  returns void
  language plpgsql
  volatile
  security definer  -- lends: deleting the channel, which frees the provider's account
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('channels.manage');
  v_version integer;
begin
  select c.version
    into v_version
    from commerce.channel as c
   where c.tenant_id = v_tenant_id and c.id = p_channel_id and not c.is_deleted
     for no key update;
  if not found then
    perform internal.refuse_missing('channel_id');
  end if;
  perform internal.require_version(p_expected_version, v_version, 'channel', p_channel_id);

  update commerce.channel as c
     set is_deleted = true, version = c.version
   where c.tenant_id = v_tenant_id and c.id = p_channel_id;
end
$$;

alter function api.disconnect_channel(uuid, integer) owner to commerce_definer;
grant execute on function api.disconnect_channel(uuid, integer) to commerce_member, commerce_worker;
comment on function api.disconnect_channel(uuid, integer) is
  'Disconnects a channel: messages to its account no longer arrive, and the account is free for another channel, here or elsewhere. Conversations stay. Needs channels.manage. SCPRM, SCNTF, SCVER, SCVRQ.';
