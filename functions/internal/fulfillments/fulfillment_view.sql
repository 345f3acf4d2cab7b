-- Requires: functions/api/views/fulfillment.sql
create or replace function internal.fulfillment_view(p_fulfillment_id uuid)
  returns api.fulfillment
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_fulfillment api.fulfillment;
begin
  select f.*
    into v_fulfillment
    from api.fulfillment as f
   where f.tenant_id = internal.tenant_id() and f.id = p_fulfillment_id;
  return v_fulfillment;
end
$$;

grant execute on function internal.fulfillment_view(uuid) to commerce_definer;
comment on function internal.fulfillment_view(uuid) is
  'A parcel as the caller may see it: what the functions of parcels return.';
