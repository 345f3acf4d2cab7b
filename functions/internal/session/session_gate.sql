-- Undo: drop function internal.session_gate(uuid);
-- Whoever revokes sessions of a tenant holds its gate together with others who do, until commit; whoever
-- opens one takes it alone, for a moment. So a session is opened before a change or with it, and
-- changes do not wait for each other. The gate of all tenants is taken alone by who revokes in all.
create or replace function internal.session_gate(p_tenant_id uuid)
  returns bigint
  language sql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select hashtextextended('commerce.session ' || coalesce(p_tenant_id::text, ''), 0)
$$;

grant execute on function internal.session_gate(uuid) to commerce_system;
comment on function internal.session_gate(uuid) is
  'The advisory lock between opening and revoking sessions of a tenant; NULL: of all tenants.';
