import { setTimeout as sleep } from 'node:timers/promises';
import { withClient } from '../operations/client.ts';
import { dropDatabase } from './throw-away.ts';

/** Run as a program of its own: drops every database whose name begins with the prefix. */
const [prefix = ''] = process.argv.slice(2);
const url = process.env.THROW_AWAY_URL ?? '';
const patience = 15_000;

// Clients of the process that has ended may still be connected, and a new database may be on its way.
const deadline = Date.now() + patience;
for (;;) {
  try {
    const names = await withClient(url, async (client) => {
      const found = await client.query<{ datname: string }>(
        `select datname from pg_database where length($1) > 0 and starts_with(datname, $1)`,
        [prefix],
      );
      return found.rows.map(({ datname }) => datname);
    });
    for (const name of names) await dropDatabase(url, name);
    break;
  } catch (error) {
    if (Date.now() > deadline) throw error;
    await sleep(500);
  }
}
