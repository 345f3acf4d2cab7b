-- Requires: functions/internal/checks/address_faults.sql
create or replace function internal.order_address_faults(p_addresses jsonb)
  returns jsonb
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_address jsonb;
  v_name text;
  v_faults jsonb[] := '{}'::jsonb[];
begin
  if jsonb_typeof(p_addresses) is distinct from 'array' or jsonb_array_length(p_addresses) > 2 then
    return internal.fault('addresses', 'must be an array of at most 2 addresses');
  end if;

  for v_place in 0 .. jsonb_array_length(p_addresses) - 1 loop
    v_address := p_addresses -> v_place;
    v_name := format('addresses[%s]', v_place);
    v_faults := v_faults || case
      when jsonb_typeof(v_address) <> 'object' then array[internal.object_fault(v_name, v_address)]
      else array[
        internal.object_fault(v_name, v_address),
        case
          when coalesce(v_address ->> 'kind' not in ('shipping', 'billing'), true) then
            internal.fault(v_name || '.kind', 'must be shipping or billing')
          when v_place = 1 and v_address ->> 'kind' = p_addresses #>> '{0,kind}' then
            internal.fault(v_name || '.kind', 'must not be given twice')
        end
      ]
      || array(select f.fault from jsonb_array_elements(internal.address_faults(v_name || '.', v_address)) as f (fault))
      || array[
        case when v_address ->> 'source_address_id' is not null then
          internal.uuid_fault(v_name || '.source_address_id', v_address ->> 'source_address_id')
        end,
        internal.degrees_fault(v_name || '.latitude', v_address -> 'latitude', 90),
        internal.degrees_fault(v_name || '.longitude', v_address -> 'longitude', 180)
      ]
    end;
  end loop;
  return internal.fault_list(variadic v_faults);
end
$$;

grant execute on function internal.order_address_faults(jsonb) to commerce_definer;
comment on function internal.order_address_faults(jsonb) is
  'The faults of the addresses of an order (order_address), at most one of each kind, each with its address and key.';
