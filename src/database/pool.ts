import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { CommerceClient, type CommerceClientConfig } from './commerce-client.ts';
import { CommerceError, toCommerceError, unavailable } from './errors.ts';
import { orAborted } from './or-aborted.ts';
import { Pulse, type PulseOptions } from './pulse.ts';

/** The driver has no code for a connection that broke: the connection is asked, not the message. */
const lost = new WeakSet<pg.ClientBase>();

const pulses = new WeakMap<pg.Pool, Pulse>();

/** A pool whose connections may break or fall silent at any moment: what runs on them fails, and nothing else. */
export function createPool(
  config: pg.PoolConfig & CommerceClientConfig,
  options: PulseOptions = {},
): pg.Pool {
  // BEGIN, the session and the first statement travel in one round trip.
  const whole = { ...config, keepAlive: true, keepAliveInitialDelayMillis: 10_000, pipeline: true };
  const pool = new pg.Pool({
    ...whole,
    Client: class extends CommerceClient {
      constructor(each: CommerceClientConfig) {
        super({ ...each, absence: () => pulse.absence });
        // Without a listener of its own for as long as it lives, one that breaks while it is used would end
        // the process.
        this.on('error', () => {
          lost.add(this);
          pulse.doubt();
        });
        pulse.watch(this);
      }
    } as unknown as NonNullable<pg.PoolConfig['Client']>,
  });
  const pulse = new Pulse(pool, whole, options);
  pulses.set(pool, pulse);
  // What breaks while it is idle is replaced.
  pool.on('error', () => {});
  return pool;
}

/** Whether the pool's server answers. */
export function pulseOf(pool: pg.Pool): Pulse {
  const pulse = pulses.get(pool);
  if (pulse === undefined) throw new TypeError('createPool makes the pools of this package');
  return pulse;
}

/** Ends the pool after the work that is under way, which is cut off after so many milliseconds. */
export async function endPool(pool: pg.Pool, patience: number): Promise<void> {
  await Promise.race([pool.end(), sleep(patience)]);
  pulseOf(pool).abandon();
}

/** Whether the connection has broken, or was closed because it was silent for too long. */
export function isLost(client: pg.ClientBase): boolean {
  return lost.has(client) || (client as pg.Client).connection.stream.destroyed;
}

/** What a query on this connection threw, or UNAVAILABLE if the connection was lost. */
export function orUnavailable(client: pg.ClientBase, error: unknown): unknown {
  return isLost(client) && !(error instanceof CommerceError) ? unavailable(error) : error;
}

/** The typed error for what a query on this connection threw. */
export function explain(client: pg.ClientBase, error: unknown): unknown {
  return toCommerceError(orUnavailable(client, error));
}

/** A connection of the pool; UNAVAILABLE when there is none in time, at once, or almost, while the server is away. */
export async function connect(pool: pg.Pool, signal?: AbortSignal): Promise<pg.PoolClient> {
  const pulse = pulseOf(pool);
  for (;;) {
    const client = await take(pool, pulse, signal);
    if (!pulse.isSuspect(client)) return client;
    client.release(true);
  }
}

async function take(pool: pg.Pool, pulse: Pulse, signal?: AbortSignal): Promise<pg.PoolClient> {
  if (pulse.absence.aborted && !(await pulse.isBack())) pulse.absence.throwIfAborted();
  const { absence } = pulse;
  const connecting = pool.connect().catch((error: unknown) => {
    pulse.doubt();
    throw unavailable(error);
  });
  try {
    return await orAborted(orAborted(connecting, absence), signal);
  } catch (error) {
    // It may still come, and nobody waits for it any more.
    connecting.then(
      (client) => client.release(),
      () => {},
    );
    throw error;
  }
}

/** Sends what is asked on the connection within this turn of the event loop in one packet. */
export function sendTogether(client: pg.ClientBase): void {
  const { stream } = (client as pg.Client).connection;
  stream.cork();
  process.nextTick(() => stream.uncork());
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

/** How long an abort waits until the server has cancelled the statement and taken the work back. */
export const abortPatience = 1_000;

/**
 * Cancels what the connection runs, until it has answered: a request that comes before its statement cancels
 * nothing. If the server cannot be asked the statement runs to its end.
 */
export async function cancelUntil(client: pg.PoolClient, answered: Promise<unknown>): Promise<void> {
  let isAnswered = false;
  const answer = answered.then(() => {
    isAnswered = true;
  });
  const end = performance.now() + abortPatience;
  while (!isAnswered && performance.now() < end) {
    await requestCancellation(client);
    await Promise.race([answer, sleep(50)]);
  }
}

/**
 * Asks the server to cancel what the connection runs, as PostgreSQL's protocol has it: on a connection of its
 * own with the other one's key, which a pooler passes on.
 */
async function requestCancellation(client: pg.PoolClient): Promise<void> {
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
  const patience = setTimeout(() => socket.destroy(), abortPatience);
  // The server closes it when the signal has been sent.
  const ended = new Promise<void>((resolve) => connection.once('end', () => resolve()));
  if (host.startsWith('/')) connection.connect(`${host}/.s.PGSQL.${port}`);
  else connection.connect(port, host);
  await ended;
  clearTimeout(patience);
}
