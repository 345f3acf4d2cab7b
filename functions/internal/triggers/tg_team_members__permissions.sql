create or replace function internal.tg_team_members__permissions()
  returns trigger
  language plpgsql
  security definer  -- lends: reading commerce.permission
  set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (
    select
      from unnest(new.permissions) as granted (code)
     where not exists (select from commerce.permission as p where p.code = granted.code)
  ) then
    raise exception using
      errcode = 'SCVAL',
      message = 'permissions must be codes that exist',
      detail = json_build_object('field', 'permissions')::text;
  end if;
  return new;
end
$$;

alter function internal.tg_team_members__permissions() owner to commerce_definer;
comment on function internal.tg_team_members__permissions() is
  'Trigger: extra permissions exist (SCVAL).';
