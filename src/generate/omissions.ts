import type { ClientBase } from 'pg';
import { readCatalogue } from '../migrations/catalogue.ts';
import { type MigrationFile, readMigrations } from '../migrations/files.ts';
import { applyLivingFiles } from '../migrations/generate.ts';
import { readTableChanges } from '../migrations/handwritten.ts';
import { embeddedAfter, embeddedIn, type LivingFile, readLivingFiles } from '../migrations/living.ts';
import { findWordless } from './constraint-fields.ts';

/*
 * What an alteration forgot, each with the command that mends it: living text that no migration carries, what was
 * made from a table before that table changed, and what every table has to have.
 */

const run = 'npm run ccdb -- new';

type Row = Record<string, string>;
type Rule = { missing: string; query: string; mend(row: Row, living: LivingFile[]): string };

/** Puts a line into the file of a table, the call that all else follows at its top, and writes the migration. */
const attach = ({ name }: Row, living: LivingFile[]): string => {
  const path = `policies/${name}.sql`;
  const call = `select internal.attach_tenant_table('commerce.${name}'`;
  return living.some((file) => file.path === path && file.text.includes(call))
    ? `${run} attach_${name}_again --again ${path}`
    : `touch ${path} && printf '%s\\n' "${call});" | cat - ${path} > policies/.new && mv policies/.new ${path} && ${run} attach_${name}`;
};

const tenantTable = `from pg_class as t
  where t.relnamespace = 'commerce'::regnamespace and t.relkind in ('r', 'p')
    and exists (select from pg_attribute as a where a.attrelid = t.oid and a.attname = 'tenant_id')`;
const hasColumn = (column: string) =>
  `exists (select from pg_attribute as a where a.attrelid = t.oid and a.attname = '${column}' and not a.attisdropped)`;
const hasTrigger = (name: string) =>
  `exists (select from pg_trigger as g where g.tgrelid = t.oid and g.tgname = '${name}')`;

const rules: Rule[] = [
  {
    missing: 'row-level security with its tenant policy',
    query: `select t.relname as name ${tenantTable} and not (t.relrowsecurity and t.relforcerowsecurity
      and exists (select from pg_policy as p where p.polrelid = t.oid and p.polname = 'tenant' and not p.polpermissive))`,
    mend: attach,
  },
  {
    missing: 'the optimistic lock of its version',
    query: `select t.relname as name ${tenantTable} and ${hasColumn('version')} and not ${hasTrigger('_110_version_required')}`,
    mend: attach,
  },
  {
    missing: 'soft delete',
    query: `select t.relname as name ${tenantTable} and ${hasColumn('is_deleted')} and not ${hasTrigger('_200_soft_delete')}`,
    mend: attach,
  },
  {
    missing: 'the right to purge what was deleted',
    query: `select t.relname as name ${tenantTable} and ${hasColumn('is_deleted')}
      and not has_table_privilege('commerce_purge', t.oid, 'delete')`,
    mend: attach,
  },
  {
    missing: 'the log of its changes',
    query: `select t.relname as name ${tenantTable} and ${hasColumn('version')} and not ${hasTrigger('_900_audit_update')}`,
    mend: attach,
  },
  {
    missing: 'an index of the foreign key',
    query: `select t.relname as name, k.conname as part,
        (select string_agg(quote_ident(a.attname), ', ' order by array_position(k.conkey, a.attnum))
           from pg_attribute as a where a.attrelid = t.oid and a.attnum = any (k.conkey)) as columns
      from pg_constraint as k join pg_class as t on t.oid = k.conrelid
     where k.contype = 'f' and t.relnamespace = 'commerce'::regnamespace
       -- Rows that all merchants share, such as currencies, are removed by releases alone.
       and (k.confrelid = 'commerce.tenant'::regclass or exists (
         select from pg_attribute as p where p.attrelid = k.confrelid and p.attname = 'tenant_id'))
       and not exists (
       -- It begins with the columns that find the parent row, or finds one row by some of them.
       select from pg_index as i
         join pg_index as u on u.indrelid = k.confrelid and u.indisunique and u.indpred is null
        cross join lateral (
          select array_agg(k.conkey[array_position(k.confkey, c)]) as columns from unnest(u.indkey::smallint[]) as c
        ) as finding
        where i.indrelid = k.conrelid and i.indisvalid and i.indpred is null
          and (i.indisunique and k.conkey @> (i.indkey::smallint[])[0:i.indnkeyatts - 1]
            or k.conkey @> (i.indkey::smallint[])[0:u.indnkeyatts - 1]
              and (i.indkey::smallint[])[0:u.indnkeyatts - 1] @> finding.columns))`,
    mend: ({ name, part = '', columns }) =>
      `${run} index_${name} --sql "create index ${part.replace(/_fkey$/, '')}_idx on commerce.${name} (${columns})"`,
  },
  {
    missing: 'a comment',
    query: `select t.relname as name, a.attname as part
      from pg_class as t join pg_attribute as a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
     where t.relnamespace = 'commerce'::regnamespace and t.relkind in ('r', 'p') and col_description(t.oid, a.attnum) is null`,
    mend: ({ name, part = '' }) =>
      `${run} describe_${name} --sql "comment on column commerce.${name}.${part} is 'The ${part.replaceAll('_', ' ')}.'"`,
  },
  {
    missing: 'a comment',
    query: `select t.relname as name, null as part from pg_class as t
     where t.relnamespace = 'commerce'::regnamespace and t.relkind in ('r', 'p') and obj_description(t.oid, 'pg_class') is null`,
    mend: ({ name = '' }) =>
      `${run} describe_${name} --sql "comment on table commerce.${name} is 'The ${name.replaceAll('_', ' ')}.'"`,
  },
  {
    missing: 'the grant by which members read the column of its view',
    query: `select c.relname as name, a.attname as part
      from pg_class as c join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0
     where c.relnamespace = 'api'::regnamespace and c.relkind = 'v' and to_regclass('commerce.' || c.relname) is not null
       and not exists (select from unnest('{commerce_member, commerce_buyer, commerce_platform}'::text[]) as r (role)
                        where has_column_privilege(r.role, c.oid, a.attnum, 'select'))`,
    mend: ({ name }, living) => {
      const path = `policies/${name}.sql`;
      const call = `select internal.grant_select('api.${name}');`;
      return living.some((file) => file.path === path && file.text.includes(call))
        ? `${run} grant_${name}_again --again ${path}`
        : `echo "${call}" >> ${path} && ${run} grant_${name}`;
    },
  },
];

