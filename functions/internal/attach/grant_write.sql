-- The table gets the same right as its view, because the view writes as its caller.
create or replace function internal.grant_write(
  p_view regclass,
  p_roles text[],
  p_columns text[],
  p_insert text[] default '{}',
  p_update text[] default '{}'
)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_table regclass := format(
    'commerce.%I', (select c.relname from pg_catalog.pg_class as c where c.oid = p_view))::regclass;
begin
  execute format(
    'grant insert (%s), update (%s) on %s, %s to %s',
    (select string_agg(quote_ident(c), ', ') from unnest(p_insert || p_columns) as c),
    (select string_agg(quote_ident(c), ', ') from unnest(p_columns || p_update) as c),
    v_table, p_view, (select string_agg(quote_ident(r), ', ') from unnest(p_roles) as r));
end
$$;

comment on function internal.grant_write(regclass, text[], text[], text[], text[]) is
  'Lets roles insert and update the named columns of a view of schema api, and those of the table of the same name. p_insert names what can be given to a new row only, p_update what can be changed only in a row that exists.';
