-- Requires: functions/internal/lists/page_statement.sql
create or replace function audit.list_page(
  p_tenant_id uuid,
  p_filters jsonb,
  p_from date,
  p_to date,
  p_order text,
  p_first integer,
  p_after text,
  p_before text
)
  returns table (
    id uuid,
    occurred_at timestamptz,
    actor_user_id uuid,
    actor_role text,
    request_id text,
    action text,
    table_name text,
    record_key text,
    old_values jsonb,
    new_values jsonb,
    reason text,
    is_redacted boolean,
    cursor text
  )
  language plpgsql
  stable
  security definer  -- lends: reading audit.log
  set search_path = pg_catalog, pg_temp
as $$
begin
  return query execute format(
    $statement$
      select l.id, l.occurred_at, l.actor_user_id, l.actor_role, l.request_id, l.action, l.table_name, l.record_key,
             l.old_values, l.new_values, l.reason, l.values_digest is not null, m.cursor
        from (select p.id, p.cursor, row_number() over () as place from (%s) as p (id, cursor)) as m
        join audit.log as l on l.tenant_id = $1 and l.id = m.id
       order by m.place
    $statement$,
    internal.page_statement('audit.log', 'id', p_filters, p_from, p_to, p_order, p_first, p_after, p_before))
    using p_tenant_id;
end
$$;

alter function audit.list_page(uuid, jsonb, date, date, text, integer, text, text) owner to commerce_audit;
grant execute on function audit.list_page(uuid, jsonb, date, date, text, integer, text, text) to commerce_definer;
comment on function audit.list_page(uuid, jsonb, date, date, text, integer, text, text) is
  'A page of the log of the session''s tenant, which the caller must name.';
