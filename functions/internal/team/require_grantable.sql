create or replace function internal.require_grantable(p_role text, p_permissions text[])
  returns void
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_missing text := internal.missing_right(internal.user_id(), p_role, p_permissions);
begin
  if v_missing is not null then
    raise exception using
      errcode = 'SCPRM',
      message = 'only a member who has these rights gives or takes them',
      detail = json_build_object('permission', v_missing)::text;
  end if;
end
$$;

grant execute on function internal.require_grantable(text, text[]) to commerce_definer;
comment on function internal.require_grantable(text, text[]) is
  'SCPRM unless the current user may give a person this team role with these extra permissions.';
