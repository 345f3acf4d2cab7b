-- Requires: functions/internal/identifiers/phone_key.sql
create or replace function internal.identity_key(p_channel_type text, p_external_user_id text)
  returns text
  language sql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select case
    when p_channel_type in ('whatsapp', 'sms', 'phone') and p_external_user_id ~ '^[+]?[1-9][0-9]{6,14}$'
      then internal.phone_key(p_external_user_id)
    when p_channel_type = 'email' then lower(btrim(p_external_user_id))
    else p_external_user_id
  end
$$;

grant execute on function internal.identity_key(text, text)
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_system, commerce_purge;
comment on function internal.identity_key(text, text) is
  'The form by which a sender of a channel is recognised: a telephone number however it is written, an e-mail address in lower case, any other id as it is.';
