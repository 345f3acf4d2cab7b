create or replace function internal.tg_channel__route()
  returns trigger
  language plpgsql
  security definer  -- lends: writing internal.channel_route
  set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'UPDATE' then
    delete from internal.channel_route as r where r.tenant_id = old.tenant_id and r.channel_id = old.id;
  end if;

  if not new.is_deleted then
    -- This waits for another transaction that connects the same account at this moment.
    insert into internal.channel_route (channel_type, external_account_id, tenant_id, channel_id)
    values (new.channel_type, new.external_account_id, new.tenant_id, new.id)
    on conflict do nothing;
    if not found then
      -- The message is the same, no matter which tenant has the account: it must not reveal another tenant's accounts.
      raise exception using
        errcode = 'SCDUP',
        message = 'this account is connected already',
        detail = json_build_object('field', 'external_account_id')::text;
    end if;
  end if;
  return new;
end
$$;

alter function internal.tg_channel__route() owner to commerce_definer;
comment on function internal.tg_channel__route() is
  'Trigger: a live channel holds the route of its account, which one channel on the whole platform can have (SCDUP).';
