import type pg from 'pg';
import t from 'tap';
import { errorTable } from '../../src/database/errors.ts';
import { createTestDatabase } from '../support/database.ts';
import { type Dice, diceOf, pick } from '../support/dice.ts';
import { demoPeople, type Person } from '../support/people.ts';
import { asRole } from '../support/session.ts';

/**
 * Whatever somebody sends to any function that a request role may call: it is answered, or refused with an
 * error of the table, and no refusal tells of another tenant. What the functions are is read from the
 * catalogue; arguments are values of rows whose columns bear their names, and odd ones.
 */
const calls = process.env.LONG ? 500 : 30;

type Argument = { name: string; type: string; isOptional: boolean };
type Routine = {
  role: keyof Person['sessions'] & string;
  name: string;
  arguments: Argument[];
  keys: Record<string, string[]>;
};

const db = await createTestDatabase(t);
const [ours, theirs] = await demoPeople(db);
// Each version of PostgreSQL is sent other values.
const { rows: versions } = await db.installer.query(
  "select current_setting('server_version_num') as version",
);
const seed = Number(process.env.PROPERTY_SEED ?? versions[0]?.version);

async function readRoutines(): Promise<Routine[]> {
  const { rows } = await db.installer.query<Routine>(
    `select r.role, p.oid::regproc::text as name,
            coalesce((select jsonb_object_agg('p_' || m[1], regexp_split_to_array(m[2], '(!?=\\w+)?!? '))
                        from regexp_matches(obj_description(p.oid), '@param (\\w+)[?!]? \\{\\w+\\[\\]: ([^}]+)\\}', 'g') as m), '{}') as keys,
            coalesce((select jsonb_agg(jsonb_build_object(
                        'name', p.proargnames[a.n], 'type', format_type(a.type, null),
                        'isOptional', a.n > p.pronargs - p.pronargdefaults) order by a.n)
                        from unnest(p.proargtypes::oid[]) with ordinality as a (type, n)), '[]') as arguments
       from pg_proc as p
       join unnest(array['member', 'buyer', 'anonymous', 'platform', 'worker']) as s (name) on true
       join lateral (select 'commerce_' || s.name as role) as r on has_function_privilege(r.role, p.oid, 'execute')
      where p.pronamespace in ('api'::regnamespace, 'internal'::regnamespace, 'audit'::regnamespace)
        and p.prokind = 'f' and p.prorettype <> 'trigger'::regtype
        and not exists (select from pg_depend as d where d.objid = p.oid and d.deptype = 'e')
      order by 2, 1`,
  );
  return rows;
}

type Values = { ours: Map<string, string[]>; theirs: Map<string, string[]> };

/** Values of every column, by its name, and of closed sets all that there are. */
async function readValues(): Promise<Values> {
  const { rows: columns } = await db.installer.query<{ table: string; column: string }>(
    `select 'commerce.' || c.relname as table, a.attname as column
       from pg_class as c
       join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = 'commerce'::regnamespace and c.relkind = 'r'
        and exists (select from pg_attribute as x where x.attrelid = c.oid and x.attname = 'tenant_id')`,
  );
  const values: Values = { ours: new Map(), theirs: new Map() };
  for (const whose of ['ours', 'theirs'] as const) {
    const { tenantId } = whose === 'ours' ? ours : theirs;
    for (const { table, column } of columns) {
      const { rows } = await db.installer.query<{ value: string }>(
        `select distinct ${column}::text as value from ${table} where tenant_id = $1 and ${column} is not null limit 20`,
        [tenantId],
      );
      const name = column === 'id' ? table : column;
      const known = values[whose].get(name) ?? [];
      values[whose].set(name, [...known, ...rows.map(({ value }) => value)]);
    }
  }
  values.ours.set('commerce.tenant', [ours.tenantId]);
  values.theirs.set('commerce.tenant', [theirs.tenantId]);
  const { rows: sets } = await db.installer.query<{ column: string; values: string[] }>(
    `select a.attname as column,
            array(select m[1] from regexp_matches(pg_get_constraintdef(c.oid), '''(\\w+)''', 'g') as m) as values
       from pg_constraint as c join pg_attribute as a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
      where c.contype = 'c' and c.conname like '%\\_set'`,
  );
  for (const { column, values: all } of sets) {
    values.ours.set(column, [...(values.ours.get(column) ?? []), ...all]);
  }
  return values;
}

