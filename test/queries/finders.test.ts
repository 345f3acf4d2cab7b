import t from 'tap';
import type { PreparedQuery } from '../../src/index.ts';
import * as finders from '../../src/model/finders.ts';
import { camelCase } from '../../src/model/spelling.ts';
import { demoTenant, openPackage } from '../database/package.ts';

const { db, scene } = await openPackage(t);
const ours = await demoTenant(scene, 1);
const theirs = await demoTenant(scene, 2);

type Row = Record<string, unknown>;
type Finder = PreparedQuery<Row, Row, Row | null>;

/** The view that a finder reads, and the columns that it asks by. */
function read(finder: Finder): { view: string; key: string[]; text: string } {
  const { text } = finder.statement({});
  const [, view = '', where = ''] = /from api\.(\w+) as t where (.*)$/.exec(text) ?? [];
  return { view, key: [...where.matchAll(/t\.(\w+) = \$/g)].map(([, column = '']) => column), text };
}

const spelled = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).map(([column, value]) => [camelCase(column), value]));

t.test('a row is found by every unique key, and by nobody of another merchant', async (t) => {
  let found = 0;
  for (const [name, finder] of Object.entries(finders) as unknown as [string, Finder][]) {
    const { view, key, text } = read(finder);
    t.match(name, /^find[A-Z]/);
    const [, columns = ''] = /^select (.*?) from/.exec(text) ?? [];
    const isShared = !key.includes('tenant_id') && view !== 'tenant';
    const ourParams = await db.withTenant(ours.owner, async (tx) => {
      const present = key.map((column) => `t.${column} is not null`).join(' and ');
      // As JSON a time keeps its microseconds, which a Date has no place for.
      const [first] = await tx.sql<Row>(
        `select ${columns}, to_jsonb(t) as exact from api.${view} as t where ${present} limit 1`,
      );
      if (first === undefined) return undefined;
      const { exact, ...row } = first as Row & { exact: Row };
      found += 1;
      const params = Object.fromEntries(key.map((column) => [camelCase(column), exact[column]]));
      t.same(await tx.run(finder, params), spelled(row), name);
      return params;
    });
    if (ourParams !== undefined && !isShared) {
      const seen = await db.withTenant(theirs.owner, (tx) =>
        tx.run(finder, ourParams).catch((error: unknown) => error),
      );
      // Numbers and references are the merchant's own: another one's row may have the same.
      t.ok(seen === null || (seen as Row).tenantId === theirs.tenantId, `${name}: not for another merchant`);
    }
  }
  t.ok(found >= 40, `${found} of ${Object.keys(finders).length} have a row in the demo data`);
});

t.test('every unique key of a table has its query', async (t) => {
  const { rows } = await scene.installer.query<{ view: string; key: string[] }>(
    `select c.relname as view, array_agg(a.attname::text order by a.attname) as key
       from pg_constraint as k
       join pg_class as c on c.oid = k.conrelid
       join pg_class as v on v.relname = c.relname and v.relnamespace = 'api'::regnamespace
       join pg_attribute as a on a.attrelid = c.oid and a.attnum = any (k.conkey) and a.attname <> 'tenant_id'
      where k.contype = 'p' and c.relnamespace = 'commerce'::regnamespace and not c.relispartition
      group by k.oid, c.relname`,
  );
  const asked = (Object.values(finders) as unknown as Finder[]).map((finder) => {
    const { view, key } = read(finder);
    return `${view}(${key
      .filter((column) => column !== 'tenant_id')
      .sort()
      .join(', ')})`;
  });
  t.ok(rows.length > 30, `${rows.length} tables`);
  for (const { view, key } of rows) t.ok(asked.includes(`${view}(${key.join(', ')})`), `${view}: ${key}`);
  for (const key of ['products(sku)', 'orders(order_number)', 'seller_profile(slug)']) {
    t.ok(asked.includes(key), key);
  }
});

t.test('a key that nothing has is null', async (t) => {
  await db.withTenant(ours.owner, async (tx) => {
    t.equal(await tx.run(finders.findProductBySku, { sku: 'no such sku' }), null);
  });
});
