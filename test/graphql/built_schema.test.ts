import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pino from 'pino';
import { lexicographicSortSchema, printSchema } from 'postgraphile/graphql';
import t, { type Test } from 'tap';
import { createPool } from '../../src/database/pool.ts';
import { readSchema } from '../../src/graphql/built-schema.ts';
import { buildSchema } from '../../src/graphql/schema-preset.ts';
import { startServer } from '../../src/graphql/server.ts';
import { writeSchema } from '../../src/graphql/write-schema.ts';
import { signToken } from '../../src/operations/token.ts';
import { bearer, client, jwtSecret, setStage } from './support.ts';

const { db, ours, server } = await setStage(t, { schemaFile: undefined });
const file = join(t.testdir(), 'graphql-schema.mjs');
await writeSchema(db.urls.DATABASE_API_URL, file);
const pool = createPool({ connectionString: db.urls.DATABASE_API_URL });
t.teardown(() => pool.end());

const options = {
  connectionString: db.urls.DATABASE_API_URL,
  authConnectionString: db.urls.DATABASE_AUTH_URL,
  jwtSecret,
  host: '127.0.0.1',
  port: 0,
};

/** Starts a server with the schema of a file, and returns what it has logged so far. */
async function serve(t: Test, schemaFile: string) {
  const lines: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
  const running = await startServer({ ...options, schemaFile, log });
  t.teardown(() => running.close());
  return { running, lines };
}

t.test('the file gives the schema that the database gives', async (t) => {
  const built = await readSchema(file, pool);
  if (!('schema' in built)) throw new Error(built.difference);
  const print = (schema: typeof built.schema) => printSchema(lexicographicSortSchema(schema));
  t.equal(print(built.schema), print(await buildSchema(pool)));
});

t.test('both servers answer alike', async (t) => {
  const { running, lines } = await serve(t, file);
  t.same(lines, [], 'the file is taken');
  const ask = async (url: string, role: 'member' | 'buyer') => {
    const { tenantId, ownerSubject } = ours;
    const subject = role === 'member' ? ownerSubject : ownerSubject.replace('owner', 'buyer');
    return client(url, bearer(await signToken({ role, tenantId, subject }, jwtSecret, '1h')));
  };
  const operations = [
    '{ products(first: 2) { nodes { id rowId name price priceMoney { amount currencyCode minorUnit } } pageInfo { endCursor } } }',
    '{ products(first: 101) { nodes { id } } }',
    '{ products(after: "nothing") { nodes { id } } }',
    '{ product(id: "nothing") { id } }',
    '{ customers { nodes { displayName } } }',
    '{ orders(orderBy: LISTED_AT_DESC) { nodes { orderNumber } } }',
    '{ orders(condition: { status: pending }, orderBy: LISTED_AT_DESC) { nodes { orderNumber totalMoney { amount } } } }',
    '{ conversationThreads { nodes { lastMessage { rowId } } } }',
    'mutation { updateProduct(input: { rowId: "00000000-0000-7000-8000-000000000000", version: 1, patch: { price: "1.00" } }) { product { id } } }',
    'mutation { updateProduct(input: { rowId: "nothing", version: 1, patch: { price: "1" } }) { product { id } } }',
    'subscription { orderChanged { cursor } }',
    '{ auditLogs { nodes { id } } }',
  ];
  for (const role of ['member', 'buyer'] as const) {
    const [atStart, ahead] = [await ask(server.url, role), await ask(running.url, role)];
    for (const operation of operations) {
      t.same(await ahead(operation), await atStart(operation), `${role}: ${operation}`);
    }
  }
});

t.test('a schema of another origin is not served', async (t) => {
  const text = await readFile(file, 'utf8');
  const cases = [
    {
      from: /"package": ".+"/,
      to: '"package": "0.0.1"',
      reason: /it is of conversational-commerce-db 0\.0\.1/,
    },
    { from: /"grafast": ".+"/, to: '"grafast": "0.0.1"', reason: /it is of grafast 0\.0\.1/ },
    { from: /"0001_(\w+)": ".+"/, to: '"0001_$1": "another"', reason: /migration 0001_\w+ is another one/ },
    { from: /"0001_\w+": ".+",/, to: '', reason: /the database has migration 0001_\w+/ },
    { from: /"migrations": \{/, to: '"migrations": { "9999_more": "",', reason: /lacks migration 9999_more/ },
  ];
  for (const [index, { from, to, reason }] of cases.entries()) {
    const other = join(t.testdir(), `${index}.mjs`);
    await writeFile(other, text.replace(from, to));
    const { running, lines } = await serve(t, other);
    const { reason: told, remedy } = JSON.parse(lines[0] ?? '{}');
    t.match(told, reason);
    t.equal(remedy, `ccdb schema ${other}`);
    t.equal((await client(running.url)('{ __typename }')).status, 200, 'the server has built its own');
  }
});

t.test('a file that is no schema is refused', async (t) => {
  const empty = join(t.testdir({ 'empty.mjs': '' }), 'empty.mjs');
  await t.rejects(startServer({ ...options, schemaFile: empty }), {
    message: /is no GraphQL schema that ccdb/,
  });
  await t.rejects(startServer({ ...options, schemaFile: join(t.testdir(), 'none.mjs') }), {
    message: /^cannot read the GraphQL schema/,
  });
});
