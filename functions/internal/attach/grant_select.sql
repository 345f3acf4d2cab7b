-- A view asks its reader for every column that it names, so the right on the table covers the whole view. The
-- right on the view decides what a role sees: no role can name the table itself.
create or replace function internal.grant_select(
  p_view regclass,
  p_roles text[] default '{commerce_member, commerce_worker, commerce_platform}',
  p_columns text[] default null
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
  v_roles text := (select string_agg(quote_ident(r), ', ') from unnest(p_roles) as r);
  v_all text[] := (
    select array_agg(a.attname::text order by a.attnum)
      from pg_catalog.pg_attribute as a
     where a.attrelid = p_view and a.attnum > 0 and not a.attisdropped
  );
begin
  if p_columns is null and p_roles && '{commerce_buyer, commerce_anonymous}' then
    raise exception using
      errcode = 'invalid_grant_operation',
      message = format('%s: buyers and visitors see only the columns that are named', p_view),
      hint = 'Pass the columns as the third argument.';
  end if;
  execute format(
    'grant select (%s) on %s to %s',
    (select string_agg(quote_ident(c), ', ') from unnest(coalesce(p_columns, v_all)) as c), p_view, v_roles);
  execute format(
    'grant select (%s) on %s to %s',
    (select string_agg(quote_ident(c), ', ') from unnest(v_all) as c where internal.has_column(v_table, c)),
    v_table, v_roles);
end
$$;

comment on function internal.grant_select(regclass, text[], text[]) is
  'Lets roles read a view of schema api that shows the table of the same name: members, workers and platform staff every column, those that are added later too; buyers and visitors only the columns that are named.';
