import type { ClientBase } from 'pg';
import { withClient } from '../operations/client.ts';
import { UserError } from '../operations/user-error.ts';
import { domains } from './domains.ts';
import type { Generator } from './generator.ts';

type Column = { name: string; type: string; nullable: boolean; value: string | null; comment: string };
type Named = { name: string; definition: string };
type ForeignKey = { columns: string[]; to: string; optional: boolean; unique: boolean };
type Table = {
  schema: string;
  name: string;
  comment: string;
  columns: Column[];
  keys: Named[];
  checks: Named[];
  indexes: Named[];
  foreignKeys: ForeignKey[];
};
type Transition = { machine: string; from_state: string; to_state: string };

/**
 * The documented tables by name: schema commerce and the log, without its partitions, and without the
 * columns that row-level security keeps in each (tenant_hash and its like).
 */
async function readTables(client: ClientBase): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    select n.nspname as schema, c.relname as name, obj_description(c.oid, 'pg_class') as comment,
           (select json_agg(json_build_object(
                     'name', a.attname,
                     'type', format_type(a.atttypid, a.atttypmod),
                     'nullable', not a.attnotnull,
                     'value', case when a.attgenerated <> '' then 'generated: ' else '' end
                                || pg_get_expr(d.adbin, d.adrelid),
                     'comment', col_description(c.oid, a.attnum)) order by a.attnum)
              from pg_attribute a
              left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
             where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
               and not (a.attgenerated <> '' and a.attname ~ '_(hash|tag)$')) as columns,
           (select coalesce(json_agg(json_build_object('name', k.conname, 'definition', pg_get_constraintdef(k.oid))
                     order by position(k.contype in 'puxf'), k.conname), '[]')
              from pg_constraint k where k.conrelid = c.oid and k.contype in ('p', 'u', 'x', 'f')) as keys,
           (select coalesce(json_agg(json_build_object('name', k.conname, 'definition', pg_get_expr(k.conbin, k.conrelid, true))
                     order by k.conname), '[]')
              from pg_constraint k where k.conrelid = c.oid and k.contype = 'c') as checks,
           (select coalesce(json_agg(json_build_object(
                     'name', x.relname,
                     'definition', regexp_replace(pg_get_indexdef(i.indexrelid), '^CREATE (UNIQUE )?INDEX .* USING ', '\\1')) order by x.relname), '[]')
              from pg_index i join pg_class x on x.oid = i.indexrelid
             where i.indrelid = c.oid
               and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))) as indexes,
           (select coalesce(json_agg(json_build_object(
                     'columns', (select json_agg(a.attname order by u.place)
                                   from unnest(k.conkey) with ordinality as u (number, place)
                                   join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.number),
                     'to', r.relname,
                     'optional', exists (select from pg_attribute a
                                          where a.attrelid = k.conrelid and a.attnum = any (k.conkey) and not a.attnotnull),
                     'unique', exists (select from pg_index i
                                        where i.indrelid = k.conrelid and i.indisunique and i.indpred is null
                                          and k.conkey @> (i.indkey::smallint[])[0:i.indnkeyatts - 1])) order by k.conname), '[]')
              from pg_constraint k join pg_class r on r.oid = k.confrelid
             where k.conrelid = c.oid and k.contype = 'f') as "foreignKeys"
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and not c.relispartition
       and (n.nspname = 'commerce' or n.nspname = 'audit' and c.relname = 'log')
     order by c.relname`);
  return rows;
}

/** The tables of each domain, and those that nobody has put into one; a domain's table that there is not is refused. */
export function groupByDomain<T extends { name: string }>(tables: T[]): [domain: string, tables: T[]][] {
  const left = new Map(tables.map((table) => [table.name, table]));
  const groups = Object.entries(domains).map(([domain, names]): [string, T[]] => [
    domain,
    names.map((name) => {
      const table = left.get(name);
      if (table === undefined)
        throw new UserError(
          `${domain}: no table ${name}, or it stands in two domains: mend src/generate/domains.ts`,
        );
      left.delete(name);
      return table;
    }),
  ]);
  return left.size === 0 ? groups : [...groups, ['Other', [...left.values()]]];
}

const head = 'Generated from the catalogue and its comments by `npm run generate`; do not edit.\n';
const gates =
  'Beside the columns shown, every table of a merchant has `tenant_hash`, and some `customer_hash`, `seller_tag` and the like, which row-level security tests first; see [the tenant comes from a session](decisions/tenant-session.md).\n';
const cell = (text: string | null) => (text ?? '').replace(/\s+/g, ' ').replaceAll('|', '\\|');
const code = (text: string | null) => (text ? `\`${cell(text)}\`` : '');
const fullName = ({ schema, name }: Table) => `${schema}.${name}`;
const anchor = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\w -]/g, '')
    .replaceAll(' ', '-');
