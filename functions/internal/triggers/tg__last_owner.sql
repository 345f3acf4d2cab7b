create or replace function internal.tg__last_owner()
  returns trigger
  language plpgsql
  security definer  -- lends: locking the tenant, whatever the session is when the transaction ends
  set search_path = pg_catalog, pg_temp
as $$
declare
  -- The argument names the column of the table that holds the tenant.
  v_tenant_id uuid := (to_jsonb(coalesce(new, old)) ->> tg_argv[0])::uuid;
  v_is_active boolean;
begin
  -- One transaction of a tenant runs at a time, or two owners could each leave while the other seems to stay. This is a
  -- write that changes nothing, because a lock alone lets repeatable read count on its old snapshot.
  update commerce.tenant as t
     set created_at = t.created_at
   where t.id = v_tenant_id
  returning t.is_active into v_is_active;
  if v_is_active and not exists (
    select
      from commerce.team_members as m
     where m.tenant_id = v_tenant_id and m.role = 'owner' and m.is_active
  ) then
    raise exception using
      errcode = 'SCOWN',
      message = 'an active merchant needs an active owner',
      hint = 'Make someone else an owner first.';
  end if;
  return null;
end
$$;

alter function internal.tg__last_owner() owner to commerce_system;
comment on function internal.tg__last_owner() is
  'Trigger, at the end of the transaction: an active tenant keeps an active owner (SCOWN).';
