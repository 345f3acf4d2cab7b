import pg from 'pg';
import { camelCase } from '../model/spelling.ts';

type Ask = (text: string, values: unknown[]) => Promise<readonly unknown[]>;

/** The row as the caller's session sees it: the columns of its view that the role may read; null without one. */
export async function presentRow(
  ask: Ask,
  { table, id }: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown> | null> {
  if (typeof table !== 'string' || typeof id !== 'string') return null;
  const view = `api.${pg.escapeIdentifier(table)}`;
  const columns = (await ask(
    `select a.attname as name
       from pg_catalog.pg_attribute as a
      where a.attrelid = pg_catalog.to_regclass($1) and a.attnum > 0
        and a.attname not in ('tenant_id', 'is_deleted')
        and pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'select')
      order by a.attnum`,
    [view],
  )) as { name: string }[];
  if (columns.length === 0) return null;
  const list = columns.map(({ name }) => pg.escapeIdentifier(name)).join(', ');
  const [row] = await ask(`select ${list} from ${view} where id = $1`, [id]);
  return row === undefined
    ? null
    : Object.fromEntries(Object.entries(row as object).map(([name, value]) => [camelCase(name), value]));
}
