import type pg from 'pg';
import type { PreparedQuery } from '../../src/database/prepared-query.ts';
import { declared, valuesOfSet } from './declared.ts';

/**
 * Parameters that a query takes, although they name no row: which ones there are is read from the declared types, and
 * from what PostgreSQL takes the statement's parameters for.
 */
export type Params = Record<string, unknown>;
export type Query = PreparedQuery<Params, unknown, unknown>;

/** The statement, and the names of its parameters in order: each is given its own name. */
function readStatement(query: Query, params: Iterable<string>) {
  const echo = Object.fromEntries([...params, 'tenantId'].map((name) => [name, name]));
  const { text, values } = query.statement({ ...echo, first: 1, after: null, before: null });
  return { text, names: values.map((value) => String(value).replaceAll('"', '')) };
}

const samples: Params = {
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

/** The values of a declared type that is a closed set, by its name or written out. */
export function setOf(type = ''): readonly string[] | undefined {
  const values = type.match(/(?<=')\w+(?=')/g);
  return values ?? valuesOfSet.get(type.replace(/^readonly |\[\]| \| .*/g, ''));
}

/** The types of a statement's parameters, as PostgreSQL finds them. */
async function typesOf(installer: pg.Pool, text: string): Promise<string[]> {
  const client = await installer.connect();
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

/** Valid parameters, and the type that PostgreSQL takes each for. */
export async function validParams(
  installer: pg.Pool,
  query: Query,
): Promise<{ valid: Params; types: Map<string, string> }> {
  const params = declared.get(query.name)?.params ?? new Map();
  const { text, names } = readStatement(query, params.keys());
  const found = await typesOf(installer, text);
  const valid: Params = { first: 1 };
  const types = new Map<string, string>();
  for (const [n, each] of names.entries()) {
    if (each === 'null' || each === '1') continue;
    const type = found[n] ?? '';
    const value = setOf(params.get(each)?.text)?.[0] ?? samples[type.replace('[]', '')] ?? 'text';
    valid[each] = type.endsWith('[]') ? [value] : value;
    types.set(each, type);
  }
  return { valid, types };
}