/** Living text that no migration carries, and text that migrations carry of files that are gone. */
export function findUncarried(living: LivingFile[], migrations: MigrationFile[]): string[] {
  const carried = embeddedAfter(migrations);
  const present = new Set(living.map(({ path }) => path));
  const changed = living.filter(({ path, text }) => carried.get(path)?.text !== text).map(({ path }) => path);
  const gone = [...carried.keys()].filter((path) => !present.has(path));
  // One migration carries them all.
  const [first = ''] = [...changed, ...gone];
  const command = `${run} change_${first.replace(/^.*\/|\.sql$/g, '')}`;
  return [
    ...changed.map((path) => `${path}: no migration carries its text; run: ${command}`),
    ...gone.map((path) => `${path}: migrations carry it, but the file is gone; run: ${command}`),
  ];
}

/** Objects that the living files would make otherwise now, as after a table changed: by table. Within a transaction. */
export async function findStale(
  client: ClientBase,
  living: LivingFile[],
  migrations: MigrationFile[],
): Promise<string[]> {
  const before = new Map(split(await readCatalogue(client)));
  await client.query('savepoint before_living_files');
  try {
    await client.query(applyLivingFiles(living).join('\n'));
    const stale = split(await readCatalogue(client)).filter(([head, object]) => before.get(head) !== object);
    const names = new Set(stale.map(([head]) => ownerOf(head)));
    return [...names].map(
      (name) =>
        `${name}: its triggers, policies, rights or comments are not what its file makes of it now; run: ${mendStale(name, living, migrations)}`,
    );
  } finally {
    await client.query('rollback to savepoint before_living_files');
  }
}

/** The table, or the function, that the head of an object in the catalogue belongs to. */
function ownerOf(head: string): string {
  const table = /^(?!function api).*?(?:(?:commerce|api)\.|audit\.tg_)(\w+)/.exec(head)?.[1];
  return table === undefined ? (/\w+\.\w+/.exec(head)?.[0] ?? head) : `commerce.${table}`;
}

/** The files that give an object its triggers, policies, rights and comments. */
function filesOf(name: string, living: LivingFile[]): string[] {
  const names = [name, name.replace(/^commerce\./, 'api.')];
  return living
    .filter(({ makings: { objects, calls, undo } }) =>
      names.some(
        (each) =>
          objects.some((object) => object.name === each || object.name.endsWith(` on ${each}`)) ||
          calls.some(({ tables }) => tables.includes(each)) ||
          undo.some((statement) => statement.startsWith(`revoke all on ${each} `)),
      ),
    )
    .map(({ path }) => path);
}

/** Writes the migration again that changed the table last, or, when its files were carried since, a new one. */
function mendStale(name: string, living: LivingFile[], migrations: MigrationFile[]): string {
  const files = filesOf(name, living);
  const changing = migrations.findLast(({ up }) => readTableChanges(up.sql).tables.has(name));
  const carrying = migrations.findLast((file) => files.some((path) => embeddedIn(file).has(path)));
  return changing?.up.inTransaction && changing.number > (carrying?.number ?? 0)
    ? `${run} --replace ${changing.name.slice(0, 4)}`
    : `${run} make_${name.replace('.', '_')}_again --again ${files.join(' ')}`;
}

function split(catalogue: string): [string, string][] {
  return catalogue.split(/\n\n(?=\S)/).map((object) => [object.split('\n', 1)[0] as string, object]);
}

/** What the catalogue lacks by the rules; the connection is the installer's. */
export async function findMissing(client: ClientBase, living: LivingFile[]): Promise<string[]> {
  const found: string[] = [];
  for (const { missing, query, mend } of rules) {
    const { rows } = await client.query<Row>(query);
    for (const row of rows) {
      const place = ['commerce', row.name, row.part].filter(Boolean).join('.');
      found.push(`${place}: ${missing} is missing; run: ${mend(row, living)}`);
    }
  }
  return found;
}

/** Everything that is missing or stale, a line each with its command. */
export async function findOmissions(client: ClientBase): Promise<string[]> {
  const living = await readLivingFiles();
  const migrations = await readMigrations();
  const uncarried = findUncarried(living, migrations);
  // Nothing of what is tried below stays.
  await client.query('begin');
  // What is not carried yet is no sign of a table that changed.
  const stale = uncarried.length > 0 ? [] : await findStale(client, living, migrations);
  return [...uncarried, ...stale, ...(await findMissing(client, living)), ...(await findWordless(client))];
}
