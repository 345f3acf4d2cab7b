-- Undo: drop function internal.session_gate(uuid);
-- Whoever opens a session holds the gate of its tenant together with others; whoever revokes sessions
-- holds it alone until commit. So a session opened in between waits, and sees what has changed.
create or replace function internal.session_gate(p_tenant_id uuid)
  returns bigint
  language sql
  immutable
  parallel safe
  security invoker
  set search_path = ''
as $$
  select hashtextextended('commerce.session ' || coalesce(p_tenant_id::text, ''), 0)
$$;

grant execute on function internal.session_gate(uuid) to commerce_system;
comment on function internal.session_gate(uuid) is
  'The advisory lock between opening and revoking sessions of a tenant; NULL: of all tenants.';
