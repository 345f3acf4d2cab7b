import pg from 'pg';
import { type ResolveTenantResult, resolveTenant } from '../queries/tenant.ts';
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
async function asWorker<T>(client: pg.Client, sql: string, values: unknown[]): Promise<T | undefined> {
  await client.query(`begin; select set_config('role', 'commerce_worker', true)`);
  try {
    const { rows } = await client.query(sql, values);
    await client.query('commit');
    return rows[0];
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
      if (step === 1) await asWorker(client, 'select internal.seed_demo($1, $2)', [number, seed]);
      else await asWorker(client, 'select internal.seed_demo_batch($1, $2, $3)', [number, step, seed]);
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
      const { text, values } = resolveTenant.statement({ host: `demo-${number}.example` });
      try {
        const found = await asWorker<ResolveTenantResult>(client, text, values);
        if (found === undefined) continue;
        merchants.push({ tenantId: found.tenant_id, name: found.name, ownerSubject: `demo-owner-${number}` });
      } catch (error) {
        if (!(error instanceof pg.DatabaseError && error.code === 'SCNTF')) throw error;
      }
    }
    return merchants;
  });
}
