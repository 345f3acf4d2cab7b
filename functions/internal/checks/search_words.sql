create or replace function internal.search_words(p_query text)
  returns tsquery
  language sql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  -- websearch_to_tsquery fails (XX000) over thirty-two negations of one another.
  select websearch_to_tsquery('simple', regexp_replace(p_query, '-([^[:alnum:]_]*-)+', '-', 'g'))
$$;

grant execute on function internal.search_words(text) to commerce_system;
comment on function internal.search_words(text) is
  'Turns what people type into a search box into a full-text query; the caller has limited its length.';
