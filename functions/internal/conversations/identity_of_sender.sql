create or replace function internal.identity_of_sender(
  p_channel_id uuid,
  p_channel_type text,
  p_external_user_id text,
  p_other_user_ids text[],
  p_profile_name text
)
  returns commerce.customer_identity
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_ids text[] := p_external_user_id || p_other_user_ids;
  v_keys text[];
  v_customer_ids uuid[];
  v_identity commerce.customer_identity := internal.known_identity(p_channel_id, p_channel_type, p_external_user_id);
begin
  if p_other_user_ids = '{}' then
    if v_identity.id is null then
      v_identity := internal.create_contact(p_channel_id, p_channel_type, p_external_user_id, p_profile_name);
    end if;
    return v_identity;
  end if;
  v_keys := array(
    select distinct internal.identity_key(p_channel_type, u.id) as key from unnest(v_ids) as u (id) order by key);
  if cardinality(v_ids) = (
    select count(*)
      from unnest(v_ids) as u (id)
     where (internal.known_identity(p_channel_id, p_channel_type, u.id)).customer_id = v_identity.customer_id
  ) then
    return v_identity;
  end if;

  -- Whoever comes first under any of these ids takes its turn, so all of them are found, or made here.
  perform internal.take_turn('first contact ' || k.key) from unnest(v_keys) as k (key);
  v_customer_ids := array(
    select distinct i.customer_id
      from unnest(v_ids) as u (id)
     cross join lateral internal.known_identity(p_channel_id, p_channel_type, u.id) as i
     where i.id is not null
     order by i.customer_id
  );
  v_identity := internal.create_contact(
    p_channel_id, p_channel_type, p_external_user_id, p_profile_name, v_customer_ids[1]);
  perform internal.create_contact(p_channel_id, p_channel_type, o.id, null, v_identity.customer_id)
     from unnest(p_other_user_ids) as o (id);
  perform internal.merge_proven(p_channel_id, c.id, v_identity.customer_id, v_keys)
     from unnest(v_customer_ids) as c (id)
    where c.id <> v_identity.customer_id;
  return internal.known_identity(p_channel_id, p_channel_type, p_external_user_id);
end
$$;

grant execute on function internal.identity_of_sender(uuid, text, text, text[], text) to commerce_definer;
comment on function internal.identity_of_sender(uuid, text, text, text[], text) is
  'The identity of a person who writes, by the first id; made where there is none. The provider has said that the other ids are the same person''s: they become ids of the same customer, and customers whom it had made of one person are merged.';
