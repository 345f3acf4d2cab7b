create or replace function internal.expected_total_faults(p_totals jsonb)
  returns jsonb
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_total jsonb;
  v_name text;
  v_faults jsonb[] := '{}'::jsonb[];
begin
  if p_totals is null then
    return null;
  elsif jsonb_typeof(p_totals) <> 'array' or jsonb_array_length(p_totals) not between 1 and 100 then
    return internal.fault('expected_totals', 'must be an array of 1 to 100 totals');
  end if;

  for v_place in 0 .. jsonb_array_length(p_totals) - 1 loop
    v_total := p_totals -> v_place;
    v_name := format('expected_totals[%s]', v_place);
    v_faults := v_faults || case
      when jsonb_typeof(v_total) <> 'object' then array[internal.object_fault(v_name, v_total)]
      else array[
        internal.object_fault(v_name, v_total),
        internal.text_fault(v_name || '.currency_code', v_total ->> 'currency_code', 3),
        case
          when v_total ->> 'total_amount' is null then
            internal.fault(v_name || '.total_amount', 'must not be empty')
          else internal.decimal_fault(v_name || '.total_amount', v_total -> 'total_amount')
        end
      ]
    end;
  end loop;
  return internal.fault_list(variadic v_faults);
end
$$;

grant execute on function internal.expected_total_faults(jsonb) to commerce_definer;
comment on function internal.expected_total_faults(jsonb) is
  'The faults of [{"currency_code", "total_amount"}], the totals that the caller of place_order has read, each with its total and key.';
