-- The roles, the four schemas and the extensions that everything else stands on. Runs as the
-- installer: a superuser, or an owner of this database with CREATEROLE.

-- Up Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';

-- Roles belong to the whole cluster, so another database may have made them already: then they are
-- taken as they are, and only what is missing is added.
do $$
declare
  v_role record;
begin
  for v_role in
    select r.name, r.options
      from (values
        ('commerce_owner', 'nologin'),
        ('commerce_definer', 'nologin'),
        ('commerce_system', 'nologin'),
        ('commerce_audit', 'nologin'),
        ('commerce_purge', 'nologin'),
        ('commerce_member', 'nologin'),
        ('commerce_buyer', 'nologin'),
        ('commerce_anonymous', 'nologin'),
        ('commerce_worker', 'nologin'),
        ('commerce_platform', 'nologin'),
        ('commerce_api', 'login noinherit'),
        ('commerce_auth', 'login noinherit'),
        ('commerce_worker_login', 'login noinherit'),
        ('commerce_platform_login', 'login noinherit')
      ) as r (name, options)
     where not exists (select from pg_catalog.pg_roles as p where p.rolname = r.name)
  loop
    execute format('create role %I %s', v_role.name, v_role.options);
  end loop;

  for v_role in
    select m.granted, m.member
      from (values
        ('commerce_member', 'commerce_api', 'member'),
        ('commerce_buyer', 'commerce_api', 'member'),
        ('commerce_anonymous', 'commerce_api', 'member'),
        ('commerce_worker', 'commerce_worker_login', 'member'),
        ('commerce_platform', 'commerce_platform_login', 'member'),
        -- From PostgreSQL 16 on, the creator of a role is its member without the right to act as it.
        ('commerce_owner', current_user, 'usage')
      ) as m (granted, member, privilege)
     where not pg_catalog.pg_has_role(m.member, m.granted, m.privilege)
  loop
    execute format('grant %I to %I', v_role.granted, v_role.member);
  end loop;
exception
  when insufficient_privilege then
    raise exception using
      errcode = 'insufficient_privilege',
      message = format('installer %I may not create or grant the commerce_* roles: %s', current_user, sqlerrm),
      hint = 'Run as a superuser, or as a role with CREATEROLE that created the commerce_* roles of this cluster.';
end
$$;

comment on role commerce_owner is 'Owns the schemas, tables and views; migrations run as it.';
comment on role commerce_definer is 'Owns the tenant-bound SECURITY DEFINER functions; under the restrictive tenant policy like everyone.';
comment on role commerce_system is 'Owns the few functions that work across tenants; they state the tenant themselves.';
comment on role commerce_audit is 'Owns audit.log and what writes it.';
comment on role commerce_purge is 'Owns internal.purge_deleted; the only one that append-only tables let remove rows.';
comment on role commerce_member is 'Request role: staff and sellers of a tenant.';
comment on role commerce_buyer is 'Request role: a shopper.';
comment on role commerce_anonymous is 'Request role: a visitor of a storefront.';
comment on role commerce_worker is 'Request role: webhooks and jobs.';
comment on role commerce_platform is 'Request role: a system administrator with a reason.';
comment on role commerce_api is 'Login of the API: may become member, buyer or anonymous.';
comment on role commerce_auth is 'Login that opens and closes sessions and can do nothing else.';
comment on role commerce_worker_login is 'Login of workers: may become commerce_worker.';
comment on role commerce_platform_login is 'Login of the platform''s back office: may become commerce_platform.';

-- A role that can make a temporary object can make a function, a type or a cast of their own and have others meet it.
-- Nothing of ours needs one. Only the database's owner or a superuser can take the right from PUBLIC.
do $$
declare
  v_database pg_catalog.pg_database := (
    select d from pg_catalog.pg_database as d where d.datname = current_database()
  );
begin
  if not has_database_privilege('public', v_database.oid, 'temporary') then
    return;
  end if;
  if pg_has_role(v_database.datdba, 'usage') then
    execute format('revoke temporary on database %I from public', v_database.datname);
  else
    raise warning using
      errcode = '01006',
      message = format('every role may still make temporary objects in database %I', v_database.datname),
      hint = format(
        'Its owner or a superuser runs: revoke temporary on database %I from public;', v_database.datname);
  end if;
end
$$;

-- Large objects belong to no merchant: they are a store that a role which can make one shares with everybody. Only
-- a superuser can take the right from PUBLIC.
do $$
declare
  v_functions regprocedure[] := array(
    select p.oid::regprocedure
      from pg_catalog.pg_proc as p
     where p.pronamespace = 'pg_catalog'::regnamespace
       and (p.proname like 'lo\_%' or p.proname in ('loread', 'lowrite'))
       and has_function_privilege('public', p.oid, 'execute')
     order by p.oid
  );
begin
  if cardinality(v_functions) = 0 then
    return;
  end if;
  if (select r.rolsuper from pg_catalog.pg_roles as r where r.rolname = current_user) then
    execute format('revoke execute on function %s from public', array_to_string(v_functions, ', '));
  else
    raise warning using
      errcode = '01006',
      message = format('every role may still make large objects in database %I', current_database()),
      hint = format(
        'A superuser runs in it: revoke execute on function %s from public;', array_to_string(v_functions, ', '));
  end if;
end
$$;

create schema commerce authorization commerce_owner;
create schema api authorization commerce_owner;
create schema audit authorization commerce_owner;
create schema internal authorization commerce_owner;

comment on schema commerce is 'The tables. No request role has USAGE: clients see schema api.';
comment on schema api is 'The public face: the views and functions that clients read and write through.';
comment on schema audit is 'The log of every change, and the functions that write and read it.';
comment on schema internal is 'Helpers, sessions, secrets and counters; its tables are granted to no request role.';

create extension if not exists pg_trgm with schema internal;
create extension if not exists btree_gin with schema internal;

-- A server refuses to start on a database that lacks migrations.
grant usage on schema ccdb to commerce_api;
grant select (name) on ccdb.migrations to commerce_api;

set local role commerce_owner;

-- Without IN SCHEMA on purpose: a default privilege for one schema can add rights, never take the
-- built-in EXECUTE from PUBLIC away.
alter default privileges revoke execute on functions from public;

-- commerce_audit makes the coming months' partitions of its log.
grant usage, create on schema audit to commerce_audit;

-- Down Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';

do $$
declare
  v_database pg_catalog.pg_database := (
    select d from pg_catalog.pg_database as d where d.datname = current_database()
  );
begin
  -- As every database of PostgreSQL has it.
  if pg_has_role(v_database.datdba, 'usage') then
    execute format('grant temporary on database %I to public', v_database.datname);
  end if;
end
$$;

do $$
begin
  -- As every database of PostgreSQL has it.
  if (select r.rolsuper from pg_catalog.pg_roles as r where r.rolname = current_user) then
    execute format(
      'grant execute on function %s to public',
      (select string_agg(p.oid::regprocedure::text, ', ' order by p.oid)
         from pg_catalog.pg_proc as p
        where p.pronamespace = 'pg_catalog'::regnamespace
          and (p.proname like 'lo\_%' or p.proname in ('loread', 'lowrite'))
          and p.proname not in ('lo_import', 'lo_export')));
  end if;
end
$$;

drop extension if exists btree_gin;
drop extension if exists pg_trgm;
set local role commerce_owner;
drop schema internal;
drop schema audit;
drop schema api;
drop schema commerce;
alter default privileges grant execute on functions to public;
-- The roles stay: another database of the cluster may use them.
