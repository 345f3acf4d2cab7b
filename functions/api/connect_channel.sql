create or replace function api.connect_channel(
  p_channel_type text,
  p_name text,
  p_external_account_id text,
  p_provider text default 'meta',
  p_reply_window_minutes integer default null
)
  returns api.channel
  language plpgsql
  volatile
  security definer  -- lends: claiming the provider's account for this tenant
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('channels.manage');
  v_channel_id uuid;
  v_channel api.channel;
begin
  perform internal.refuse_faults(
    internal.set_fault('channel_type', p_channel_type, 'channel', 'channel_type'),
    internal.text_fault('name', p_name, 200),
    internal.text_fault('external_account_id', p_external_account_id, 255),
    internal.text_fault('provider', p_provider, 255),
    case when p_reply_window_minutes <= 0
      then internal.fault('reply_window_minutes', 'must be positive, or empty for the rule of the channel') end
  );

  insert into commerce.channel (
    tenant_id, channel_type, name, external_account_id, provider, reply_window_minutes, human_window_minutes
  )
  values (
    v_tenant_id, p_channel_type, btrim(p_name), p_external_account_id, p_provider,
    -- Meta lets a business answer freely for a day after the customer's last message.
    coalesce(
      p_reply_window_minutes,
      case when p_channel_type in ('whatsapp', 'instagram', 'facebook_messenger') then 1440 end),
    -- Instagram and Messenger let a person answer for seven days (the tag HUMAN_AGENT); WhatsApp does not.
    case when p_channel_type in ('instagram', 'facebook_messenger') then 10080 end
  )
  returning id into v_channel_id;

  select c.*
    into v_channel
    from api.channel as c
   where c.tenant_id = v_tenant_id and c.id = v_channel_id;
  return v_channel;
end
$$;

alter function api.connect_channel(text, text, text, text, integer) owner to commerce_definer;
grant execute on function api.connect_channel(text, text, text, text, integer)
  to commerce_member, commerce_worker;
comment on function api.connect_channel(text, text, text, text, integer) is
  'Connects a provider''s account (a WhatsApp number, a page) as a channel of this shop; its messages arrive here from then on. Needs channels.manage. SCDUP when the account is connected already, here or elsewhere, SCLIM, SCVAL with the field.';
