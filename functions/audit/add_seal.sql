create or replace function audit.add_seal(
  p_last audit.seal,
  p_to_id uuid,
  p_row_count integer,
  p_tenant_roots bytea
)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_seal audit.seal;
begin
  v_seal.id := p_last.id + 1;
  v_seal.from_id := p_last.to_id;
  v_seal.to_id := p_to_id;
  v_seal.sealed_at := transaction_timestamp();
  v_seal.horizon := pg_current_xact_id();
  v_seal.row_count := p_row_count;
  v_seal.tenant_roots := p_tenant_roots;
  v_seal.previous_root := p_last.root;
  v_seal.root := audit.seal_root(v_seal);
  insert into audit.seal select v_seal.*;
end
$$;

alter function audit.add_seal(audit.seal, uuid, integer, bytea) owner to commerce_audit;
comment on function audit.add_seal(audit.seal, uuid, integer, bytea) is
  'Adds a seal to the database''s chain, after the last one.';
