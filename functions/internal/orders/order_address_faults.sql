-- Requires: functions/internal/checks/address_faults.sql
create or replace function internal.order_address_faults(p_addresses jsonb)
  returns jsonb
  language plpgsql
  immutable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  if jsonb_typeof(p_addresses) is distinct from 'array' or jsonb_array_length(p_addresses) > 2 then
    return internal.fault('addresses', 'must be an array of at most 2 addresses');
  end if;

  return (
    select jsonb_agg(e.fault order by a.place, f.place, e.place)
      from jsonb_array_elements(p_addresses) with ordinality as a (address, place)
     cross join format('addresses[%s]', a.place - 1) as n (name)
     cross join unnest(
             case
               when jsonb_typeof(a.address) <> 'object' then array[internal.object_fault(n.name, a.address)]
               else array[
                 internal.object_fault(n.name, a.address),
                 case
                   when coalesce(a.address ->> 'kind' not in ('shipping', 'billing'), true) then
                     internal.fault(n.name || '.kind', 'must be shipping or billing')
                   when a.place = 2 and a.address ->> 'kind' = p_addresses #>> '{0,kind}' then
                     internal.fault(n.name || '.kind', 'must not be given twice')
                 end,
                 internal.address_faults(n.name || '.', a.address),
                 case when a.address ->> 'source_address_id' is not null then
                   internal.uuid_fault(n.name || '.source_address_id', a.address ->> 'source_address_id')
                 end,
                 internal.degrees_fault(n.name || '.latitude', a.address -> 'latitude', 90),
                 internal.degrees_fault(n.name || '.longitude', a.address -> 'longitude', 180)
               ]
             end) with ordinality as f (faults, place)
     cross join jsonb_array_elements(
             case jsonb_typeof(f.faults) when 'array' then f.faults else jsonb_build_array(f.faults) end)
             with ordinality as e (fault, place)
     where f.faults is not null
  );
end
$$;

grant execute on function internal.order_address_faults(jsonb) to commerce_definer;
comment on function internal.order_address_faults(jsonb) is
  'The faults of the addresses of an order (order_address), at most one of each kind, each with its address and key.';
