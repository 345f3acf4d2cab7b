create or replace function internal.order_addresses(p_addresses jsonb)
  returns setof commerce.order_address
  language plpgsql
  immutable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_address jsonb;
  v_row commerce.order_address;
  v_index integer;
  v_field text;
begin
  if jsonb_typeof(p_addresses) is distinct from 'array' or jsonb_array_length(p_addresses) > 2 then
    perform internal.refuse_input('addresses', 'must be an array of at most 2 addresses');
  end if;

  for v_address, v_index in
    select a.value, a.ordinality - 1 from jsonb_array_elements(p_addresses) with ordinality as a
  loop
    v_field := format('addresses[%s]', v_index);
    perform internal.require_object(v_field, v_address);
    if v_address ->> 'kind' is null or v_address ->> 'kind' not in ('shipping', 'billing') then
      perform internal.refuse_input(v_field || '.kind', 'must be shipping or billing');
    elsif v_address ->> 'kind' = v_row.kind then
      perform internal.refuse_input(v_field || '.kind', 'must not be given twice');
    end if;
    perform internal.require_address(v_field || '.', v_address);
    v_row := null;
    v_row.kind := v_address ->> 'kind';
    v_row.source_address_id := internal.read_uuid(
      v_field || '.source_address_id', v_address ->> 'source_address_id');
    v_row.recipient_name := v_address ->> 'recipient_name';
    v_row.phone_number := v_address ->> 'phone_number';
    v_row.street_address := v_address ->> 'street_address';
    v_row.apartment := v_address ->> 'apartment';
    v_row.landmark := v_address ->> 'landmark';
    v_row.city := v_address ->> 'city';
    v_row.state := v_address ->> 'state';
    v_row.postal_code := v_address ->> 'postal_code';
    v_row.delivery_note := v_address ->> 'delivery_note';
    v_row.country := v_address ->> 'country';
    v_row.latitude := internal.read_degrees(v_field || '.latitude', v_address -> 'latitude', 90);
    v_row.longitude := internal.read_degrees(v_field || '.longitude', v_address -> 'longitude', 180);
    return next v_row;
  end loop;
end
$$;

grant execute on function internal.order_addresses(jsonb) to commerce_definer;
comment on function internal.order_addresses(jsonb) is
  'Reads the addresses given to place_order: at most one of each kind. SCVAL names the address and the key that is wrong.';
