import t from 'tap';
import { ForbiddenError } from '../../src/index.ts';
import * as finders from '../../src/model/finders.ts';
import * as queries from '../../src/queries/index.ts';
import { openStage } from './stage.ts';
import { type Params, type Query, validParams } from './valid.ts';

/**
 * A query that is for others is refused with whom it is for. Which queries these are is found by running each as
 * everybody: PostgreSQL itself refuses a statement for which a role has no rights, before it does anything.
 */
const stage = await openStage(t);
const doors = {
  member: 'owner',
  buyer: 'buyer',
  anonymous: 'visitor',
  worker: 'worker',
  platform: 'platform',
} as const;
const callers = Object.keys(doors) as (keyof typeof doors)[];
const all = Object.entries({ ...queries, ...finders }) as unknown as [string, Query][];

let refused = 0;

for (const [name, query] of all) {
  t.test(name, async (t) => {
    const { valid } = await validParams(stage.scene.installer, query);
    const forbidden = new Map<string, ForbiddenError>();
    for (const caller of callers) {
      await stage
        .enter(doors[caller], (tx) => tx.run(query, valid as Omit<Params, 'tenantId'>))
        .catch((error: unknown) => {
          if (error instanceof ForbiddenError && error.sqlState === '42501') forbidden.set(caller, error);
        });
    }
    const permission = callers.filter((caller) => !forbidden.has(caller)).join(' or ');
    t.ok(permission, 'somebody may run it');
    for (const [caller, error] of forbidden) {
      refused += 1;
      t.equal(error.permission, permission, `for a ${caller}: ${error.message}`);
      t.equal(error.message, `${name} is for a ${permission} only`);
    }
  });
}

t.test('there was something to refuse', async (t) => {
  t.ok(refused > 700, `${refused} refused`);
});
