import { createHash } from 'node:crypto';
import type pg from 'pg';
import { migrationNames } from '../migrations/files.ts';
import { grantedRights } from '../model/granted-rights.ts';

/** Any of the package's logins, or the installer: the catalogues that are read here are open to all. */
type Querying = pg.ClientBase | pg.Pool;

/** Every role of the package, and which of the others it may become. */
const roles: Readonly<Record<string, readonly string[]>> = {
  commerce_owner: [],
  commerce_definer: [],
  commerce_system: [],
  commerce_audit: [],
  commerce_purge: [],
  commerce_member: [],
  commerce_buyer: [],
  commerce_anonymous: [],
  commerce_worker: [],
  commerce_platform: [],
  commerce_api: ['commerce_member', 'commerce_buyer', 'commerce_anonymous'],
  commerce_auth: [],
  commerce_worker_login: ['commerce_worker'],
  commerce_platform_login: ['commerce_platform'],
};
export const roleNames = Object.keys(roles);
const owners = ['commerce_owner', 'commerce_definer', 'commerce_system', 'commerce_audit', 'commerce_purge'];
const logins = ['commerce_api', 'commerce_auth', 'commerce_worker_login', 'commerce_platform_login'];

/** A role may set for itself what it likes. The package's connections take no notice, a pooler's do. */
const settingFaults = `
select format('%s is set to %s%s', r.rolname, s.setting, ' in database ' || d.datname) as fault
  from pg_db_role_setting as c
  join pg_roles as r on r.oid = c.setrole
  left join pg_database as d on d.oid = c.setdatabase
 cross join unnest(c.setconfig) as s (setting)
 where r.rolname = any ($1) and (c.setdatabase = 0 or d.datname = current_database())`;

const attributeFaults = `
select format('%s has %s', r.rolname, a.name) as fault
  from pg_roles as r
 cross join lateral (values
         ('SUPERUSER', r.rolsuper), ('CREATEROLE', r.rolcreaterole), ('CREATEDB', r.rolcreatedb),
         ('REPLICATION', r.rolreplication), ('BYPASSRLS', r.rolbypassrls),
         ('LOGIN', r.rolcanlogin and r.rolname <> all ($2)), ('INHERIT', r.rolinherit and r.rolname = any ($2))
       ) as a (name, is_set)
 where r.rolname = any ($1) and a.is_set`;

/**
 * A role of ours in any but those that it becomes, and anybody else in one of ours. The installer, a superuser
 * or the owner of a database, is a member of what it made. From 16 on a membership itself says whether its rights
 * are there from the start.
 */
const membershipFaults = `
select format('%s is a member of %s%s', m.rolname, g.rolname, o.option) as fault
  from pg_auth_members as a
  join pg_roles as m on m.oid = a.member
  join pg_roles as g on g.oid = a.roleid
 cross join lateral (select case
         when a.admin_option then ' with the right to grant it'
         when (to_jsonb(a) ->> 'inherit_option')::boolean then ' with its rights from the start'
         else ''
       end) as o (option)
 where case
         when m.rolname = any ($1) then not $2::jsonb -> m.rolname::text ? g.rolname::text or o.option <> ''
         else g.rolname = any ($1) and not m.rolsuper
              and not exists (select from pg_database as d where d.datdba = m.oid)
       end`;

const ownershipFaults = `
select distinct format('%s owns objects of this database', r.rolname) as fault
  from pg_shdepend as s
  join pg_roles as r on r.oid = s.refobjid
 where s.refclassid = 'pg_authid'::regclass and s.deptype = 'o' and r.rolname = any ($1)
   and s.dbid = (select d.oid from pg_database as d where d.datname = current_database())`;

/** What the first migration takes from PUBLIC, and a restore into a new database or by another owner gives back. */
const publicFaults = `
select 'PUBLIC may make temporary objects in this database' as fault
 where has_database_privilege('public', current_database(), 'temporary')
union all
select 'PUBLIC may make and read large objects'
 where exists (
         select from pg_proc as p
          where p.pronamespace = 'pg_catalog'::regnamespace and p.proname ~ '^(lo_.*|loread|lowrite)$'
            and has_function_privilege('public', p.oid, 'execute')
       )`;

/** What each of our roles and PUBLIC may do with each object of our schemas. */
const grants = `
with object as (
  select 'schema' as kind, n.oid as schema_id, n.nspname::text as name, n.nspowner as owner, null as part, n.nspacl as acl
    from pg_namespace as n
  union all
  select 'table', c.relnamespace, c.relname, c.relowner, null, c.relacl
    from pg_class as c where not c.relispartition
  union all
  select 'table', c.relnamespace, c.relname, c.relowner, a.attname::text, a.attacl
    from pg_attribute as a
    join pg_class as c on c.oid = a.attrelid
   where not c.relispartition
  union all
  select 'function', p.pronamespace, p.oid::regprocedure::text, p.proowner, null,
         coalesce(p.proacl, acldefault('f', p.proowner))
    from pg_proc as p
   where not exists (select from pg_depend as d
                      where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
)
select format('%s on %s %s%s', coalesce(r.rolname, 'PUBLIC'), o.kind,
              case when o.kind = 'table' then n.nspname || '.' end, o.name) as holding,
       array_agg(concat_ws(' ', x.privilege_type, o.part, nullif(x.is_grantable, false))) as rights
  from object as o
  join pg_namespace as n on n.oid = o.schema_id
 cross join lateral aclexplode(o.acl) as x
  left join pg_roles as r on r.oid = x.grantee
 where n.nspname in ('commerce', 'api', 'audit', 'internal', 'ccdb')
   and x.grantee <> o.owner and (x.grantee = 0 or r.rolname = any ($1))
 group by 1`;

/** The holders of rights, such as `commerce_buyer on table api.orders`, each behind a digest of the rights. */
export async function readGrants(client: Querying): Promise<string[]> {
  const { rows } = await client.query<{ holding: string; rights: string[] }>(grants, [roleNames]);
  const digest = (texts: string[]) =>
    createHash('sha256').update(texts.sort().join()).digest('hex').slice(0, 12);
  return rows.map(({ holding, rights }) => `${digest(rights)} ${holding}`);
}

/** Only where the database is of this very release; another one grants otherwise. */
async function grantFaults(client: Querying): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>('select name from ccdb.migrations order by name');
  if (JSON.stringify(rows.map(({ name }) => name)) !== JSON.stringify(await migrationNames())) return [];
  const found = await readGrants(client);
  return found
    .filter((each) => !grantedRights.has(each))
    .map((each) => `${each.slice(each.indexOf(' ') + 1)}: other rights than the migrations grant`);
}

/**
 * A sentence for everything that the package's roles have and should not: settings of their own, attributes,
 * memberships, objects, rights, and for what PUBLIC has. None is what a database should answer.
 */
export async function findLoginFaults(client: Querying): Promise<string[]> {
  const ask = async (text: string, values: unknown[]): Promise<string[]> => {
    const { rows } = await client.query<{ fault: string }>(`${text} order by 1`, values);
    return rows.map(({ fault }) => fault);
  };
  const mayOwnNothing = roleNames.filter((name) => !owners.includes(name));
  const found = [
    await ask(settingFaults, [roleNames]),
    await ask(attributeFaults, [roleNames, logins]),
    await ask(membershipFaults, [roleNames, JSON.stringify(roles)]),
    await ask(ownershipFaults, [mayOwnNothing]),
    await ask(publicFaults, []),
    await grantFaults(client),
  ];
  return found.flat();
}
