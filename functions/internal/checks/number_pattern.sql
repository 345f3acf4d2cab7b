create or replace function internal.number_pattern(p_term text)
  returns text
  language sql
  immutable
  strict
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select '%' || d.digits || '%'
    from ltrim(regexp_replace(p_term, '[(]0[)]|[^0-9]', '', 'g'), '0') as d (digits)
   where p_term ~ '^[-+0-9 ()./]+$' and length(d.digits) >= 3
$$;

grant execute on function internal.number_pattern(text) to commerce_system;
comment on function internal.number_pattern(text) is
  'The pattern of LIKE for telephone numbers that contain a term, with or without blanks, signs, and a zero before it or in parentheses; NULL when the term cannot be part of a number.';
