import pg from 'pg';
import { CommerceClient, type CommerceClientConfig } from './commerce-client.ts';
import { toCommerceError, unavailable } from './errors.ts';
import { valueTypes } from './value-types.ts';

/** The driver has no code for a connection that broke: the connection is asked, not the message. */
const lost = new WeakSet<pg.ClientBase>();

export function createPool(config: pg.PoolConfig & CommerceClientConfig): pg.Pool {
  const Client = CommerceClient as unknown as NonNullable<pg.PoolConfig['Client']>;
  // BEGIN, the session and the first statement travel in one round trip.
  const pool = new pg.Pool({ ...config, Client, types: valueTypes, keepAlive: true, pipeline: true });
  // A connection that is lost fails the work that runs on it, or is replaced if none does; without
  // these listeners, one for idle connections and one for those in use, it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => {
    const lose = () => lost.add(client);
    client.on('error', lose).on('end', lose);
  });
  return pool;
}

/** The typed error for what a query on this connection threw. */
export function explain(client: pg.ClientBase, error: unknown): unknown {
  return lost.has(client) ? unavailable(error) : toCommerceError(error);
}

/** A connection of the pool; UNAVAILABLE when there is none in time. */
export async function connect(pool: pg.Pool, signal?: AbortSignal): Promise<pg.PoolClient> {
  const connecting = pool.connect().catch((error: unknown) => {
    throw unavailable(error);
  });
  try {
    return await orAborted(connecting, signal);
  } catch (error) {
    // It may still come, and nobody waits for it any more.
    connecting.then(
      (client) => client.release(),
      () => {},
    );
    throw error;
  }
}

/** Runs one statement outside of any transaction. Throws a CommerceError. */
export async function ask<R extends pg.QueryResultRow>(
  pool: pg.Pool,
  text: string,
  values: unknown[],
): Promise<R[]> {
  const client = await connect(pool);
  try {
    return (await client.query<R>(text, values)).rows;
  } catch (error) {
    throw explain(client, error);
  } finally {
    client.release();
  }
}

/** What the promise comes to, or the signal's reason as soon as there is one. */
export async function orAborted<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (signal === undefined) return promise;
  let abort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
  });
  try {
    return await Promise.race([aborted, promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

const cancelMilliseconds = 5_000;

/**
 * Asks the server to cancel what the connection runs, as PostgreSQL's protocol has it: on a connection of its
 * own with the other one's key, which a pooler passes on. If that fails the statement runs to its end.
 */
export async function cancelStatement(client: pg.PoolClient): Promise<void> {
  const { host, port, ssl, processID, secretKey } = client as pg.PoolClient & {
    processID: number;
    secretKey: number;
  };
  const connection = new pg.Connection({ ssl } as pg.ConnectionConfig) as pg.Connection & {
    connect(portOrPath: number | string, host?: string): void;
    requestSsl(): void;
    cancel(processID: number, secretKey: number): void;
  };
  const cancel = () => connection.cancel(processID, secretKey);
  connection.on('error', () => {});
  connection.on('connect', ssl ? () => connection.requestSsl() : cancel);
  connection.on('sslconnect', cancel);
  const socket = connection.stream;
  const patience = setTimeout(() => socket.destroy(), cancelMilliseconds);
  // The server closes it when the signal has been sent.
  const ended = new Promise<void>((resolve) => connection.once('end', () => resolve()));
  if (host.startsWith('/')) connection.connect(`${host}/.s.PGSQL.${port}`);
  else connection.connect(port, host);
  await ended;
  clearTimeout(patience);
}
