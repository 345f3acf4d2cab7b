-- Undo: drop function internal.tg_team_members__last_owner();
create or replace function internal.tg_team_members__last_owner()
  returns trigger
  language plpgsql
  security definer  -- lends: locking the tenant
  set search_path = ''
as $$
begin
  if old.role <> 'owner' or not old.is_active then
    return null;
  end if;

  -- One at a time a tenant, or two owners could each leave in the belief that the other stays.
  -- Maintenance without a session sees no tenant here and is trusted to know.
  perform
     from commerce.tenant as t
    where t.id = old.tenant_id and t.is_active
      for no key update;
  if found and not exists (
    select
      from commerce.team_members as m
     where m.tenant_id = old.tenant_id and m.role = 'owner' and m.is_active
  ) then
    raise exception using
      errcode = 'SCOWN',
      message = 'the last owner cannot leave',
      hint = 'Make someone else an owner first.';
  end if;
  return null;
end
$$;

alter function internal.tg_team_members__last_owner() owner to commerce_definer;
comment on function internal.tg_team_members__last_owner() is
  'Trigger, at the end of the transaction: an active tenant keeps an active owner (SCOWN).';
