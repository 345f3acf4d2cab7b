create or replace function internal.refuse_barred(p_tenant_id uuid, p_user_id uuid, p_actions text[])
  returns void
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_until timestamptz := internal.barred_until(p_tenant_id, p_user_id, p_actions);
begin
  if v_until is not null then
    raise exception using
      errcode = 'SCPRM',
      message = 'a violation of the rules forbids it',
      detail = json_build_object('permission', 'violations', 'until', nullif(v_until, 'infinity'))::text,
      hint = 'Staff lift a violation by resolve_violation.';
  end if;
end
$$;

grant execute on function internal.refuse_barred(uuid, uuid, text[]) to commerce_definer;
comment on function internal.refuse_barred(uuid, uuid, text[]) is
  'Refuses (SCPRM) what a violation with one of these actions forbids a person.';
