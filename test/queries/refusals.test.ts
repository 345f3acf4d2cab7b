import t from 'tap';
import type { PreparedQuery } from '../../src/database/prepared-query.ts';
import * as queries from '../../src/queries/index.ts';
import { createTestDatabase } from '../support/database.ts';
import { declared, valuesOfSet } from './declared.ts';

/**
 * What every typed query refuses, with the name of the parameter: a needed one that is missing, a value outside of its
 * closed set, a malformed UUID, and a fraction for a whole number. Which parameters these are is read from the declared
 * types, and from what PostgreSQL takes the statement's parameters for.
 */
const db = await createTestDatabase(t, { template: 'empty' });
type Params = Record<string, unknown>;
const all = Object.entries(queries) as unknown as [string, PreparedQuery<Params, unknown, unknown>][];

/** The statement, and the names of its parameters in order: each is given its own name. */
function readStatement(query: PreparedQuery<Params, unknown, unknown>, params: Iterable<string>) {
  const echo = Object.fromEntries([...params, 'tenantId'].map((name) => [name, name]));
  const { text, values } = query.statement({ ...echo, first: 1, after: null, before: null });
  return { text, names: values.map((value) => String(value).replaceAll('"', '')) };
}

const samples: Record<string, unknown> = {
  uuid: '00000000-0000-4000-8000-000000000000',
  integer: 1,
  smallint: 1,
  bigint: '1',
  numeric: '1',
  boolean: true,
  date: '2026-01-01',
  'timestamp with time zone': '2026-01-01T00:00:00Z',
  bytea: Buffer.alloc(1),
  jsonb: {},
  interval: '1 day',
};

/** One malformed value for each type that can have one. */
const wrong: Record<string, unknown> = { uuid: 'not-a-uuid', integer: 1.5, smallint: 1.5, bigint: '1.5' };

/** The values of a declared type that is a closed set, by its name or written out. */
function setOf(type = ''): readonly string[] | undefined {
  const values = type.match(/(?<=')\w+(?=')/g);
  return values ?? valuesOfSet.get(type.replace(/^readonly |\[\]| \| .*/g, ''));
}

/** The types of a statement's parameters, as PostgreSQL finds them. */
async function typesOf(text: string): Promise<string[]> {
  const client = await db.installer.connect();
  try {
    await client.query(`prepare asked as ${text}`);
    const { rows } = await client.query<{ types: string[] }>(
      `select array(select format_type(p, null) from unnest(parameter_types::oid[]) with ordinality as t (p, n) order by n) as types
         from pg_prepared_statements where name = 'asked'`,
    );
    return rows[0]?.types ?? [];
  } finally {
    await client.query('deallocate all');
    client.release();
  }
}

let sets = 0;
let needed = 0;
let malformed = 0;

for (const [name, query] of all) {
  t.test(name, async (t) => {
    const params = declared.get(name)?.params ?? new Map();
    const { text, names } = readStatement(query, params.keys());
    const types = await typesOf(text);
    const valid: Params = { first: 1 };
    for (const [n, each] of names.entries()) {
      if (each === 'null' || each === '1') continue;
      const type = types[n] ?? '';
      const value = setOf(params.get(each)?.text)?.[0] ?? samples[type.replace('[]', '')] ?? 'text';
      valid[each] = type.endsWith('[]') ? [value] : value;
    }
    const refuses = (params: Params, field: string, why: string) =>
      t.rejects(query.run(params, db.installer), { code: 'INVALID_INPUT', field }, why);

    for (const [each, { text: type, isNullable }] of params) {
      if (['after', 'before', 'first'].includes(each)) continue;
      if (setOf(type) !== undefined) {
        sets += 1;
        const value = Array.isArray(valid[each]) ? ['unheard_of'] : 'unheard_of';
        await refuses({ ...valid, [each]: value }, each, `${each} outside of its set`);
      }
      if (!isNullable) {
        needed += 1;
        await refuses({ ...valid, [each]: undefined }, each, `${each} is missing`);
        await refuses({ ...valid, [each]: null }, each, `${each} is null`);
      }
    }
    for (const [n, each] of names.entries()) {
      const type = types[n] ?? '';
      const value = wrong[type.replace('[]', '')];
      if (valid[each] === undefined || value === undefined) continue;
      malformed += 1;
      await refuses({ ...valid, [each]: type.endsWith('[]') ? [value] : value }, each, `${each} as ${value}`);
    }
  });
}

t.test('there was something to refuse', async (t) => {
  t.ok(
    sets > 90 && needed > 600 && malformed > 500,
    `${sets} sets, ${needed} needed, ${malformed} malformed`,
  );
});
