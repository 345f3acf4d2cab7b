import { writeFile } from 'node:fs/promises';
import t, { type Test } from 'tap';
import { backendCpu, median } from '../../bench/cpu.ts';
import { crowd } from '../schema/crowd.ts';
import { drawCurves } from './curves.ts';
import { openOperations, operations } from './operations.ts';

/**
 * What an operation costs does not grow with the shop, nor with the number of merchants: CPU time of the backend. The
 * shops of all sizes stand side by side, and take turns, so that what else the machine does hits all alike. It takes
 * long, so it runs by hand, and draws docs/growth.svg and docs/growth-merchants.svg:
 *   LONG=1 npm test -- test/costs/growth.test.ts
 */
const list = (text: string) => text.split(',').map(Number);
const sizes = list(process.env.SIZES ?? '1000,10000,100000,1000000');
const merchants = list(process.env.MERCHANTS ?? '1,10,100,1000');
const rounds = Number(process.env.ROUNDS ?? 31);
/** The first rounds fill the connections' caches. */
const warmUp = 8;
const most = 1.3;
/** What each other merchant has in each table. */
const rowsOfOthers = 10;

type Shop = { point: number; rows: number; merchants: number };

const growths: { file: string; axis: string; shops: Shop[] }[] = [
  {
    file: 'growth.svg',
    axis: 'rows in each table that grows',
    shops: sizes.map((rows) => ({ point: rows, rows, merchants: 1_000 })),
  },
  {
    file: 'growth-merchants.svg',
    axis: 'other merchants',
    shops: merchants.map((count) => ({ point: count, rows: 1_000, merchants: count })),
  },
];

async function openShop(t: Test, { rows, merchants }: Shop) {
  const opened = await openOperations(t);
  await crowd(opened.client, opened.tenantId, rows, { merchants, ofOthers: merchants * rowsOfOthers });
  await opened.client.query('vacuum analyze');
  return opened;
}

/** Milliseconds of CPU that an operation takes in each of the shops, the median of rounds in which they take turns. */
async function costsIn(shops: Awaited<ReturnType<typeof openShop>>[], name: string): Promise<number[]> {
  const spent: number[][] = shops.map(() => []);
  for (let round = 0; round < warmUp + rounds; round += 1) {
    for (const [i, { client, withOperation }] of shops.entries()) {
      const cost = await withOperation(name, ({ run }) => backendCpu(client, run));
      if (round >= warmUp) spent[i]?.push(cost * 1000);
    }
  }
  return spent.map(median);
}

for (const { file, axis, shops } of growths) {
  t.test(`cost by ${axis}`, { skip: !process.env.LONG && 'it runs by hand: LONG=1' }, async (t) => {
    const opened: Awaited<ReturnType<typeof openShop>>[] = [];
    for (const shop of shops) opened.push(await openShop(t, shop));
    const curves: Parameters<typeof drawCurves>[0] = [];
    for (const name of Object.keys(operations)) {
      const costs = await costsIn(opened, name);
      const points = shops.map(({ point }, i) => ({
        size: point,
        factor: (costs[i] ?? Number.NaN) / (costs[0] ?? Number.NaN),
      }));
      const factor = points.at(-1)?.factor ?? Number.NaN;
      const each = costs.map((cost) => cost.toFixed(2)).join(', ');
      t.ok(factor <= most, `${name}: ${factor.toFixed(2)} times (${each} ms)`);
      curves.push({ name, points });
    }
    await writeFile(new URL(`../../docs/${file}`, import.meta.url), drawCurves(curves, most, axis));
  });
}
