create or replace function internal.expected_total_faults(p_totals jsonb)
  returns jsonb
  language plpgsql
  immutable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  if p_totals is null then
    return null;
  elsif jsonb_typeof(p_totals) <> 'array' or jsonb_array_length(p_totals) not between 1 and 100 then
    return internal.fault('expected_totals', 'must be an array of 1 to 100 totals');
  end if;

  return (
    select jsonb_agg(f.fault order by t.place, f.place)
      from jsonb_array_elements(p_totals) with ordinality as t (total, place)
     cross join format('expected_totals[%s]', t.place - 1) as n (name)
     cross join unnest(
             case
               when jsonb_typeof(t.total) <> 'object' then array[internal.object_fault(n.name, t.total)]
               else array[
                 internal.object_fault(n.name, t.total),
                 internal.text_fault(n.name || '.currency_code', t.total ->> 'currency_code', 3),
                 case
                   when t.total ->> 'total_amount' is null then
                     internal.fault(n.name || '.total_amount', 'must not be empty')
                   else internal.decimal_fault(n.name || '.total_amount', t.total -> 'total_amount')
                 end
               ]
             end) with ordinality as f (fault, place)
     where f.fault is not null
  );
end
$$;

grant execute on function internal.expected_total_faults(jsonb) to commerce_definer;
comment on function internal.expected_total_faults(jsonb) is
  'The faults of [{"currency_code", "total_amount"}], the totals that the caller of place_order has read, each with its total and key.';
