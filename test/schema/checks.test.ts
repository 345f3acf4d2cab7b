import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { breaches, forms, shadowedBy, values } from './breaches.ts';

/**
 * Every CHECK of schema commerce refuses what it should, by its name. One valid row a table is written
 * with triggers and foreign keys off, so that nothing but the checks stands in the way; each case
 * breaks one rule of that row.
 */
const db = await createTestDatabase(t, { template: 'empty' });

type Check = { table: string; name: string; expression: string; column: string; type: string };

const { rows: checks } = await db.installer.query<Check>(`
  select r.relname as table, c.conname as name, pg_get_expr(c.conbin, c.conrelid) as expression,
         a.attname as column, format_type(a.atttypid, null) as type
    from pg_constraint c
    join pg_class r on r.oid = c.conrelid
    join pg_attribute a on a.attrelid = r.oid and a.attnum = c.conkey[1]
   where c.contype = 'c' and c.connamespace = 'commerce'::regnamespace
   order by 1, 2`);

/** Columns that a row must be given; member: the first value of a closed set. */
const { rows: columns } = await db.installer.query<{
  table: string;
  name: string;
  type: string;
  member: string | null;
}>(`
  select r.relname as table, a.attname as name, format_type(a.atttypid, null) as type,
         (select substring(pg_get_expr(c.conbin, c.conrelid) from '''\\w+''')
            from pg_constraint c
           where c.conrelid = r.oid and c.conname = r.relname || '_' || a.attname || '_set') as member
    from pg_class r
    join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = r.oid and d.adnum = a.attnum
   where r.relnamespace = 'commerce'::regnamespace and r.relkind = 'r' and a.attnotnull
     and (d.oid is null or pg_get_expr(d.adbin, d.adrelid) ~ '^internal\\.(tenant|user)_id')
   order by 1, a.attnum`);

const sample: Record<string, string> = {
  uuid: 'internal.uuid_v7()',
  text: "'something'",
  character: "'GB'",
  integer: '1',
  smallint: '1',
  numeric: '1',
  jsonb: "'{}'",
  bytea: `'\\x${'00'.repeat(32)}'`,
};

/** The statement that inserts a valid row of the table. */
function insert(table: string): string {
  const row: Record<string, string> = {};
  for (const { name, type, member } of columns.filter((column) => column.table === table)) {
    row[name] =
      member ?? (name.includes('currency') ? "'NGN'" : (sample[type] ?? `no sample of type ${type}`));
  }
  Object.assign(row, values[table]);
  return Object.keys(row).length > 0
    ? `insert into commerce.${table} (${Object.keys(row).join(', ')}) values (${Object.values(row).join(', ')})`
    : `insert into commerce.${table} default values`;
}

/** Values just outside the bounds of a text, document, list or byte string. */
function outside({ name, column, type, expression }: Check): string[] {
  const upper = Number(/(?<![<>])(?:<=|=) (\d+)/.exec(expression)?.[1]);
  const hasLower = /> 0|>= [1-9]| = \d/.test(expression);
  const tooShort = expression.includes('btrim') ? ["''", "'   '"] : ["''"];
  const tooLong: Record<string, string[]> = {
    text: [
      `repeat('x', ${upper + 1})`,
      ...(expression.includes('octet') ? [`repeat('é', ${upper / 2 + 1})`] : []),
    ],
    character: [`repeat('x', ${upper + 1})`],
    jsonb: [`jsonb_build_object('x', repeat('x', ${upper}))`],
    bytea: [`decode(repeat('00', ${upper + 1}), 'hex')`],
    'text[]': expression.includes('cardinality')
      ? [`array_fill(''::text, array[${upper + 1}])`]
      : [`array[repeat('x', ${upper})]`],
  };
  return [...(tooLong[type] ?? [name]), ...(hasLower ? tooShort : [])].map((value) => `${column} = ${value}`);
}

/** Assignments to the valid row that the check must refuse, each by itself. */
function breachesOf(check: Check): string[] {
  const { name, column, type, expression } = check;
  const own = breaches[name];
  if (own) return own;
  const form = forms.find(([suffix]) => suffix.test(name));
  if (form) return form[1].map((value) => `${column} = ${value}`);
  if (name.endsWith('_set'))
    return [`${column} = ${type === 'text[]' ? "array['unheard_of']" : "'unheard_of'"}`];
  if (name.endsWith('_is_object')) return [`${column} = '[]'`, `${column} = 'null'`, `${column} = '"text"'`];
  if (name.endsWith('_not_negative')) return [`${column} = -1`];
  if (name.endsWith('_positive')) return [`${column} = 0`, `${column} = -1`];
  if (/_(?:length|size|count|is_envelope)$/.test(name)) return outside(check);
  if (/_(?:in_)?range$/.test(name)) {
    const [, from, to] = />= \(?'?(-?\d+).*<= \(?(\d+)/.exec(expression) ?? [];
    return [`${column} = ${Number(from) - 1}`, `${column} = ${Number(to) + 1}`];
  }
  if (name.endsWith('_deleted_has_time')) {
    return ['is_deleted = true', 'deleted_at = now()'];
  }
  return [];
}

const client = await db.installer.connect();
t.teardown(() => client.release());

/** The constraint that rejects the assignment, or what else becomes of it. */
async function rejectedBy({ table, name }: Check, assignment: string): Promise<string> {
  await client.query('savepoint breach');
  try {
    const shadow = shadowedBy[name];
    if (shadow) await client.query(`alter table commerce.${table} drop constraint ${shadow}`);
    await client.query(`update commerce.${table} set ${assignment}`);
    return 'accepted';
  } catch (error) {
    const { constraint, message } = error as { constraint?: string; message: string };
    return constraint ?? message;
  } finally {
    await client.query('rollback to breach');
  }
}

for (const table of new Set(checks.map((check) => check.table))) {
  t.test(table, async (t) => {
    await client.query('begin');
    t.teardown(() => client.query('rollback'));
    await client.query(`set local session_replication_role = replica; delete from commerce.${table}`);
    await client.query(insert(table));
    for (const check of checks.filter((candidate) => candidate.table === table)) {
      const assignments = breachesOf(check);
      t.ok(assignments.length > 0, `${check.name} has a case`);
      for (const assignment of assignments) {
        t.equal(await rejectedBy(check, assignment), check.name, `${check.name} refuses ${assignment}`);
      }
    }
  });
}

t.test('every case is of a check that there is', async (t) => {
  const names = new Set(checks.map(({ name }) => name));
  t.strictSame(
    [...Object.keys(breaches), ...Object.entries(shadowedBy).flat()].filter((name) => !names.has(name)),
    [],
  );
  t.strictSame(
    forms.filter(([suffix]) => ![...names].some((name) => suffix.test(name))),
    [],
  );
});
