import t from 'tap';
import { crowd } from '../schema/crowd.ts';
import { openOperations, operations } from './operations.ts';

/**
 * A connection plans each statement of an operation once, and not at each call: planning can cost more than all the
 * rest. PostgreSQL decides it by what plans for one merchant and for any merchant cost on paper, so this looks at a shop
 * that has grown among small ones.
 */

/** Statements that are planned at each call, how many, and why. */
const plannedAnew: Record<string, [number, string]> = {
  'search of products': [1, 'filters that are not given are left out of its statement'],
  inbox: [3, 'filters that are not given are left out of the statement of each of its three pages'],
  board: [3, 'a page of orders has a plan for one status, and for the filters that are given'],
  'message in': [1, 'a plan for any number of forms of a telephone number reads all customers'],
};

const { client, tenantId, withOperation } = await openOperations(t);
await crowd(client, tenantId, 10_000);
await client.query('vacuum analyze');
const { rows } = await client.query<{ version: number }>(
  `select current_setting('server_version_num')::int as version`,
);
const isBefore18 = (rows[0]?.version ?? 0) < 180_000;

let planned = 0;
client.on('notice', ({ message }) => {
  if (message === 'PLANNER STATISTICS') planned += 1;
});

async function plansOf(name: string): Promise<number> {
  // PostgreSQL decides after five calls, and what several operations run is planned by the first of them.
  for (let round = 0; round < 10; round += 1) await withOperation(name, ({ run }) => run());
  return withOperation(name, async ({ asker, run }) => {
    await client.query('reset role; set local log_planner_stats = on; set local client_min_messages = log');
    await client.query(`select set_config('role', $1, true)`, [asker.role]);
    planned = 0;
    await run();
    return planned;
  });
}

t.test(
  'an operation plans its statements once',
  { skip: isBefore18 && 'before PostgreSQL 18 functions in SQL are planned at each call' },
  async (t) => {
    for (const name of Object.keys(operations)) {
      const [count, why] = plannedAnew[name] ?? [0, 'each has a plan for all calls'];
      t.equal(await plansOf(name), count, `${name}: ${why}`);
    }
  },
);
