-- For the restrictive policy of every table with a tenant: (select internal.tenant_gate())[tenant_hash].
-- The planner tests a reader's cheap conditions before tenant_id = ..., so that a condition that fails on
-- purpose would reveal whether another tenant's row exists; the planner counts a subscript as free, and tests it first.
create or replace function internal.tenant_gate()
  returns boolean[]
  language plpgsql
  stable
  parallel safe
  security definer  -- lends: reading internal.session
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_value boolean[];
begin
  if coalesce(current_setting('commerce.session', true), '') = '' then
    return null;
  end if;

  -- No plpgsql variable inside this query: one makes it four times as expensive, and policies run it.
  select s.tenant_gate
    into v_value
    from internal.session as s
   where s.id = current_setting('commerce.session', true)::pg_catalog.uuid
     and s.role = current_setting('role', true)
     and s.expires_at > transaction_timestamp();
  if not found then
    perform internal.refuse_session();
  end if;
  return v_value;
end
$$;

alter function internal.tenant_gate() owner to commerce_system;
grant execute on function internal.tenant_gate()
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_purge;
comment on function internal.tenant_gate() is
  'The number of the current session''s tenant as the only subscript of an array: true there, NULL at every other subscript. NULL without a tenant. SCCTX as in internal.tenant_id().';