const contents = (headings: string[]) =>
  `${headings.map((heading) => `- [${heading}](#${anchor(heading)})`).join('\n')}\n`;

function named(title: string, things: Named[]): string[] {
  if (things.length === 0) return [];
  const lines = things.map(({ name, definition }) => `- \`${name}\`: ${code(definition)}`);
  return [`**${title}**\n\n${lines.join('\n')}\n`];
}

function describe(table: Table): string {
  const columns = table.columns.map(
    ({ name, type, nullable, value, comment }) =>
      `| \`${name}\` | ${cell(type)} | ${nullable ? 'yes' : ''} | ${code(value)} | ${cell(comment)} |`,
  );
  return [
    `### ${fullName(table)}\n`,
    `${table.comment}\n`,
    `| column | type | null | default | meaning |\n|---|---|---|---|---|\n${columns.join('\n')}\n`,
    ...named('Keys', table.keys),
    ...named('Checks', table.checks),
    ...named('Indexes', table.indexes),
  ].join('\n');
}

function dictionary(groups: [string, Table[]][]): string {
  return [
    '# Data dictionary\n',
    head,
    gates,
    contents(groups.map(([domain]) => domain)),
    ...groups.flatMap(([domain, tables]) => [`## ${domain}\n`, ...tables.map(describe)]),
  ].join('\n');
}

/** `order_items }o--|| products : "product_id"`, a line for each foreign key to a table that is shown. */
function relations(tables: Table[], shown: (parent: string) => boolean): string[] {
  return tables.flatMap(({ name, foreignKeys }) =>
    foreignKeys
      .filter(({ to }) => shown(to))
      .map(({ columns, to, optional, unique }) => {
        const label = columns.length > 1 ? columns.filter((column) => column !== 'tenant_id') : columns;
        return `  ${name} ${unique ? '|o' : '}o'}--${optional ? 'o|' : '||'} ${to} : "${label.join(', ')}"`;
      }),
  );
}

const mermaid = (lines: string[]) => `\`\`\`mermaid\n${lines.join('\n')}\n\`\`\`\n`;

/** A table as a box with its columns. */
function entity({ name, columns, foreignKeys, keys }: Table): string[] {
  const primary = keys.find(({ definition }) => definition.startsWith('PRIMARY KEY'))?.definition ?? '';
  const marks = (column: string) =>
    [
      new RegExp(`[(, ]${column}[,)]`).test(primary) ? 'PK' : '',
      foreignKeys.some((key) => key.columns.includes(column)) ? 'FK' : '',
    ].filter(Boolean);
  const lines = columns.map(({ name: column, type }) =>
    // The grammar of Mermaid knows neither blanks nor brackets with commas in a type.
    `    ${type.replace(/\(.*\)| with.*/g, '').replaceAll(' ', '_')} ${column} ${marks(column).join(', ')}`.trimEnd(),
  );
  return [`  ${name} {`, ...lines, '  }'];
}

/** A life cycle begins where the column's default says, or else in the states that no step leads to. */
function stateDiagrams(tables: Table[], transitions: Transition[]): string[] {
  return [...new Set(transitions.map(({ machine }) => machine))].flatMap((machine) => {
    const steps = transitions.filter((step) => step.machine === machine);
    const reached = new Set(steps.map(({ to_state }) => to_state));
    const left = new Set(steps.map(({ from_state }) => from_state));
    const [table, column] = machine.split('.');
    const value = tables
      .find(({ name }) => name === table)
      ?.columns.find(({ name }) => name === column)?.value;
    const start = /^'(\w+)'/.exec(value ?? '')?.[1];
    const starts = start === undefined ? [...left].filter((state) => !reached.has(state)) : [start];
    const ends = [...reached].filter((state) => !left.has(state));
    return [
      `### ${machine}\n`,
      mermaid([
        'stateDiagram-v2',
        ...starts.map((state) => `  [*] --> ${state}`),
        ...steps.map(({ from_state, to_state }) => `  ${from_state} --> ${to_state}`),
        ...ends.map((state) => `  ${state} --> [*]`),
      ]),
    ];
  });
}

function diagrams(groups: [string, Table[]][], transitions: Transition[]): string {
  const tables = groups.flatMap(([, own]) => own);
  // Every table points to the tenant and most to a currency or an actor: arrows that say nothing here.
  const quiet = new Set(['tenant', 'currency']);
  return [
    '# Diagrams\n',
    head,
    contents(['Overview', ...groups.map(([domain]) => domain), 'Life cycles']),
    '## Overview\n',
    'Every table and how it hangs on others, but for the merchant and the currency, which nearly all of them name.\n',
    mermaid([
      'erDiagram',
      ...tables.map(({ name }) => `  ${name}`),
      ...relations(tables, (parent) => !quiet.has(parent)),
    ]),
    ...groups.flatMap(([domain, own]) => {
      const names = new Set(own.map(({ name }) => name));
      return [
        `## ${domain}\n`,
        mermaid([
          'erDiagram',
          ...relations(own, (parent) => names.has(parent) || !quiet.has(parent)),
          ...own.flatMap(entity),
        ]),
      ];
    }),
    '## Life cycles\n',
    'The steps that the database allows; any other is refused.\n',
    ...stateDiagrams(tables, transitions),
  ].join('\n');
}

/** What the database documents of itself, for reading: a dictionary and diagrams. */
export const documentation: Generator = {
  owns: ['docs/data-dictionary.md', 'docs/diagrams.md'],
  generate: ({ urls }) =>
    withClient(urls.DATABASE_URL, async (client) => {
      await client.query("set search_path = ''");
      const groups = groupByDomain(await readTables(client));
      const { rows: transitions } = await client.query<Transition>(
        'select machine, from_state, to_state from internal.state_transition order by 1, 2, 3',
      );
      return {
        'docs/data-dictionary.md': dictionary(groups),
        'docs/diagrams.md': diagrams(groups, transitions),
      };
    }),
};
