import type { Client } from 'pg';
import { roleNames } from '../operations/login-check.ts';
import { UserError } from '../operations/user-error.ts';
import { firstDifferingLine, type MigrationFile } from './files.ts';

/** What the database remembers of a migration that was applied. */
export type Applied = { name: string; appliedAt: Date; checksum: string; lineDigests: string };

export type MigrationState = {
  name: string;
  state: 'applied' | 'pending' | 'edited' | 'missing' | 'out of order';
  appliedAt: Date | null;
  /** Why `up` and `down` refuse; null when they do not. */
  problem: string | null;
};

/**
 * The table is node-pg-migrate's, with two columns of ours. Its INSERT names only name and run_on;
 * the defaults take the file's digests from settings of that transaction, so that a row without
 * them cannot come about.
 */
export const createLedger = `create schema ccdb;
create table ccdb.migrations (
  id integer generated always as identity constraint migrations_pkey primary key,
  name text not null constraint migrations_name_key unique,
  run_on timestamptz not null,
  checksum text not null default current_setting('ccdb.checksum'),
  line_digests text not null default current_setting('ccdb.line_digests')
);
comment on schema ccdb is 'What the migration runner remembers.';
comment on table ccdb.migrations is 'The migrations that this database has, in the order they were applied.';
comment on column ccdb.migrations.id is 'Order of application.';
comment on column ccdb.migrations.name is 'File name without .sql.';
comment on column ccdb.migrations.run_on is 'When it was applied.';
comment on column ccdb.migrations.checksum is 'SHA-256 of the file.';
comment on column ccdb.migrations.line_digests is 'Six hexadecimal digits a line, to name the line that was edited later.';`;

export const dropLedger = 'drop schema ccdb cascade;';

export async function hasLedger(client: Client): Promise<boolean> {
  const { rows } = await client.query("select to_regclass('ccdb.migrations') is not null as found");
  return rows[0].found;
}

/** What a dump lacks that was restored without its roles, their ownership or their rights, the gravest first. */
const signsOfRestore = `
with role as (
  select name, to_regrole(name) as id from unnest($1::text[]) as name
)
select 'the server lacks ' || string_agg(r.name, ', ') as sign
  from role as r
 where r.id is null and to_regnamespace('commerce') is not null
having count(*) > 0
union all
select format('schema commerce belongs to %s, not to commerce_owner', n.nspowner::regrole)
  from pg_namespace as n
 where n.oid = to_regnamespace('commerce') and n.nspowner is distinct from to_regrole('commerce_owner')
union all
select 'commerce_api has no right to schema ccdb'
  from role as r
 where r.name = 'commerce_api' and to_regnamespace('commerce') is not null
   and not has_schema_privilege(r.id, to_regnamespace('ccdb'), 'usage')`;

/**
 * What is lost for good of a role that was missing at the restore, although it is there by now: what it owned, its
 * rights, and every policy that names it, such as those that keep merchants apart.
 */
export const signsOfLostRole = `
select format('%s owns nothing and may do nothing in it', r.name) as sign
  from unnest($1::text[]) as r (name)
 where not exists (
         select
           from pg_shdepend as s
           join pg_database as d on d.oid = s.dbid
          where d.datname = current_database() and s.refclassid = 'pg_authid'::regclass
            and s.refobjid = to_regrole(r.name)
       )
union all
select format('no policy %s keeps merchants apart', w.name)
  from unnest(array['tenant', 'tenant_definer']) as w (name)
 where not exists (select from pg_policy as p where p.polname = w.name and not p.polpermissive)`;

/** All but two logins, which hold nothing but the role that each may become. */
export const rolesWithRights = roleNames.filter(
  (name) => !['commerce_worker_login', 'commerce_platform_login'].includes(name),
);

/** From this migration on every role has its rights and policies. */
const rightsMigration = '0022_create_policies';

async function refuseSign(client: Client, signs: string, names: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ sign: string }>(signs, [names]);
  const [found] = rows;
  if (found !== undefined) throw new UserError(withoutRoles(found.sign));
}

export function withoutRoles(sign: string): string {
  return `this database was restored without its roles or their rights (${sign}): restore the roles first (pg_dumpall --roles-only, or ccdb up on another database of the server), then a dump with owners and privileges into an empty database`;
}

export const withoutData =
  'this database has our tables, but ccdb.migrations remembers no migration: it was restored without its data or without the schema ccdb; restore a whole dump into an empty database';

/** Whether the first migration, or a restore, has made our schemas. */
export const hasSchemas = `select to_regnamespace('commerce') is not null as found`;

/** What was applied, oldest first; empty when the database has never seen a migration. Refuses a broken restore. */
export async function readLedger(client: Client): Promise<Applied[]> {
  await refuseSign(client, signsOfRestore, roleNames);
  const applied = (await hasLedger(client)) ? await readApplied(client) : [];
  if (applied.length === 0 && (await client.query(hasSchemas)).rows[0].found)
    throw new UserError(withoutData);
  if (applied.some(({ name }) => name >= rightsMigration))
    await refuseSign(client, signsOfLostRole, rolesWithRights);
  return applied;
}

async function readApplied(client: Client): Promise<Applied[]> {
  const { rows } = await client.query<Applied>(
    `select name, run_on as "appliedAt", checksum, line_digests as "lineDigests"
       from ccdb.migrations order by id`,
  );
  return rows;
}

/** Lays the files beside what the database remembers, in the order of their numbers. */
export function compareWithLedger(files: MigrationFile[], applied: Applied[]): MigrationState[] {
  const last = applied.reduce((name, row) => (row.name > name ? row.name : name), '');
  const rows = new Map(applied.map((row) => [row.name, row]));
  const states = files.map((file): MigrationState => {
    const { name, fileName } = file;
    const row = rows.get(name);
    rows.delete(name);
    if (row === undefined) {
      return name > last
        ? { name, state: 'pending', appliedAt: null, problem: null }
        : {
            name,
            state: 'out of order',
            appliedAt: null,
            problem: `${fileName}: not applied, although ${last}.sql already is; give it a number above ${last.slice(0, 4)}`,
          };
    }
    if (row.checksum === file.checksum) {
      return { name, state: 'applied', appliedAt: row.appliedAt, problem: null };
    }
    const line = firstDifferingLine(row.lineDigests, file.lineDigests);
    return {
      name,
      state: 'edited',
      appliedAt: row.appliedAt,
      problem: `${fileName}:${line}: edited after it was applied; put the file back and write a new migration`,
    };
  });
  for (const row of rows.values()) {
    states.push({
      name: row.name,
      state: 'missing',
      appliedAt: row.appliedAt,
      problem: `${row.name}.sql: applied to this database, but the file is missing; use the release that has it`,
    });
  }
  return states.sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function refuseProblems(states: MigrationState[]): void {
  const problems = states.flatMap(({ problem }) => (problem === null ? [] : [problem]));
  if (problems.length > 0) throw new UserError(problems.join('\n'));
}
