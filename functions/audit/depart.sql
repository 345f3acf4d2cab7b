-- The merchant is closed and its writers have ended, so that its rows are final: the rows that no seal covers yet
-- get one, outside the regular runs of the database's seal.
create or replace function audit.depart(p_tenant_id uuid, p_from_server text, p_to_server text)
  returns text
  language plpgsql
  volatile
  security definer  -- lends: reading audit.log and writing its seals
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_to_id uuid;
  v_sealed record;
  v_last audit.tenant_seal;
  v_statement text;
begin
  -- This works as in audit.seal.
  lock table audit.seal in share row exclusive mode;

  select internal.uuid_v7_at(greatest(clock_timestamp(), internal.uuid_v7_time(max(l.id::text)::uuid)) + interval '1 ms')
    into v_to_id
    from audit.log as l
   where l.tenant_id = p_tenant_id;
  v_sealed := audit.seal_tenants(
    coalesce((select max(s.to_id::text)::uuid from audit.tenant_seal as s where s.tenant_key = p_tenant_id),
      '00000000-0000-0000-0000-000000000000'),
    v_to_id, p_tenant_id);
  if v_sealed.row_count > 0 then
    perform audit.add_seal(s, s.to_id, v_sealed.row_count, v_sealed.tenant_roots)
       from audit.last_seal() as s;
  end if;

  select s.* into strict v_last from audit.tenant_seal as s where s.tenant_key = p_tenant_id order by s.number desc limit 1;
  v_statement := json_build_object(
    'tenant', p_tenant_id, 'seal', v_last.number, 'root', encode(v_last.root, 'hex'), 'to_id', v_last.to_id,
    'from', p_from_server, 'to', p_to_server, 'at', clock_timestamp())::text;
  insert into audit.tenant_move (tenant_key, direction, other_server, to_id, seal_number, root, statement)
  values (p_tenant_id, 'out', p_to_server, v_last.to_id, v_last.number, v_last.root, v_statement);
  return v_statement;
end
$$;

alter function audit.depart(uuid, text, text) owner to commerce_audit;
grant execute on function audit.depart(uuid, text, text) to commerce_owner;
comment on function audit.depart(uuid, text, text) is
  'Ends the log of a merchant on this server: seals its last rows and returns the statement to sign, which names its last seal.';
