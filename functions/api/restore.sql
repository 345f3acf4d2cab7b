create or replace function api.restore(p_table text, p_id uuid)
  returns void
  language plpgsql
  volatile
  security definer  -- lends: seeing and changing deleted rows
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('records.restore');
  v_table regclass := to_regclass('commerce.' || quote_ident(p_table));
  v_rows bigint;
begin
  if not exists (
    select
      from pg_catalog.pg_trigger as t
     where t.tgrelid = v_table and t.tgname = '_200_soft_delete'
  ) then
    raise exception using
      errcode = 'SCVAL',
      message = 'rows of this table cannot be restored',
      detail = json_build_object('field', 'table')::text;
  end if;

  execute format(
    'update %s set is_deleted = false %s where tenant_id = $1 and id = $2 and is_deleted',
    v_table, case when internal.has_column(v_table, 'version') then ', version = version' end)
    using v_tenant_id, p_id;
  get diagnostics v_rows = row_count;
  if v_rows = 0 then
    raise exception using errcode = 'SCNTF', message = 'no such deleted row';
  end if;
exception
  when unique_violation then
    raise exception using
      errcode = 'SCDUP',
      message = 'a live row has taken the place of the deleted one',
      detail = json_build_object('table', p_table)::text;
end
$$;

alter function api.restore(text, uuid) owner to commerce_definer;
grant execute on function api.restore(text, uuid) to commerce_member;
comment on function api.restore(text, uuid) is
  'Restores a deleted row and the rows that were deleted with it. Needs records.restore. SCNTF, SCDEP when the row that it belongs to is deleted, SCDUP when a unique value has been taken since, SCVAL.
@param table {restorable_table} Name of the table, such as products.
@param id The deleted row.';
