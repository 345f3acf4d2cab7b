-- Requires: functions/audit/history.sql
create or replace function audit.as_of(p_tenant_id uuid, p_table text, p_key text, p_at timestamptz)
  returns jsonb
  language plpgsql
  stable
  security definer  -- lends: calling audit.history
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_change record;
  v_values jsonb;
begin
  for v_change in
    select h.action, h.new_values
      from audit.history(p_tenant_id, p_table, p_key) as h
     where h.occurred_at <= p_at and h.action in ('insert', 'update', 'delete')
     order by h.id
  loop
    -- Updates whose insert has left the log add to nothing, and so stay NULL.
    v_values := case v_change.action
      when 'insert' then v_change.new_values
      when 'update' then v_values || v_change.new_values
    end;
  end loop;
  return v_values;
end
$$;

alter function audit.as_of(uuid, text, text, timestamptz) owner to commerce_audit;
grant execute on function audit.as_of(uuid, text, text, timestamptz) to commerce_definer;
comment on function audit.as_of(uuid, text, text, timestamptz) is
  'The logged columns of one row of a tenant as they were at a time; NULL when it did not exist, or the log does not reach back to its beginning.';
