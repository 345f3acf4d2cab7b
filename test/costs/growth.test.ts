import { writeFile } from 'node:fs/promises';
import t, { type Test } from 'tap';
import { backendCpu, median } from '../../bench/cpu.ts';
import { crowd } from '../schema/crowd.ts';
import { drawCurves } from './curves.ts';
import { openOperations, operations } from './operations.ts';

/**
 * What an operation costs does not grow with the shop: CPU time of the backend in a merchant of so many rows in every
 * table that grows. It takes minutes and a quiet machine, so it runs by hand, and draws docs/growth.svg:
 *   LONG=1 npm test -- test/costs/growth.test.ts
 */
const sizes = (process.env.SIZES ?? '1000,10000,100000,1000000').split(',').map(Number);
const rounds = Number(process.env.ROUNDS ?? 31);
const most = 1.3;

/** Milliseconds of CPU of each operation in a merchant of that size. */
async function costsAt(t: Test, size: number): Promise<Map<string, number>> {
  const { client, tenantId, withOperation } = await openOperations(t);
  await crowd(client, tenantId, size);
  await client.query('vacuum analyze');
  const costs = new Map<string, number>();
  for (const name of Object.keys(operations)) {
    const spent: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      spent.push(await withOperation(name, ({ run }) => backendCpu(client, run)));
    }
    // The first rounds fill the connection's caches.
    costs.set(name, median(spent.slice(rounds >> 2)) * 1000);
  }
  return costs;
}

t.test('cost by size', { skip: !process.env.LONG && 'it runs by hand: LONG=1' }, async (t) => {
  const costs = new Map<number, Map<string, number>>();
  for (const size of sizes)
    await t.test(`${size} rows`, async (t) => void costs.set(size, await costsAt(t, size)));
  const at = (name: string, size: number | undefined) => costs.get(size ?? 0)?.get(name) ?? Number.NaN;

  for (const name of Object.keys(operations)) {
    const factor = at(name, sizes.at(-1)) / at(name, sizes[0]);
    const each = sizes.map((size) => at(name, size).toFixed(2)).join(', ');
    t.ok(factor <= most, `${name}: ${factor.toFixed(2)} times (${each} ms)`);
  }
  const curves = Object.keys(operations).map((name) => ({
    name,
    points: sizes.map((size) => ({ size, factor: at(name, size) / at(name, sizes[0]) })),
  }));
  await writeFile(new URL('../../docs/growth.svg', import.meta.url), drawCurves(curves, most));
});
