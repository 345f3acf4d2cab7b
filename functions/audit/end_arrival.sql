-- Requires: functions/audit/verify_tenant.sql
create or replace function audit.end_arrival(p_tenant_id uuid, p_statement text, p_signature bytea)
  returns void
  language plpgsql
  volatile
  security definer  -- lends: reading audit.log and its seals, and writing audit.tenant_move
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_said record;
  v_last audit.tenant_seal;
  v_verdict record;
begin
  select s.tenant, s.root, s.to_id, s.seal
    into v_said
    from json_to_record(p_statement::json) as s (tenant uuid, root text, to_id uuid, seal bigint);
  select s.*
    into v_last
    from audit.tenant_seal as s
   where s.tenant_key = p_tenant_id
   order by s.number desc
   limit 1;
  v_verdict := audit.verify_tenant(p_tenant_id);
  if v_said.tenant is distinct from p_tenant_id
    or v_said.seal is distinct from v_last.number
    or v_said.root is distinct from encode(v_last.root, 'hex')
    or v_verdict.reason is not null
  then
    raise exception using
      errcode = 'SCVAL',
      message = concat(
        'the log that arrived is not the one of the statement', ': ' || v_verdict.reason, ' at ' || v_verdict.log_id),
      detail = json_build_object('field', 'statement')::text;
  end if;

  update audit.tenant_move as m
     set to_id = v_last.to_id, seal_number = v_last.number, root = v_last.root, statement = p_statement,
         signature = p_signature
   where m.tenant_key = p_tenant_id and m.direction = 'in' and m.to_id is null;
  if not found then
    perform internal.refuse_missing('tenant_id');
  end if;
end
$$;

alter function audit.end_arrival(uuid, text, bytea) owner to commerce_audit;
grant execute on function audit.end_arrival(uuid, text, bytea) to commerce_owner;
comment on function audit.end_arrival(uuid, text, bytea) is
  'Proves that the whole log of a merchant has arrived, by the signed statement of the other server, and stores the statement as the link of both chains. SCVAL when it has not, SCNTF when no arrival was announced.';
