create or replace function api.record_as_of(p_table text, p_id uuid, p_at timestamptz)
  returns jsonb
  language plpgsql
  stable
  security definer  -- lends: calling audit.as_of
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('audit.read');
  v_values jsonb;
begin
  perform internal.refuse_faults(internal.calendar_fault('at', p_at));
  v_values := audit.as_of(v_tenant_id, p_table, p_id::text, p_at);
  if v_values is null then
    perform internal.refuse_missing('id');
  end if;
  -- Derived columns are logged only when the row is made, so their later values are not known.
  return v_values - array(
    select d.column_name
      from internal.derived_column as d
     where d.table_name = p_table
  );
end
$$;

alter function api.record_as_of(text, uuid, timestamptz) owner to commerce_definer;
grant execute on function api.record_as_of(text, uuid, timestamptz) to commerce_member;
comment on function api.record_as_of(text, uuid, timestamptz) is
  'A row as it was at a given time, from the log, without secrets and derived columns and with personal values masked. Needs audit.read. SCTEN, SCPRM, SCNTF when the row did not exist then.
@param table {audited_table} Name of the table, such as orders.
@param id The row.
@param at The time.';
