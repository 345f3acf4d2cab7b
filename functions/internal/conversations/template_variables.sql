create or replace function internal.template_variables(p_body text)
  returns text[]
  language sql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select case when p_body is not null then coalesce(array_agg(distinct v.name[1] order by v.name[1]), '{}') end
    from regexp_matches(p_body, '[{][{][[:space:]]*([A-Za-z0-9_]{1,100})[[:space:]]*[}][}]', 'g') as v (name)
$$;

grant execute on function internal.template_variables(text) to commerce_definer;
comment on function internal.template_variables(text) is
  'The names, or numbers, of the variables that the text of a template holds: {{1}}, {{name}}.';
