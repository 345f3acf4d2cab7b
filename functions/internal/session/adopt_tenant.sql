-- Workers find the tenant first (by a channel's route, by a job) and then work under its policies
-- like every caller. The session lives for this transaction only: transaction_timestamp() of any later
-- one is after its expiry. Expired rows are deleted when sessions are opened.
create or replace function internal.adopt_tenant(p_tenant_id uuid, p_is_move boolean default false)
  returns void
  language plpgsql
  volatile
  security definer  -- lends: writing internal.session
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_current uuid := internal.tenant_id();
  v_session_id uuid;
begin
  if v_current = p_tenant_id then
    return;
  end if;
  if v_current is not null or current_setting('role', true) is distinct from 'commerce_worker' then
    raise exception using
      errcode = 'SCCTX',
      message = 'the tenant of a transaction cannot change',
      hint = 'Only a worker adopts a tenant, once a transaction.';
  end if;

  if not p_is_move then
    -- The transaction gets its id first: a move that begins after this check waits for every transaction that has an
    -- id.
    perform pg_current_xact_id();
    perform internal.refuse_moving(p_tenant_id);
  end if;

  insert into internal.session (tenant_id, role, permissions, expires_at)
  select p_tenant_id, 'commerce_worker', array_agg(p.code order by p.code),
         transaction_timestamp() + interval '1 microsecond'
    from commerce.permission as p
  returning id into v_session_id;
  perform set_config('commerce.session', v_session_id::text, true);
end
$$;

alter function internal.adopt_tenant(uuid, boolean) owner to commerce_system;
grant execute on function internal.adopt_tenant(uuid, boolean) to commerce_definer, commerce_purge;
comment on function internal.adopt_tenant(uuid, boolean) is
  'Opens the worker''s session of a tenant for this transaction, with every permission. SCCTX when the transaction already has another tenant, or is not a worker''s. SCMOV while the tenant is being moved, but for the move itself.';
