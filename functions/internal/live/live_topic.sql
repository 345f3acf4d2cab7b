-- A keyed hash of tenant and topic: a session that does not know the secret can neither listen to another tenant's
-- channel nor notify it, and its locks in pg_locks identify no tenant.
create or replace function internal.live_topic(
  p_tenant_id uuid,
  p_topic text,
  out channel text,
  out writers bigint,
  out sleepers bigint
)
  language plpgsql
  stable
  security definer  -- lends: reading internal.live_secret
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_digest text;
begin
  select encode(sha256(s.secret || uuid_send(p_tenant_id) || convert_to(p_topic, 'UTF8')), 'hex')
    into v_digest
    from internal.live_secret as s;
  channel := 'live_' || left(v_digest, 32);
  writers := ('x' || substr(v_digest, 33, 16))::bit(64)::bigint;
  sleepers := ('x' || right(v_digest, 16))::bit(64)::bigint;
end
$$;

alter function internal.live_topic(uuid, text) owner to commerce_system;
comment on function internal.live_topic(uuid, text) is
  'The notification channel of one topic of a tenant, and the two advisory locks by which its writers know whether a listener waits for it.';
