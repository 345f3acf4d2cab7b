create or replace function internal.require_version(
  p_expected integer,
  p_actual integer,
  p_table text,
  p_id uuid,
  p_field text default 'expected_version'
)
  returns void
  language plpgsql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  if p_expected is null then
    raise exception using
      errcode = 'SCVRQ',
      message = 'the version that was read must be named',
      detail = json_build_object('field', p_field)::text;
  elsif p_expected <> p_actual then
    raise exception using
      errcode = 'SCVER',
      message = 'the row was changed by someone else',
      detail = json_build_object('expected', p_expected, 'actual', p_actual, 'table', p_table, 'id', p_id)::text,
      hint = 'Read the row again and repeat the change on its current version.';
  end if;
end
$$;

grant execute on function internal.require_version(integer, integer, text, uuid, text) to commerce_definer;
comment on function internal.require_version(integer, integer, text, uuid, text) is
  'Refuses a change that names no version (SCVRQ), or another than the row has (SCVER), which names the row for the caller to read again.';
