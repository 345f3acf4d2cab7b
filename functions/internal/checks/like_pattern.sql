create or replace function internal.like_pattern(p_term text)
  returns text
  language sql
  immutable
  strict
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select '%' || replace(replace(replace(p_term, e'\\', e'\\\\'), '%', e'\\%'), '_', e'\\_') || '%'
$$;

grant execute on function internal.like_pattern(text) to commerce_system;
comment on function internal.like_pattern(text) is 'The pattern of LIKE for texts that contain a term, whatever stands in it.';
