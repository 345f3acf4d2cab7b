-- Requires: functions/internal/lists/filter_condition.sql
-- Requires: functions/internal/lists/refuse_hidden_filters.sql
-- The tabs of a board show these counts: each value is counted separately, up to a thousand, so that the cost of a
-- count does not grow with the shop.
create or replace function internal.count_statement(
  p_view text,
  p_by text,
  p_moment text,
  p_filters jsonb,
  p_from date,
  p_to date
)
  returns text
  language plpgsql
  stable
  security definer  -- lends: the closed sets, and the shop's time zone
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_table text := replace(p_view, 'api.', '');
  -- A column without a closed set is a boolean.
  v_set text[] := coalesce(internal.closed_set(v_table, p_by), '{true, false}');
  v_given text[] := array(
    select jsonb_array_elements_text(
      case jsonb_typeof(p_filters -> p_by)
        when 'array' then p_filters -> p_by
        when 'boolean' then jsonb_build_array(p_filters -> p_by)
      end));
begin
  perform internal.refuse_hidden_filters(p_view, p_filters);
  perform internal.refuse_faults(internal.filter_faults(v_table, p_filters), internal.days_fault(p_from, p_to));
  return (
    select string_agg(
             format(
               'select %L, least(count(*), 1000)::integer, count(*) > 1000
                  from (select from %s as t where %s and t.%I = %L limit 1001) as t',
               v.value, p_view,
               internal.filter_condition(v_tenant_id, p_moment, p_filters - p_by, p_from, p_to), p_by, v.value),
             ' union all ' order by v.place)
      from unnest(v_set) with ordinality as v (value, place)
     where v.value = any (coalesce(nullif(v_given, '{}'), v_set)));
end
$$;

alter function internal.count_statement(text, text, text, jsonb, date, date) owner to commerce_definer;
grant execute on function internal.count_statement(text, text, text, jsonb, date, date)
  to commerce_member, commerce_buyer;
comment on function internal.count_statement(text, text, text, jsonb, date, date) is
  'SQL that counts the rows of a list by the values of a closed set or a boolean: each value, how many rows, and whether there are more than those. SCTEN, SCPRM and SCVAL with the field.';
