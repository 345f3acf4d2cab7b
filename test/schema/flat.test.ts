import type pg from 'pg';
import t from 'tap';
import type { PreparedQuery } from '../../src/index.ts';
import * as queries from '../../src/queries/index.ts';
import { makeCases, type QueryName } from '../queries/cases.ts';
import { openStage, type Tx } from '../queries/stage.ts';
import { crowd } from './crowd.ts';
import { type Asker, enter, readersOf, statementsRun } from './plan-nodes.ts';

type AnyQuery = PreparedQuery<object, object, unknown>;

/**
 * What a statement reads does not grow with the shop. Every typed query runs on a merchant who has grown, among other
 * merchants, and every plan of it is looked at: its own, and those of its views, functions, triggers and foreign keys.
 */
const size = Number(process.env.SIZE ?? 10_000);
/** More than a page of a list and what belongs to its rows, and far less than a table. */
const limit = 1_200;

/** The queries whose cost grows with what they are asked for, and why. */
const grows: Partial<Record<QueryName, string>> = {};

const stage = await openStage(t);
const cases = makeCases(stage);
const all = Object.values(queries) as unknown as AnyQuery[];
const client = await stage.scene.installer.connect();
t.teardown(() => client.release());
await client.query(`load 'auto_explain'`);
await crowd(client, stage.tenantId, size);

const { tenantId } = stage;
const tx: Tx = {
  run: (query, params) => query.run({ ...params, tenantId } as never, client),
  sql: async <R extends pg.QueryResultRow>(text: string, values?: unknown[]) =>
    (await client.query<R>(text, values)).rows,
};

/** The statements that a query runs with the parameters of its case, and which of their nodes read too much. */
async function readersOfQuery(query: AnyQuery, asker: Asker, mode: string) {
  await client.query('begin');
  try {
    await enter(client, asker);
    const params = [await cases[query.name as QueryName][1](tx)].flat();
    await client.query(`reset role; set local plan_cache_mode = ${mode}`);
    return await statementsRun(client, asker, async () => {
      for (const each of params) await tx.run(query, each);
    });
  } finally {
    await client.query('rollback');
  }
}

for (const statistics of ['before anything is analyzed', 'analyzed']) {
  t.test(statistics, async (t) => {
    if (statistics === 'analyzed') await client.query('analyze');
    for (const query of all) {
      const name = query.name as QueryName;
      const [door] = [cases[name][0]].flat();
      if (door === undefined) throw new Error(`nobody runs ${name}`);
      const asker = await stage.asker(door);
      for (const mode of (process.env.MODES ?? 'force_custom_plan,force_generic_plan').split(',')) {
        try {
          const runs = await readersOfQuery(query, asker, mode);
          t.ok(runs.length > 0, `${name}: its plans are seen`);
          for (const { text, nodes } of runs) {
            const r = readersOf(nodes, limit);
            if (r.length)
              console.log(
                'READ',
                statistics,
                mode,
                name,
                '|',
                text.replace(/\s+/g, ' ').slice(0, 260),
                '|',
                r.join('; '),
              );
          }
        } catch (e) {
          console.log(
            'FAILED',
            name,
            String(e),
            (e as any).cause?.constraint,
            (e as any).cause?.where?.slice(0, 300),
          );
        }
      }
    }
  });
}
