-- Requires: functions/audit/digest_rows.sql
create or replace function audit.seal_tenants(
  p_from_id uuid,
  p_to_id uuid,
  p_tenant_key uuid default null,
  out row_count integer,
  out tenant_roots bytea
)
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_rows record;
  v_last audit.tenant_seal;
  v_seal audit.tenant_seal;
begin
  row_count := 0;
  tenant_roots := '';
  for v_rows in
    select d.tenant_key, d.row_count, d.marks, d.digest
      from audit.digest_rows(p_from_id, p_to_id, p_tenant_key) as d
     order by d.tenant_key
  loop
    v_last := null;
    select s.*
      into v_last
      from audit.tenant_seal as s
     where s.tenant_key = v_rows.tenant_key
     order by s.number desc
     limit 1;

    v_seal.tenant_key := v_rows.tenant_key;
    v_seal.number := coalesce(v_last.number, 0) + 1;
    v_seal.from_id := coalesce(v_last.to_id, '00000000-0000-0000-0000-000000000000');
    v_seal.to_id := p_to_id;
    v_seal.sealed_at := transaction_timestamp();
    v_seal.row_count := v_rows.row_count;
    v_seal.marks := v_rows.marks;
    v_seal.digest := v_rows.digest;
    v_seal.previous_root := coalesce(v_last.root, decode(repeat('00', 32), 'hex'));
    v_seal.root := audit.tenant_seal_root(v_seal);
    insert into audit.tenant_seal select v_seal.*;

    row_count := row_count + v_rows.row_count;
    tenant_roots := tenant_roots || uuid_send(v_seal.tenant_key) || v_seal.root;
  end loop;
end
$$;

alter function audit.seal_tenants(uuid, uuid, uuid) owner to commerce_audit;
comment on function audit.seal_tenants(uuid, uuid, uuid) is
  'Adds a seal to the chain of every merchant (or one) with log rows in a range of ids; returns how many rows, and what the database''s own seal keeps of them.';
