create or replace function internal.expected_totals(
  p_totals jsonb,
  out currency_code text,
  out total_amount numeric
)
  returns setof record
  language plpgsql
  immutable
  security invoker
  rows 1
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_total jsonb;
  v_field text;
  v_index integer;
begin
  if p_totals is null then
    return;
  elsif jsonb_typeof(p_totals) <> 'array' or jsonb_array_length(p_totals) not between 1 and 100 then
    perform internal.refuse_input('expected_totals', 'must be an array of 1 to 100 totals');
  end if;

  for v_total, v_index in
    select t.value, t.ordinality - 1 from jsonb_array_elements(p_totals) with ordinality as t
  loop
    v_field := format('expected_totals[%s]', v_index);
    perform internal.require_object(v_field, v_total);
    currency_code := v_total ->> 'currency_code';
    perform internal.require_text(v_field || '.currency_code', currency_code, 3);
    total_amount := internal.read_amount(v_field || '.total_amount', nullif(v_total -> 'total_amount', 'null'));
    if total_amount is null then
      perform internal.refuse_input(v_field || '.total_amount', 'must not be empty');
    end if;
    return next;
  end loop;
end
$$;

grant execute on function internal.expected_totals(jsonb) to commerce_definer;
comment on function internal.expected_totals(jsonb) is
  'Reads [{"currency_code", "total_amount"}], the totals that the caller of place_order has read; SCVAL names the total and the key that is wrong.';
