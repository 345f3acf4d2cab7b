import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { createTestDatabase } from '../support/database.ts';

/**
 * A value of a closed set that nothing can set is a promise that nobody keeps, and one that nothing reads is heeded by
 * nobody. Both are looked for in the catalogue and in the sources; closed-sets.md says which are meant so, and why.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const db = await createTestDatabase(t, { template: 'empty' });

type Column = { table: string; column: string; values: string[]; given: boolean; initial: string | null };
const { rows: columns } = await db.installer.query<Column>(`
  select r.relname::text as table, a.attname::text as column,
         array(select m[1] from regexp_matches(pg_get_constraintdef(c.oid), '''([a-z_0-9]+)''', 'g') as m) as values,
         exists (
           select from unnest('{commerce_member, commerce_buyer}'::text[]) as w (role)
            where has_column_privilege(w.role, r.oid, a.attnum, 'insert')
               or has_column_privilege(w.role, r.oid, a.attnum, 'update')
         ) as given,
         (regexp_match(pg_get_expr(d.adbin, d.adrelid), '''([a-z_]+)'''))[1] as initial
    from pg_constraint as c
    join pg_class as r on r.oid = c.conrelid
    join pg_attribute as a on a.attrelid = r.oid and a.attnum = any (c.conkey)
    left join pg_attrdef as d on d.adrelid = r.oid and d.adnum = a.attnum
   where c.contype = 'c' and not r.relispartition and c.conname = r.relname || '_' || a.attname || '_set'
     and r.relnamespace = 'commerce'::regnamespace
   order by 1, 2`);
const { rows: transitions } = await db.installer.query<{ machine: string; from: string; to: string }>(
  'select machine, from_state as from, to_state as to from internal.state_transition',
);

const read = (pattern: string) =>
  globSync(pattern, { cwd: root })
    .filter((file) => !/functions\/internal\/demo\/|src\/(model|queries)\//.test(file))
    .map((file) => readFileSync(`${root}/${file}`, 'utf8'));
const sql = [...read('functions/**/*.sql'), ...read('policies/*.sql')].map((text) =>
  text.replace(/--.*$/gm, '').replace(/^comment on [\s\S]*?';$/gm, ''),
);
const typescript = read('src/**/*.ts').join('\n');
const views = sql.filter((text) => /create or replace view/.test(text));

/** What a text decides by: it without the lists of columns that it writes. */
const withoutWrites = (text: string) =>
  text
    .replace(/\bset [a-z_]+ = [\s\S]*?(?=\n\s*(from|where|returning)\b|;)/g, '')
    .replace(/\binsert into [\s\S]*?(?=\n\s*(from|where|on conflict|returning)\b|;)/g, '');
const deciding = sql.filter((text) => !views.includes(text)).map(withoutWrites);

const names = (text: string, word: string) => new RegExp(`\\b${word}\\b`).test(text);
/** As a text of its own, or one of an array's. */
const says = (text: string, value: string) =>
  new RegExp(`'(\\{[a-z_, ]*\\b)?${value}(\\b[a-z_, ]*\\})?'`).test(text);

const isAsked = ({ table, column }: Column) =>
  sql.some((text) =>
    new RegExp(`(set_fault|require_in_set|closed_set)\\([^;]*'${table}', '${column}'`).test(text),
  );
/** What writes a table, and what calls that. */
function writing(table: string): string[] {
  const writers = sql.filter((text) => new RegExp(`(insert into|update) commerce\\.${table}\\b`).test(text));
  const called = writers.flatMap((text) => /function (internal\.[a-z_]+)\(/.exec(text)?.[1] ?? []);
  return [...writers, ...sql.filter((text) => called.some((name) => text.includes(`${name}(`)))];
}

function isSet(of: Column, value: string): boolean {
  const machine = `${of.table}.${of.column}`;
  return (
    of.given ||
    of.initial === value ||
    isAsked(of) ||
    transitions.some(({ machine: of, to }) => of === machine && to === value) ||
    writing(of.table).some((text) => says(text, value))
  );
}
function isRead({ table, column }: Column, value: string): boolean {
  return (
    transitions.some(({ machine, from }) => machine === `${table}.${column}` && from === value) ||
    deciding.some((text) => names(text, table) && names(text, column) && says(text, value)) ||
    [...sql, typescript].some((text) =>
      new RegExp(`\\b(new|old|p_payment|v_[a-z]+)\\.${column}\\b[^;]{0,200}'${value}'`).test(text),
    ) ||
    (names(typescript, column) && says(typescript, value))
  );
}

const written = readFileSync(new URL('closed-sets.md', import.meta.url), 'utf8')
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter(([, column = '']) => /^[a-z_]+\.[a-z_]+$/.test(column))
  .map(([, column = '', values = '', lacks = '', why = '']) => ({ column, values, lacks, why }));

const isLabel = ({ table, column }: Column) =>
  written.some(({ column: of, values }) => of === `${table}.${column}` && values === 'all');

for (const [lacks, has] of [
  ['set', isSet],
  ['read', isRead],
] as const) {
  t.test(`what nothing ${lacks === 'set' ? 'can set' : 'reads'}`, async (t) => {
    const found = columns
      .filter((of) => lacks === 'set' || !isLabel(of))
      .flatMap((of) => {
        const values = of.values.filter((value) => !has(of, value));
        return values.length === 0 ? [] : [`${of.table}.${of.column}: ${values.join(', ')}`];
      });
    const meant = written
      .filter((exception) => exception.lacks === lacks && exception.values !== 'all')
      .map(({ column, values }) => `${column}: ${values}`);
    t.strictSame(found.sort(), meant.sort());
  });
}

t.test('of a label, some values decide nothing', async (t) => {
  for (const of of columns.filter(isLabel)) {
    t.ok(
      of.values.some((value) => !isRead(of, value)),
      `${of.table}.${of.column}`,
    );
  }
});

t.test('each exception has a reason', async (t) => {
  for (const { column, why } of written) t.ok(why.length > 20, `${column}: ${why}`);
});
