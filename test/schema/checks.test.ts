import { readFileSync } from 'node:fs';
import type pg from 'pg';
import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { breaches, edges, forms, values } from './breaches.ts';

/**
 * Every CHECK of schema commerce refuses what it should, by its name, and lets in the rest: by the bounds
 * of bounds.md and the rules of breaches.ts, which are written by hand and not read from the constraints. One valid row a table is written
 * with triggers and foreign keys off, so that nothing but the checks stands in the way; each case
 * breaks one rule of that row.
 */
const db = await createTestDatabase(t, { template: 'empty' });

type Check = { table: string; name: string; column: string; type: string };

const { rows: checks } = await db.installer.query<Check>(`
  select r.relname as table, c.conname as name, a.attname as column, format_type(a.atttypid, null) as type
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

/** Codes that have a form, by what their columns' names hold. */
const codes: [RegExp, string][] = [
  [/currency/, "'NGN'"],
  [/country/, "'GB'"],
];

const sample: Record<string, string> = {
  uuid: 'internal.uuid_v7()',
  text: "'something'",
  integer: '1',
  smallint: '1',
  numeric: '1',
  jsonb: "'{}'",
  'timestamp with time zone': 'now()',
  bytea: `'\\x${'00'.repeat(32)}'`,
};

/** Days and points in time, but for those that are made of others. */
const { rows: dates } = await db.installer.query<{ table: string; name: string }>(`
  select r.relname as table, a.attname as name
    from pg_class r
    join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
   where r.relnamespace = 'commerce'::regnamespace and r.relkind in ('r', 'p')
     and a.atttypid in ('date'::regtype, 'timestamptz'::regtype) and a.attgenerated = ''
   order by 1, 2`);

/** The statement that inserts a valid row of the table. */
function insert(table: string): string {
  const row: Record<string, string> = {};
  for (const { name, type, member } of columns.filter((column) => column.table === table)) {
    const code = codes.find(([pattern]) => pattern.test(name))?.[1];
    row[name] = member ?? code ?? sample[type] ?? `no sample of type ${type}`;
  }
  Object.assign(row, values[table]);
  return Object.keys(row).length > 0
    ? `insert into commerce.${table} (${Object.keys(row).join(', ')}) values (${Object.values(row).join(', ')})`
    : `insert into commerce.${table} default values`;
}

/** The values on both sides of a written bound, as SQL. */
function sidesOf({ column, kind, from, to, members, type }: Bound): { inside: string[]; outside: string[] } {
  const made: Record<string, (size: number) => string> = {
    text: (size) => `repeat('é', ${size})`,
    words: (size) => `repeat('x', ${size})`,
    octets: (size) => `repeat('x', ${size})`,
    bytes: (size) => `decode(repeat('00', ${size}), 'hex')`,
    // As PostgreSQL writes them out: {"x": "…"} and {…}.
    JSON: (size) =>
      type === 'text[]'
        ? `array[repeat('x', ${size - 2})]`
        : `jsonb_build_object('x', repeat('x', ${size - 9}))`,
    list: (size) => `array_fill('x'::text, array[${size}])`,
  };
  const set = (values: string[]) => values.map((value) => `${column} = ${value}`);
  const make = made[kind];
  if (make !== undefined) {
    const blank = kind === 'words' ? ["'   '", "E'\\u200B\\u2060\\u3164 \\u00A0'"] : [];
    const tooLong = kind === 'octets' ? [make(to + 1), `repeat('é', ${to / 2 + 1})`] : [make(to + 1)];
    const hasNull = members === 'without NULL' ? ['array[null]::text[]'] : [];
    return {
      inside: set([make(to), ...(kind === 'JSON' ? [] : [make(from)])]),
      outside: set([...tooLong, ...(from > 0 ? [make(from - 1), ...blank] : []), ...hasNull]),
    };
  }
  const isExact = type === 'integer' || type === 'smallint' || type === 'bigint';
  const step = isExact ? 1 : 0.0001;
  switch (kind) {
    case 'object':
      return {
        inside: set(["'{}'", `'{"a": 1}'`]),
        outside: set(["'[]'", "'null'", `'"text"'`]),
      };
    case 'above':
      return { inside: set([`${from + step}`]), outside: set([`${from}`, `${from - step}`]) };
    case 'number':
      return {
        inside: set([`${from}`, ...(to === Infinity ? [] : [`${to}`])]),
        outside: set([`${from - step}`, ...(to === Infinity ? [] : [`${to + step}`])]),
      };
    default: {
      const literal = (value: string) => (kind === 'some' ? `array['${value}']` : `'${value}'`);
      return {
        inside: set(members.split(', ').map(literal)),
        outside: set(['unheard_of', ''].map(literal)),
      };
    }
  }
}

/** A written bound, as data: what the line of bounds.md says of a column. */
type Bound = {
  column: string;
  kind: string;
  from: number;
  to: number;
  members: string;
  type: string;
};

const bounds = new Map<string, Omit<Bound, 'type'>>();
for (const line of readFileSync(new URL('bounds.md', import.meta.url), 'utf8').split('\n')) {
  const [, name, column = '', rule = ''] = /^\| (\w+) \| `(\w+)`: (.*) \|$/.exec(line) ?? [];
  if (name === undefined) continue;
  const sized = /(text|words|octets|bytes|JSON|list) of (\d+) to (\d+)(?:.*(without NULL))?/.exec(rule);
  const number = /a number from (-?\d+)(?: to (\d+))?/.exec(rule);
  const above = /a number above (\d+)/.exec(rule);
  const set = /(one|some) of (.*)/.exec(rule);
  const bound = { column, from: 0, to: Infinity, members: '' };
  if (sized) {
    const [, kind = '', from, to, members = ''] = sized;
    bounds.set(name, { column, kind, from: Number(from), to: Number(to), members });
  } else if (number)
    bounds.set(name, {
      ...bound,
      kind: 'number',
      from: Number(number[1]),
      to: Number(number[2] ?? Infinity),
    });
  else if (above) bounds.set(name, { ...bound, kind: 'above', from: Number(above[1]) });
  else if (set) bounds.set(name, { ...bound, kind: set[1] ?? '', members: set[2] ?? '' });
  else if (rule === 'an object') bounds.set(name, { ...bound, kind: 'object' });
  else throw new Error(`bounds.md: what does "${rule}" mean?`);
}

/** The same by the form that a name tells. */
function formOf({ name, column }: Check): { inside: string[]; outside: string[] } {
  if (name.endsWith('_deleted_has_time')) {
    return {
      inside: ['is_deleted = true, deleted_at = now()'],
      outside: ['is_deleted = true', 'deleted_at = now()'],
    };
  }
  const [, broken = [], kept = []] = forms.find(([suffix]) => suffix.test(name)) ?? [];
  const set = (values: string[]) => values.map((value) => `${column} = ${value}`);
  return { inside: set(kept), outside: set(broken) };
}

/** Assignments to the valid row, each by itself: what the check must let in, and what it must refuse. */
function sides(check: Check): { inside: string[]; outside: string[] } {
  const { name, type } = check;
  const bound = bounds.get(name);
  const { inside, outside } = bound ? sidesOf({ ...bound, type }) : formOf(check);
  return {
    inside: [...inside, ...(edges[name] ?? [])],
    outside: [...outside, ...(breaches[name] ?? [])],
  };
}

/** Whether the check refuses the assignment, once no other check that refuses it is left. */
async function isRefusedBy(
  client: pg.PoolClient,
  { table, name }: Check,
  assignment: string,
): Promise<boolean> {
  await client.query('savepoint breach');
  try {
    for (;;) {
      await client.query('savepoint try');
      try {
        await client.query(`update commerce.${table} set ${assignment}`);
        return false;
      } catch (error) {
        const { constraint } = error as { constraint?: string };
        if (constraint === undefined) throw error;
        if (constraint === name) return true;
        await client.query(`rollback to try; alter table commerce.${table} drop constraint ${constraint}`);
      }
    }
  } finally {
    await client.query('rollback to breach');
  }
}

/** Whether the rows' own trigger refuses a value because of its date, and names the column. */
async function isNoDate(client: pg.PoolClient, table: string, name: string, value: string): Promise<boolean> {
  await client.query('savepoint date');
  try {
    await client.query(`update commerce.${table} set ${name} = $1`, [value]);
    return false;
  } catch (error) {
    const { detail = '', message } = error as pg.DatabaseError;
    if (!detail.startsWith('{')) throw new Error(message, { cause: error });
    const { faults } = JSON.parse(detail) as { faults: { column?: string; rule?: string }[] };
    return faults.some(({ column, rule }) => column === name && rule !== undefined);
  } finally {
    await client.query('rollback to date');
  }
}

for (const table of new Set(checks.map((check) => check.table))) {
  t.test(table, async (t) => {
    const client = await db.installer.connect();
    t.teardown(async () => {
      await client.query('rollback');
      client.release();
    });
    await client.query('begin');
    await client.query(`set local session_replication_role = replica; delete from commerce.${table}`);
    await client.query(insert(table));
    for (const check of checks.filter((candidate) => candidate.table === table)) {
      const { inside, outside } = sides(check);
      t.ok(outside.length > 0, `${check.name} has a case`);
      for (const assignment of outside) {
        t.ok(await isRefusedBy(client, check, assignment), `${check.name} refuses ${assignment}`);
      }
      for (const assignment of inside) {
        t.notOk(await isRefusedBy(client, check, assignment), `${check.name} lets in ${assignment}`);
      }
    }
  });
}

for (const table of new Set(dates.map((date) => date.table))) {
  t.test(`dates of ${table}`, async (t) => {
    const client = await db.installer.connect();
    t.teardown(async () => {
      await client.query('rollback');
      client.release();
    });
    await client.query('begin');
    await client.query(`set local session_replication_role = replica; delete from commerce.${table}`);
    await client.query(insert(table));
    await client.query(`alter table commerce.${table} enable always trigger _990_faults`);
    for (const { name } of dates.filter((date) => date.table === table)) {
      for (const value of ['infinity', '-infinity', '0044-03-15 BC', '0001-12-31 BC', '10000-01-02']) {
        t.ok(await isNoDate(client, table, name, value), `${name} is not ${value}`);
      }
      for (const value of ['0001-01-02', '9999-12-30', '2026-11-29', null as never]) {
        t.notOk(await isNoDate(client, table, name, value), `${name} may be ${value}`);
      }
    }
  });
}

t.test('a name shows something', async (t) => {
  const { rows } = await db.installer.query(`
    select r.relname || '.' || a.attname as column
      from pg_class r
      join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
     where r.relnamespace = 'commerce'::regnamespace and r.relkind in ('r', 'p') and a.atttypid = 'text'::regtype
       and a.attname ~ '(^|_)(name|title|subtitle|label|subject|street_address|city)$'
       and not exists (
             select from pg_constraint c
              where c.conrelid = r.oid and c.contype = 'c' and c.conkey = array[a.attnum]
                and pg_get_expr(c.conbin, c.conrelid) like '%NOT internal.is_blank(' || a.attname || ')%')`);
  t.strictSame(
    rows.map(({ column }) => column),
    ['users.auth_subject'],
    'the identity provider makes that one, for machines',
  );
});

t.test('every case is of a check that there is', async (t) => {
  const names = new Set(checks.map(({ name }) => name));
  t.strictSame(
    [...bounds.keys(), ...Object.keys(breaches), ...Object.keys(edges)].filter((name) => !names.has(name)),
    [],
  );
  t.strictSame(
    forms.filter(([suffix]) => ![...names].some((name) => suffix.test(name))),
    [],
  );
});
