-- For functions that need several columns. Policies call internal.tenant_id() and similar functions, which read one.
create or replace function internal.current_session()
  returns internal.session
  language plpgsql
  stable
  parallel safe
  security definer  -- lends: reading internal.session
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_session internal.session;
begin
  if coalesce(current_setting('commerce.session', true), '') = '' then
    return null;
  end if;

  select s.*
    into v_session
    from internal.session as s
   where s.id = current_setting('commerce.session', true)::pg_catalog.uuid
     and s.role = current_setting('role', true)
     and s.expires_at > transaction_timestamp();
  if not found then
    perform internal.refuse_session();
  end if;
  return v_session;
end
$$;

alter function internal.current_session() owner to commerce_system;
grant execute on function internal.current_session() to commerce_definer, commerce_audit;
comment on function internal.current_session() is
  'The current session''s row; NULL without one. SCCTX as in internal.tenant_id().';
