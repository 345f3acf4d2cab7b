import pg from 'pg';
import { withClient } from './client.ts';

type SeedOptions = {
  /** The login commerce_worker_login's. */
  connectionString: string;
  tenants?: number;
  scale?: number;
  seed?: number;
  log?: (line: string) => void;
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

/** Makes demo merchants 1 to `tenants`; those that are there are left as they are. */
export async function seedDemo({
  connectionString,
  tenants = 2,
  scale = 1,
  seed = 1,
  log = () => {},
}: SeedOptions): Promise<void> {
  await withClient(connectionString, async (client) => {
    for (let number = 1; number <= tenants; number++) {
      log(`demo merchant ${number} of ${tenants}`);
      await asWorker(client, 'select internal.seed_demo($1, $2, $3)', [number, scale, seed]);
    }
  });
}

export type DemoMerchant = { tenantId: string; name: string; ownerSubject: string };

/** The first demo merchants, as far as the database has them. */
export async function demoMerchants(connectionString: string, count = 2): Promise<DemoMerchant[]> {
  return withClient(connectionString, async (client) => {
    const merchants: DemoMerchant[] = [];
    for (let number = 1; number <= count; number++) {
      const sql = 'select tenant_id, name from internal.resolve_tenant($1)';
      try {
        const found = await asWorker<{ tenant_id: string; name: string }>(client, sql, [
          `demo-${number}.example`,
        ]);
        if (found === undefined) continue;
        merchants.push({ tenantId: found.tenant_id, name: found.name, ownerSubject: `demo-owner-${number}` });
      } catch (error) {
        if (!(error instanceof pg.DatabaseError && error.code === 'SCNTF')) throw error;
      }
    }
    return merchants;
  });
}
