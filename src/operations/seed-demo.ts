import type pg from 'pg';
import { NotFoundError } from '../database/errors.ts';
import { resolveTenant } from '../queries/tenant.ts';
import { withClient } from './client.ts';

/** What the database refuses to go beyond, for those who ask before. */
export const seedLimits = { tenants: 9999, scale: 10_000, seed: 9999 };

type SeedOptions = {
  /** The login commerce_worker_login's. */
  connectionString: string;
  tenants?: number;
  /** 1 is a small shop with rows in every table; each further 1 adds 100 orders to every merchant. */
  scale?: number;
  seed?: number;
  /** Called before each transaction, and once when all is done. */
  onProgress?: (done: number, total: number) => void;
};

/** Each transaction belongs to the worker, as a machine enters one tenant a transaction. */
async function asWorker<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query(`begin; select set_config('role', 'commerce_worker', true)`);
  try {
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

/**
 * Makes demo merchants 1 to `tenants`, and their orders in steps of 100. What is there is left as it is, so a
 * run that was stopped can be repeated.
 */
export async function seedDemo({
  connectionString,
  tenants = 2,
  scale = 1,
  seed = 1,
  onProgress = () => {},
}: SeedOptions): Promise<void> {
  const total = tenants * scale;
  await withClient(connectionString, async (client) => {
    for (let done = 0; done < total; done++) {
      onProgress(done, total);
      const number = Math.floor(done / scale) + 1;
      const step = (done % scale) + 1;
      await asWorker(client, () =>
        step === 1
          ? client.query('select internal.seed_demo($1, $2)', [number, seed])
          : client.query('select internal.seed_demo_batch($1, $2, $3)', [number, step, seed]),
      );
    }
  });
  onProgress(total, total);
}

export type DemoMerchant = { tenantId: string; name: string; ownerSubject: string };

/** The first demo merchants, as far as the database has them. */
export async function demoMerchants(connectionString: string, count = 2): Promise<DemoMerchant[]> {
  return withClient(connectionString, async (client) => {
    const merchants: DemoMerchant[] = [];
    for (let number = 1; number <= count; number++) {
      const host = `demo-${number}.example`;
      try {
        const { tenantId, name } = await asWorker(client, () => resolveTenant.run({ host }, client));
        merchants.push({ tenantId, name, ownerSubject: `demo-owner-${number}` });
      } catch (error) {
        if (!(error instanceof NotFoundError)) throw error;
      }
    }
    return merchants;
  });
}
