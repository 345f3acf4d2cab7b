import type pg from 'pg';
import { CommerceClient } from '../database/commerce-client.ts';
import { UserError } from './user-error.ts';

/** Runs the work on one connection; a server that cannot be reached is one clear line. */
export async function withClient<T>(
  connectionString: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new CommerceClient({
    connectionString,
    application_name: 'ccdb',
    connectionTimeoutMillis: 15_000,
  });
  // A lost connection fails the running query; without a listener it would end the process as well.
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (cause) {
    // A host with several addresses fails with an empty message and a code.
    const { message, code } = cause as Error & { code?: string };
    const { host, pathname } = new URL(connectionString);
    throw new UserError(`cannot connect to the database ${host}${pathname}: ${message || code}`, { cause });
  }
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