const deep = `${'['.repeat(30_000)}${']'.repeat(30_000)}`;
const numbers = ['0', '1', '2', '-1', '100', '32767', '2147483647', '-2147483648'];
const moments = ['now', 'infinity', '-infinity', '0001-01-01', '2026-02-28 12:00+00', '9999-12-31'];
const texts = [
  '',
  ' ',
  'x',
  'null',
  '{}',
  '-1',
  '\u0000',
  '\u202eأهلا',
  '🧺',
  '%_\\',
  "'",
  'x'.repeat(70_000),
];
/** Columns of the same name need not be of the argument's type. */
const forms: Record<string, RegExp> = {
  smallint: /^-?\d{1,4}$/,
  integer: /^-?\d{1,9}$/,
  bigint: /^-?\d{1,18}$/,
  numeric: /^-?[\d.]+$/,
  boolean: /^(true|false)$/,
  date: /^\d{4}-/,
  'timestamp with time zone': /^\d{4}-/,
  interval: /^\d+ /,
  bytea: /^\\x/,
  'text[]': /^\{.*\}$/,
};
const plain: Record<string, readonly string[]> = {
  smallint: ['1'],
  integer: ['1', '2', '10'],
  bigint: ['1', '100'],
  numeric: ['1', '10', '10.5'],
  boolean: ['true', 'false'],
  uuid: ['00000000-0000-0000-0000-000000000000'],
  text: [
    'Some words',
    'whatsapp',
    '2348000000001',
    'somebody@shop.example',
    'shop.example',
    '1',
    'NGN',
    'NG',
  ],
  date: ['2026-01-01', '2026-01-31'],
  'timestamp with time zone': ['now', 'tomorrow'],
  interval: ['1 day', '1 hour'],
  bytea: [`\\x${'01'.repeat(60)}`],
  'text[]': ['{orders.read}', '{}'],
  jsonb: ['{}'],
};
const odd: Record<string, readonly (string | null)[]> = {
  smallint: ['0', '1', '-1', '32767'],
  integer: numbers,
  bigint: [...numbers, '9223372036854775807'],
  numeric: [...numbers, 'NaN', 'Infinity', '-Infinity', '0.00001', '10.5', `1e${131_000}`, '9'.repeat(40)],
  boolean: ['true', 'false'],
  uuid: ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
  text: texts,
  date: moments,
  'timestamp with time zone': moments,
  interval: ['0', '1 hour', '-1 day', '178000000 years', '30 days'],
  bytea: ['\\x', '\\x00', `\\x${'01'.repeat(60)}`],
  'text[]': ['{}', '{NULL}', '{a,a}', '{{a},{b}}', '{orders.read}'],
  jsonb: ['null', '{}', '[]', '[null]', '[[]]', '"x"', '1', '[{}]', 'true', '{"a":{"b":[1e400]}}', deep],
};

class Caller {
  readonly #dice: Dice;
  readonly #values: Values;
  readonly #name: string;

  constructor(dice: Dice, values: Values, name: string) {
    this.#name = name;
    this.#dice = dice;
    this.#values = values;
  }

