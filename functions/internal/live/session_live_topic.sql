-- Requires: functions/internal/live/live_topic.sql
create or replace function internal.session_live_topic(
  p_session_id uuid,
  p_topic text
)
  returns table (channel text, writers bigint, sleepers bigint)
  language sql
  stable
  security definer  -- lends: reading internal.session
  set search_path = pg_catalog, pg_temp
as $$
  select t.channel, t.writers, t.sleepers
    from internal.session as s
    cross join lateral internal.live_topic(s.tenant_id, p_topic) as t
   where s.id = p_session_id and s.expires_at > now()
$$;

alter function internal.session_live_topic(uuid, text) owner to commerce_system;
grant execute on function internal.session_live_topic(uuid, text) to commerce_auth;
comment on function internal.session_live_topic(uuid, text) is
  'Where a server listens for messages, message_changes or order_changes of the session''s tenant; no row when the session has ended.';
