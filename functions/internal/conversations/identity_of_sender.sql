create or replace function internal.identity_of_sender(
  p_identity commerce.customer_identity,
  p_channel_id uuid,
  p_channel_type text,
  p_ids text[],
  p_profile_name text
)
  returns commerce.customer_identity
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_keys text[];
  v_customer_ids uuid[];
  v_identity commerce.customer_identity := p_identity;
begin
  if cardinality(p_ids) = (
    select count(*)
      from unnest(p_ids) as u (id)
     where (internal.known_identity(p_channel_id, p_channel_type, u.id)).customer_id = p_identity.customer_id
  ) then
    return p_identity;
  end if;

  -- Whoever comes first under any of these ids takes its turn, so all of them are found, or made here.
  v_keys := array(
    select distinct internal.identity_key(p_channel_type, u.id) as key from unnest(p_ids) as u (id) order by key);
  perform internal.take_turn('first contact ' || k.key) from unnest(v_keys) as k (key);
  v_customer_ids := array(
    select distinct i.customer_id
      from unnest(p_ids) as u (id)
     cross join lateral internal.known_identity(p_channel_id, p_channel_type, u.id) as i
     where i.id is not null
     order by i.customer_id
  );
  v_identity := internal.create_contact(p_channel_id, p_channel_type, p_ids[1], p_profile_name, v_customer_ids[1]);
  perform internal.create_contact(p_channel_id, p_channel_type, o.id, null, v_identity.customer_id)
     from unnest(p_ids[2:]) as o (id);
  perform internal.merge_proven(p_channel_id, c.id, v_identity.customer_id, v_keys)
     from unnest(v_customer_ids) as c (id)
    where c.id <> v_identity.customer_id;
  return internal.known_identity(p_channel_id, p_channel_type, p_ids[1]);
end
$$;

grant execute on function internal.identity_of_sender(commerce.customer_identity, uuid, text, text[], text)
  to commerce_definer;
comment on function internal.identity_of_sender(commerce.customer_identity, uuid, text, text[], text) is
  'The identity of a person who writes under several ids, by the first one: the given one, or one that is made. The provider has said that the ids are one person''s: they become ids of one customer, and customers whom it had made of one person are merged.';
