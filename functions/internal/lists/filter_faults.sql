-- Requires: functions/internal/checks/fault.sql
create or replace function internal.filter_faults(p_table text, p_filters jsonb)
  returns jsonb
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select jsonb_agg(internal.fault(
           -- status, priority and tier are given as statuses, priorities and tiers.
           regexp_replace(regexp_replace(f.name || 's', 'ys$', 'ies'), 'ss$', 'ses'),
           case
             when jsonb_array_length(f.given) > 100 then 'must be at most 100'
             else 'must be of ' || array_to_string(f.allowed, ', ')
           end))
    from (
           select e.key as name, e.value as given, internal.closed_set(p_table, e.key) as allowed
             from jsonb_each(p_filters) as e
            where jsonb_typeof(e.value) = 'array'
         ) as f
   where jsonb_array_length(f.given) > 100
      or (f.allowed is not null and exists (
           select from jsonb_array_elements(f.given) as v
            where coalesce(v #>> '{}' <> all (f.allowed), true)))
$$;

grant execute on function internal.filter_faults(text, jsonb) to commerce_definer;
comment on function internal.filter_faults(text, jsonb) is
  'The faults of the filters of a list: values that are not of the closed set of their column, or too many.';
