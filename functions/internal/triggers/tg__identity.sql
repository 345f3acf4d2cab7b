create or replace function internal.tg__identity()
  returns trigger
  language plpgsql
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  -- Rows are joined on their key by the audit log, and a tenant's row never changes hands.
  if to_jsonb(new) -> 'id' is distinct from to_jsonb(old) -> 'id'
    or to_jsonb(new) -> 'tenant_id' is distinct from to_jsonb(old) -> 'tenant_id'
  then
    raise exception using
      errcode = 'SCIMM',
      message = 'id and tenant_id never change';
  end if;
  return new;
end
$$;

comment on function internal.tg__identity() is 'Trigger: id and tenant_id of a row never change (SCIMM).';
