create or replace function internal.known_identity(
  p_channel_id uuid,
  p_channel_type text,
  p_external_user_id text
)
  returns commerce.customer_identity
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.tenant_id();
  v_key text := internal.identity_key(p_channel_type, p_external_user_id);
  v_identity commerce.customer_identity;
begin
  select i.*
    into v_identity
    from commerce.customer_identity as i
    join commerce.customer as c on c.tenant_id = v_tenant_id and c.id = i.customer_id and not c.is_deleted
   where i.tenant_id = v_tenant_id and i.channel_id = p_channel_id and i.identity_key = v_key;
  return v_identity;
end
$$;

grant execute on function internal.known_identity(uuid, text, text) to commerce_definer;
comment on function internal.known_identity(uuid, text, text) is
  'The identity of a sender of a channel, in whichever form the id is written, if its customer is live; NULL when none is known.';
