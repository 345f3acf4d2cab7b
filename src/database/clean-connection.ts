import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { explain } from './pool.ts';

/** Milliseconds that cleaning may take; a connection that is slower is to be closed. */
const patience = 5_000;

type Internals = {
  connection?: { parsedStatements: object; submittedNamedStatements: object };
};

/** The identity of each connection that was entered, until it is cleaned. */
const identities = new WeakMap<object, string>();

/** Notes whose the connection is; false if it still is somebody else's. */
export function claim(connection: object, identity: string): boolean {
  const former = identities.get(connection);
  if (former !== undefined && former !== identity) return false;
  identities.set(connection, identity);
  return true;
}

/**
 * Takes everything from a connection that SQL may have left on it: an open transaction, settings, the role,
 * prepared statements, cursors, temporary objects, advisory locks, LISTEN, the values of sequences, the seed of
 * random(). The settings that the connection began with come back, and `Database.enter` takes any identity.
 *
 * Throws a CommerceError if it fails or takes more than five seconds: then close the connection, as
 * `client.release(true)` does.
 */
export async function cleanConnection(client: pg.ClientBase): Promise<void> {
  const ask = (text: string) => client.query({ text, query_timeout: patience } as pg.QueryConfig);
  // DISCARD ALL leaves the seed, and nothing sets it back to one that nobody knows.
  const seed = randomBytes(6).readUIntBE(0, 6) / 2 ** 47 - 1;
  try {
    if (client.getTransactionStatus() !== 'I') await ask('rollback');
    await Promise.all([ask('discard all'), ask(`select pg_catalog.setseed(${seed})`)]);
  } catch (error) {
    throw explain(client, error);
  }
  // The driver would go on using the prepared statements that it remembers.
  const { connection } = client as Internals;
  if (connection) Object.assign(connection, { parsedStatements: {}, submittedNamedStatements: {} });
  identities.delete(client);
}
