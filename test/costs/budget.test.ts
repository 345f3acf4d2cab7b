import { readFile, writeFile } from 'node:fs/promises';
import t from 'tap';
import { type Run, statementsRun } from '../schema/plan-nodes.ts';
import { openOperations, operations } from './operations.ts';

/**
 * What each operation that a shop runs all day may cost, in numbers that do not depend on the machine: statements and
 * rows of the log to the digit, pages and bytes of WAL within a tenth. They stand in budget.json, for each major
 * version. After a change that is meant to cost more or less:
 *   WRITE=1 npm test -- test/costs/budget.test.ts
 */
type Cost = { statements: number; logged: number; pages: number; wal: number };
type Budget = Record<string, Record<string, Cost>>;

const file = new URL('budget.json', import.meta.url);
const writes = process.env.WRITE === '1';

const { client, withOperation } = await openOperations(t);
await client.query(`load 'auto_explain'`);
// When autovacuum comes decides how many pages are read: it does not come, and is done for each operation instead.
await client.query(`
  do $$
  declare
    v_table regclass;
  begin
    for v_table in
      select c.oid from pg_class as c
       where c.relkind = 'r' and c.relnamespace in ('commerce'::regnamespace, 'audit'::regnamespace)
    loop
      execute format('alter table %s set (autovacuum_enabled = off)', v_table);
    end loop;
  end
  $$`);
await client.query('analyze');
const { rows: settings } = await client.query<{ major: string; pages: string }>(
  `select (current_setting('server_version_num')::int / 10000)::text as major,
          current_setting('full_page_writes') as pages`,
);
const { major = '', pages = '' } = settings[0] ?? {};
const budget: Budget = JSON.parse(await readFile(file, 'utf8'));

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

const measure = (name: string): Promise<Cost> =>
  withOperation(name, async ({ asker, text, run }) => {
    const before = await rowsLogged();
    const runs = await statementsRun(client, asker, run);
    return costOf(runs, text, (await rowsLogged()) - before);
  });

/**
 * The least of some rounds. The first ones fill the connection's caches, and what happens in other databases of the
 * server empties them now and then: a plan is then made anew, and pages of the catalogue are read again.
 */
async function measureWarm(name: string): Promise<Cost> {
  await client.query('vacuum (freeze)');
  for (let round = 0; round < 6; round += 1) await measure(name);
  const rounds: Cost[] = [];
  for (let round = 0; round < 6; round += 1) rounds.push(await measure(name));
  const least = (key: keyof Cost) => Math.min(...rounds.map((cost) => cost[key]));
  return {
    statements: least('statements'),
    logged: least('logged'),
    pages: least('pages'),
    wal: least('wal'),
  };
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
    t.ok(
      isWithinTenth(cost.pages, most.pages),
      `${name}: pages, ${cost.pages} where ${most.pages} are expected`,
    );
    if (pages === 'off') {
      t.ok(
        isWithinTenth(cost.wal, most.wal),
        `${name}: bytes of WAL, ${cost.wal} where ${most.wal} are expected`,
      );
    }
  }
});

function isWithinTenth(actual: number, expected: number): boolean {
  return Math.abs(actual - expected) <= expected / 10;
}
