import { readFile, writeFile } from 'node:fs/promises';
import t from 'tap';
import type { PreparedQuery } from '../../src/index.ts';
import * as queries from '../../src/queries/index.ts';
import { makeCases, type QueryName } from '../queries/cases.ts';
import { openStage, type Tx } from '../queries/stage.ts';
import { type Asker, enter, type Run, statementsRun } from '../schema/plan-nodes.ts';

/**
 * What each operation that a shop runs all day may cost, in numbers that do not depend on the machine: statements and
 * rows of the log to the digit, pages and bytes of WAL within a tenth. They stand in budget.json, for each major
 * version. After a change that is meant to cost more or less:
 *   WRITE=1 npm test -- test/costs/budget.test.ts
 */
type AnyQuery = PreparedQuery<object, object, unknown>;
type Cost = { statements: number; logged: number; pages: number; wal: number };
type Budget = Record<string, Record<string, Cost>>;

const file = new URL('budget.json', import.meta.url);
const writes = process.env.WRITE === '1';

const operations: Record<string, { query: QueryName; pieces?: number }> = {
  'order of a basket': { query: 'placeOrder' },
  'order of one line': { query: 'placeOrderOfLines' },
  'order of twenty lines': { query: 'placeOrderOfLines', pieces: 20 },
  'line of a basket': { query: 'setOrderLine' },
  'payment result': { query: 'recordPaymentResult' },
  'message in': { query: 'receiveMessage' },
  'message queued': { query: 'queueMessage' },
  'messages claimed': { query: 'claimMessages' },
  'message sent': { query: 'markSent' },
  receipt: { query: 'recordReceipt' },
  'search of products': { query: 'searchProducts' },
  inbox: { query: 'listInbox' },
  board: { query: 'listOrders' },
  'timeline of an order': { query: 'getOrderTimeline' },
};

const stage = await openStage(t);
const cases = makeCases(stage);
const client = await stage.scene.installer.connect();
t.teardown(() => client.release());
await client.query(`load 'auto_explain'; analyze`);
const { rows: settings } = await client.query<{ major: string; pages: string }>(
  `select (current_setting('server_version_num')::int / 10000)::text as major,
          current_setting('full_page_writes') as pages`,
);
const { major = '', pages = '' } = settings[0] ?? {};
const budget: Budget = JSON.parse(await readFile(file, 'utf8'));

const { tenantId } = stage;
const tx: Tx = {
  run: (query, params) => query.run({ ...params, tenantId } as never, client),
  sql: async (text, values) => (await client.query(text, values)).rows,
};

/** The parameters of a case; of an order, so many lines instead of one. */
async function paramsOf(name: QueryName, pieces?: number): Promise<object[]> {
  const params = [await cases[name][1](tx)].flat() as { lines?: object[] }[];
  if (pieces === undefined) return params;
  return params.map((each) => ({
    ...each,
    lines: Array.from({ length: pieces }, (_, piece) => ({ ...each.lines?.[0], metadata: { piece } })),
  }));
}

async function rowsLogged(): Promise<number> {
  await client.query('reset role');
  const { rows } = await client.query<{ count: number }>('select count(*)::int as count from audit.log');
  return rows[0]?.count ?? Number.NaN;
}

/** What the statement of the query costs in pages and WAL, with all that its functions run. */
function costOf(runs: Run[], text: string, logged: number): Cost {
  const roots = runs.filter((run) => run.text === text).map(({ nodes: [root] }) => root);
  const sum = (key: 'Shared Hit Blocks' | 'Shared Read Blocks' | 'WAL Bytes') =>
    roots.reduce((total, root) => total + (root?.[key] ?? Number.NaN), 0);
  const blocks = sum('Shared Hit Blocks') + sum('Shared Read Blocks');
  return { statements: runs.length, logged, pages: blocks, wal: sum('WAL Bytes') };
}

/** One run in a transaction that leaves nothing behind. */
async function measure(query: AnyQuery, asker: Asker, pieces?: number): Promise<Cost> {
  await client.query('begin');
  try {
    await enter(client, asker);
    const params = await paramsOf(query.name as QueryName, pieces);
    const before = await rowsLogged();
    const runs = await statementsRun(client, asker, async () => {
      for (const each of params) await tx.run(query, each);
    });
    const { text } = query.statement({ ...params[0], tenantId });
    return costOf(runs, text, (await rowsLogged()) - before);
  } finally {
    await client.query('rollback');
  }
}

/** Some pages are met the first time only, until the connection's caches are full. */
async function measureWarm(name: string): Promise<Cost> {
  const { query: queryName, pieces } = operations[name] ?? {};
  if (queryName === undefined) throw new Error(`${name} is not an operation`);
  const query = queries[queryName] as unknown as AnyQuery;
  const [door] = [cases[queryName][0]].flat();
  if (door === undefined) throw new Error(`nobody runs ${queryName}`);
  const asker = await stage.asker(door);
  for (let round = 0; round < 6; round += 1) await measure(query, asker, pieces);
  return await measure(query, asker, pieces);
}

const costs: Record<string, Cost> = {};
for (const name of Object.keys(operations)) costs[name] = await measureWarm(name);

if (writes) {
  const written = `${JSON.stringify({ ...budget, [major]: costs }, null, 2)}\n`;
  await writeFile(file, written);
}

const allowed = writes ? costs : budget[major];
t.test(`the budget of PostgreSQL ${major}`, { skip: !allowed && `no numbers for ${major}` }, async (t) => {
  t.strictSame(Object.keys(costs), Object.keys(allowed ?? {}), 'every operation has its numbers');
  for (const [name, cost] of Object.entries(costs)) {
    const most = allowed?.[name];
    if (most === undefined) continue;
    t.equal(cost.statements, most.statements, `${name}: statements`);
    t.equal(cost.logged, most.logged, `${name}: rows of the log`);
    t.ok(isWithinTenth(cost.pages, most.pages), `${name}: pages, ${cost.pages} where ${most.pages} are expected`);
    if (pages === 'off') {
      t.ok(isWithinTenth(cost.wal, most.wal), `${name}: bytes of WAL, ${cost.wal} where ${most.wal} are expected`);
    }
  }
});

function isWithinTenth(actual: number, expected: number): boolean {
  return Math.abs(actual - expected) <= expected / 10;
}
