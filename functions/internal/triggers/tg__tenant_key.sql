create or replace function internal.tg__tenant_key()
  returns trigger
  language plpgsql
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  new.tenant_key := coalesce(new.tenant_id, '00000000-0000-0000-0000-000000000000');
  return new;
end
$$;

-- A new partition of the log gets the trigger from the log, in the name of the role that attaches it.
grant execute on function internal.tg__tenant_key() to commerce_audit;
comment on function internal.tg__tenant_key() is
  'Trigger: keeps tenant_key equal to tenant_id, with zeros for rows of the platform.';
