create or replace function internal.require_storage(p_size_bytes bigint)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant commerce.tenant := internal.lock_tenant();
  v_limit bigint := (
    select s.max_storage_bytes from commerce.subscription_plan as s where s.code = v_tenant.subscription_tier
  );
  v_used bigint := (
    select coalesce(sum(u.size_bytes), 0) from internal.upload as u where u.tenant_id = v_tenant.id
  );
begin
  if v_used + p_size_bytes > v_limit then
    raise exception using
      errcode = 'SCLIM',
      message = 'the plan allows no further files of this size',
      detail = json_build_object('metric', 'storage_bytes', 'limit', v_limit, 'used', v_used)::text,
      hint = 'Remove files that are not needed, or move to a larger plan.';
  end if;
end
$$;

grant execute on function internal.require_storage(bigint) to commerce_definer;
comment on function internal.require_storage(bigint) is
  'SCLIM when this many more bytes would exceed the storage of the plan; uploads of a merchant are counted one after the other.';
