-- Undo: drop function audit.seal_root(bytea, bytea, bytea, bigint, uuid, uuid, timestamptz, xid8, integer);
create or replace function audit.seal_root(
  p_previous_root bytea,
  p_digest bytea,
  p_marks bytea,
  p_id bigint,
  p_from_id uuid,
  p_to_id uuid,
  p_sealed_at timestamptz,
  p_horizon xid8,
  p_row_count integer
)
  returns bytea
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select sha256(
    p_previous_root || p_digest || sha256(p_marks)
      || record_send(row(p_id, p_from_id, p_to_id, p_sealed_at, p_horizon, p_row_count)))
$$;

alter function audit.seal_root(bytea, bytea, bytea, bigint, uuid, uuid, timestamptz, xid8, integer) owner to commerce_audit;
comment on function audit.seal_root(bytea, bytea, bytea, bigint, uuid, uuid, timestamptz, xid8, integer) is
  'The root of a seal, from the root before it and all that it says.';
