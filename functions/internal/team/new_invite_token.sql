-- 64 characters of base64url: the tenant, by which the invitation is found and which is no secret,
-- and 256 random bits. A uuid of version 4 holds 122; the digest of three of them holds no fewer than 256.
create or replace function internal.new_invite_token()
  returns text
  language sql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select translate(
    encode(
      uuid_send(internal.require_tenant())
        || sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())),
      'base64'),
    '+/', '-_')
$$;

grant execute on function internal.new_invite_token() to commerce_definer;
comment on function internal.new_invite_token() is
  'A new token for an invitation of the current tenant: 64 characters, 256 random bits.';
