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
begin
  for v_address in select a.value from jsonb_array_elements(p_addresses) as a loop
    v_row.kind := v_address ->> 'kind';
    v_row.source_address_id := (v_address ->> 'source_address_id')::uuid;
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
    v_row.latitude := (v_address ->> 'latitude')::numeric;
    v_row.longitude := (v_address ->> 'longitude')::numeric;
    return next v_row;
  end loop;
end
$$;

grant execute on function internal.order_addresses(jsonb) to commerce_definer;
comment on function internal.order_addresses(jsonb) is
  'Reads the addresses of an order that internal.order_address_faults has checked.';
