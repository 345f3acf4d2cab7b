create or replace function internal.expire_team_invites(p_tenant_id uuid, p_batch integer default 100)
  returns integer
  language plpgsql
  volatile
  security definer  -- lends: ending invitations as the worker of the tenant
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_count integer;
begin
  perform internal.refuse_faults(internal.batch_fault(p_batch, 10000));
  perform internal.adopt_tenant(p_tenant_id);

  update commerce.team_invites as i
     set status = 'expired'
   where i.tenant_id = p_tenant_id
     and i.id = any (array(
       select e.id
         from commerce.team_invites as e
        where e.tenant_id = p_tenant_id and e.status = 'pending' and e.expires_at < now()
        order by e.expires_at
        limit p_batch
          for no key update skip locked
     ));
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

alter function internal.expire_team_invites(uuid, integer) owner to commerce_definer;
grant execute on function internal.expire_team_invites(uuid, integer) to commerce_worker;
comment on function internal.expire_team_invites(uuid, integer) is
  'Ends a tenant''s invitations that have expired, at most a batch (1 to 10000) a call; returns how many. Safe to run twice at once. SCVAL.';
