create or replace function internal.customer_id()
  returns uuid
  language plpgsql
  stable
  parallel safe
  security definer  -- lends: reading internal.session
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_value uuid;
begin
  if coalesce(current_setting('commerce.session', true), '') = '' then
    return null;
  end if;

  -- No plpgsql variable inside this query: one makes it four times as expensive, and policies run it.
  select s.customer_id
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

alter function internal.customer_id() owner to commerce_system;
grant execute on function internal.customer_id()
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_audit, commerce_owner;
comment on function internal.customer_id() is
  'The customer of a buyer''s session, and as whom a visitor writes; NULL for everyone else. SCCTX as in internal.tenant_id().';
