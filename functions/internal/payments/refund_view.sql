-- Requires: functions/api/views/refund.sql
create or replace function internal.refund_view(p_refund_id uuid)
  returns api.refund
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select r.*
    from api.refund as r
   where r.tenant_id = internal.tenant_id() and r.id = p_refund_id
$$;

grant execute on function internal.refund_view(uuid) to commerce_definer;
comment on function internal.refund_view(uuid) is 'A refund as schema api shows it.';
