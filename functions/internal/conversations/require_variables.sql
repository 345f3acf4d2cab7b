create or replace function internal.require_variables(p_template commerce.message_template, p_metadata jsonb)
  returns void
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_given jsonb := coalesce(p_metadata -> 'variables', '[]');
  v_wanted text[] := internal.template_variables(p_template.body);
  v_names text[];
begin
  if jsonb_typeof(v_given) = 'array' then
    v_names := array(select n::text from generate_series(1, jsonb_array_length(v_given)) as n order by 1);
  elsif jsonb_typeof(v_given) = 'object' then
    v_names := array(select k from jsonb_object_keys(v_given) as k order by 1);
  else
    perform internal.refuse_input('metadata.variables', 'must be a list, or an object by name');
  end if;
  if exists (
    select
      from jsonb_each(
        case jsonb_typeof(v_given) when 'object' then v_given else jsonb_build_object('list', v_given) end) as e
     cross join jsonb_array_elements(
        case jsonb_typeof(v_given) when 'object' then jsonb_build_array(e.value) else e.value end) as v (value)
     where jsonb_typeof(v.value) not in ('string', 'number')
  ) then
    perform internal.refuse_input('metadata.variables', 'must be texts or numbers');
  end if;
  -- A number that is not known cannot be compared.
  if cardinality(v_names) <> p_template.variable_count then
    perform internal.refuse_input(
      'metadata.variables', format('must be %s, as the template has them', p_template.variable_count));
  elsif jsonb_typeof(v_given) = 'object' and v_wanted <> '{}' and v_names <> v_wanted then
    perform internal.refuse_input(
      'metadata.variables', 'must be named ' || array_to_string(v_wanted, ', '));
  end if;
end
$$;

grant execute on function internal.require_variables(commerce.message_template, jsonb) to commerce_definer;
comment on function internal.require_variables(commerce.message_template, jsonb) is
  'Refuses a message whose metadata.variables are not those of its template (SCVAL); a template whose number of variables is not known takes any.';
