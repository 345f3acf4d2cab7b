-- DELETE on an api view is an update of is_deleted through the same view, so the caller's own UPDATE
-- policy and grant decide, and the version that the statement saw is named. The trigger's argument is the
-- permission that the policy asks of those to whom the row does not belong.
create or replace function internal.tg__soft_delete_view()
  returns trigger
  language plpgsql
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_version integer := (to_jsonb(old) ->> 'version')::integer;
  v_rows bigint;
begin
  execute format(
    'update api.%I set is_deleted = true %s where tenant_id = $1 and id = $2',
    tg_table_name, case when v_version is not null then ', version = $3' end)
    using old.tenant_id, old.id, v_version;

  -- EXECUTE does not set FOUND. The row was visible, so no row means that it may not be changed.
  get diagnostics v_rows = row_count;
  if v_rows = 0 then
    raise exception using
      errcode = 'SCPRM',
      message = 'this row may not be deleted in this session',
      detail = json_strip_nulls(json_build_object('permission', tg_argv[0]))::text;
  end if;
  return old;
end
$$;

comment on function internal.tg__soft_delete_view() is
  'Trigger INSTEAD OF DELETE of the api views: marks the row deleted. SCPRM, SCVER, SCDEP.';
