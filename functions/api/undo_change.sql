-- Requires: functions/api/values_before.sql
-- This runs with the caller's rights, through the view, so that an undo may do what its caller may do, and no more.
create or replace function api.undo_change(p_log_id uuid, p_expected_version integer)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_change record := api.values_before(p_log_id);
  v_rows bigint;
begin
  if v_change.has_version and p_expected_version is null then
    raise exception using
      errcode = 'SCVRQ',
      message = 'the version that was read must be named',
      detail = json_build_object('field', 'expected_version')::text;
  end if;

  execute format(
    'update api.%1$I as t set %2$s %3$s from jsonb_populate_record(null::api.%1$I, $1) as b where t.id = $2',
    v_change.table_name,
    (select string_agg(format('%1$I = b.%1$I', k), ', ') from jsonb_object_keys(v_change.old_values) as k),
    case when v_change.has_version then ', version = $3' end)
    using v_change.old_values, v_change.record_id, p_expected_version;
  get diagnostics v_rows = row_count;
  if v_rows = 0 then
    raise exception using
      errcode = 'SCNTF',
      message = 'not found: log_id',
      detail = json_build_object('field', 'log_id')::text;
  end if;
end
$$;

grant execute on function api.undo_change(uuid, integer) to commerce_member;
comment on function api.undo_change(uuid, integer) is
  'Undoes a logged update: gives its columns their former values, with the rights of the caller. Needs audit.read and the right to change the row. SCPRM, SCNTF, SCVER, SCVRQ, SCVAL, SCDEP when later changes touched the same columns.
@param log_id The change, as record_history names it.';
