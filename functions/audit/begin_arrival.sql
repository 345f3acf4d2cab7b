create or replace function audit.begin_arrival(p_tenant_id uuid, p_from_server text)
  returns void
  language sql
  volatile
  security definer  -- lends: writing audit.tenant_move
  set search_path = pg_catalog, pg_temp
as $$
  insert into audit.tenant_move (tenant_key, direction, other_server) values (p_tenant_id, 'in', p_from_server)
$$;

alter function audit.begin_arrival(uuid, text) owner to commerce_audit;
grant execute on function audit.begin_arrival(uuid, text) to commerce_owner;
comment on function audit.begin_arrival(uuid, text) is
  'Announces a merchant that is about to be copied here: until audit.end_arrival every session is refused (SCMOV), and its log is not sealed here.';