  /** What stands in a row of ours, or is odd: of another tenant, NULL, or what nobody would expect. */
  valueOf(name: string, type: string, keys: readonly string[], isOdd: boolean): string | null {
    const whose = isOdd && this.#dice(4) === 0 ? this.#values.theirs : this.#values.ours;
    if (isOdd && this.#dice(8) === 0) return null;
    if (type === 'jsonb' && !(isOdd && this.#dice(3) === 0)) return this.#json(keys, isOdd);
    const known = this.#known(whose, name.replace(/^p_/, ''), type);
    if (known.length > 0 && (!isOdd || whose === this.#values.theirs)) return pick(this.#dice, known);
    return pick(this.#dice, (isOdd ? odd : plain)[type] ?? []);
  }

  /** Of the column of this name or, for ids, of tables with a name like the argument's or the function's. */
  #known(values: ReadonlyMap<string, string[]>, name: string, type: string): string[] {
    if (name === 'expected_version' && this.#dice(3) > 0) return ['1'];
    if (type !== 'uuid') {
      const alike = [...values.keys()].filter(
        (each) => name === each || name.endsWith(`_${each}`) || each.endsWith(`_${name}`),
      );
      const isFit = forms[type] ?? /^/;
      return alike.flatMap((each) => values.get(each) ?? []).filter((value) => isFit.test(value));
    }
    const words = (name === 'id' ? this.#name : name.replace(/_id$/, ''))
      .split(/[._]/)
      .filter((word) => word.length > 3);
    const tables = [...values.keys()]
      .filter((each) => each.includes('.') && words.some((word) => each.includes(word)))
      .sort((a, b) => a.length - b.length);
    // The shortest name is most often the one that is meant.
    return values.get(tables[this.#dice(this.#dice(tables.length) + 1)] ?? '') ?? [];
  }

  #json(keys: readonly string[], isOdd: boolean): string {
    const chosen = keys.filter(() => !isOdd || this.#dice(4) > 0);
    const oddKey = isOdd ? pick(this.#dice, keys) : undefined;
    const object = () => Object.fromEntries(chosen.map((key) => [key, this.#jsonValue(key, key === oddKey)]));
    const list = Array.from({ length: 1 + this.#dice(3) }, object);
    return JSON.stringify(keys.length === 0 ? {} : list);
  }

  #jsonValue(key: string, isOdd: boolean): unknown {
    if (isOdd && this.#dice(2) === 0)
      return pick(this.#dice, [null, {}, [], [[1]], true, 1e308, -1, 0.5, '']);
    const type = key.endsWith('_id') ? 'uuid' : /quantity|count/.test(key) ? 'integer' : 'text';
    const value = this.valueOf(key, type, [], isOdd);
    return /^-?\d{1,9}(\.\d+)?$/.test(value ?? '') ? Number(value) : value;
  }
}

const values = await readValues();
const foreign = new Set([...values.theirs.values()].flat().filter((value) => /^[0-9a-f-]{36}$/.test(value)));
for (const value of [...values.ours.values()].flat()) foreign.delete(value);

/** Of PostgreSQL's own codes only those that come before a function: NUL, JSON without end, what is not granted. */
const isClear = /^SC|22021|22P05|54001|42501/;

type Outcome = { done: number; faults: unknown[]; codes: Record<string, number> };

async function tryOut(client: pg.PoolClient, routine: Routine, caller: Caller, dice: Dice, outcome: Outcome) {
  const chosen = routine.arguments.filter(({ isOptional }) => !isOptional || dice(2) > 0);
  // Most functions look no further than the first thing that is wrong.
  const oddOne = dice(chosen.length + 1);
  const given = chosen.map(({ name, type }, i) =>
    caller.valueOf(name, type, routine.keys[name] ?? [], i === oddOne),
  );
  const list = chosen.map(({ name, type }, i) => `${name} => $${i + 1}::${type}`);
  await client.query('savepoint before');
  try {
    await client.query(`select * from ${routine.name}(${list.join(', ')})`, given);
    await client.query('set constraints all immediate');
    outcome.done += 1;
  } catch (error) {
    const { code = '', message, detail = '', hint = '', where } = error as pg.DatabaseError;
    outcome.codes[code] = (outcome.codes[code] ?? 0) + 1;
    const told = [message, detail, hint].join(' ').match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [];
    const leaked = told.filter((id) => foreign.has(id) && !given.some((value) => value?.includes(id)));
    const entry = errorTable[code];
    const isKnown = entry !== undefined && entry.httpStatus < 500 && isClear.test(code);
    if (!isKnown || leaked.length > 0) {
      const short = given.map((value) => value?.slice(0, 200));
      outcome.faults.push({ name: routine.name, code, message, leaked, where, list, given: short });
    }
  }
  await client.query('rollback to savepoint before');
}

for (const [number, routine] of (await readRoutines()).entries()) {
  await t.test(`${routine.name} as ${routine.role}`, async (t) => {
    const dice = diceOf(seed + number);
    const caller = new Caller(dice, values, routine.name);
    const outcome: Outcome = { done: 0, faults: [], codes: {} };
    const pool = { commerce_worker: db.worker, commerce_platform: db.platform }[routine.role] ?? db.api;
    const session = ours.sessions[routine.role] as string;
    for (let i = 0; i < calls; i += 1) {
      await asRole(pool, routine.role as never, session, (client) =>
        tryOut(client, routine, caller, dice, outcome),
      );
    }
    t.same(
      outcome.faults.slice(0, 3),
      [],
      `${outcome.done} of ${calls} done, ${JSON.stringify(outcome.codes)}`,
    );
  });
}
