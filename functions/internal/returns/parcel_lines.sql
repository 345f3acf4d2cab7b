create or replace function internal.parcel_lines(p_fulfillment commerce.fulfillment, p_lines jsonb)
  returns jsonb
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_lines jsonb;
  v_left jsonb;
begin
  if jsonb_typeof(p_lines) is distinct from 'array' or jsonb_array_length(p_lines) > 100 then
    perform internal.refuse_input('lines', 'must be an array of at most 100 lines');
  end if;
  -- The lines that staff named come first, so that a fault names their line; a line that is not in the parcel is
  -- missing there.
  select coalesce(jsonb_agg(
           case jsonb_typeof(l.value)
             when 'object' then l.value || jsonb_build_object('accepted_quantity', coalesce(i.quantity, 0))
             else l.value
           end order by l.ordinality), '[]')
    into v_lines
    from jsonb_array_elements(p_lines) with ordinality as l
    left join commerce.fulfillment_item as i
      on i.tenant_id = p_fulfillment.tenant_id
     and i.fulfillment_id = p_fulfillment.id
     and i.order_item_id::text = lower(l.value ->> 'order_item_id');
  select coalesce(jsonb_agg(
           jsonb_build_object('order_item_id', i.order_item_id, 'accepted_quantity', i.quantity)), '[]')
    into v_left
    from commerce.fulfillment_item as i
   where i.tenant_id = p_fulfillment.tenant_id
     and i.fulfillment_id = p_fulfillment.id
     and not exists (
       select
         from jsonb_array_elements(p_lines) as l (value)
        where lower(l.value ->> 'order_item_id') = i.order_item_id::text
     );
  return v_lines || v_left;
end
$$;

grant execute on function internal.parcel_lines(commerce.fulfillment, jsonb) to commerce_definer;
comment on function internal.parcel_lines(commerce.fulfillment, jsonb) is
  'The contents of a parcel that did not arrive, as lines of a return: all units come back, and those that staff name go on the shelf.';
