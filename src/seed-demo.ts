import { withClient } from './client.ts';

type SeedOptions = {
  /** The login commerce_worker_login's. */
  connectionString: string;
  tenants?: number;
  scale?: number;
  seed?: number;
  log?: (line: string) => void;
};

/** Demo merchants, numbered from 1, each in a transaction of its own, as a machine may enter one tenant a transaction. */
export async function seedDemo({ connectionString, tenants = 2, scale = 1, seed = 1, log = () => {} }: SeedOptions): Promise<void> {
  await withClient(connectionString, async (client) => {
    for (let number = 1; number <= tenants; number++) {
      log(`demo merchant ${number} of ${tenants}`);
      await client.query('begin');
      await client.query(`select set_config('role', 'commerce_worker', true)`);
      await client.query('select internal.seed_demo($1, $2, $3)', [number, scale, seed]);
      await client.query('commit');
    }
  });
}
