create or replace function internal.merchant_tables()
  returns setof regclass
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select c.oid::regclass
    from pg_catalog.pg_class as c
   where c.relnamespace in ('commerce'::regnamespace, 'internal'::regnamespace, 'audit'::regnamespace)
     and c.relkind in ('r', 'p')
     and c.relpersistence = 'p'
     and not c.relispartition
     -- Sessions and moves belong to the server.
     and c.oid not in ('internal.session'::regclass, 'audit.tenant_move'::regclass)
     and (c.oid = 'commerce.tenant'::regclass
       or exists (
         select
           from pg_catalog.pg_attribute as a
          where a.attrelid = c.oid and a.attname in ('tenant_id', 'tenant_key') and not a.attisdropped
       ))
   order by c.oid::regclass::text
$$;

comment on function internal.merchant_tables() is
  'Every table that holds rows of merchants, which are what moves when a merchant moves to another server.';
