import type pg from 'pg';
import { SafeError } from 'postgraphile/grafast';
import { isPooled } from '../database/commerce-client.ts';
import { setAll, transactionSettings } from '../database/connection-settings.ts';
import { outcomeUnknown, toCommerceError, UnavailableError } from '../database/errors.ts';
import { connect, orUnavailable } from '../database/pool.ts';
import type { Statement } from '../database/prepared-query.ts';
import type { Exchange } from './exchange.ts';
import { limits } from './limits.ts';

/** The settings of a request's every transaction. */
export type Settings = {
  role: string;
  'commerce.session': string;
  'commerce.request_id': string;
  statement_timeout: string;
};

// Compiling a statement takes longer than any of ours runs.
const enterStatement = `select set_config('role', $1, true), set_config('commerce.session', $2, true),
       set_config('commerce.request_id', $3, true), set_config('statement_timeout', $4, true),
       set_config('lock_timeout', $5, true), set_config('jit', 'off', true)`;

function enter(client: pg.PoolClient, settings: Settings): Statement {
  const { role, 'commerce.session': session, 'commerce.request_id': requestId, statement_timeout } = settings;
  const values = [role, session, requestId, statement_timeout, String(limits.lockTimeoutMilliseconds)];
  if (!isPooled(client)) return { text: enterStatement, values };
  return { text: `${enterStatement}, ${setAll('$6', '$7')}`, values: [...values, ...transactionSettings()] };
}

type Request = Pick<Exchange, 'signal' | 'operation'>;

const requests = new WeakMap<Settings, Request>();

/** The settings of a request that begins no more transactions once its signal is aborted. */
export function settingsOf(request: Request, settings: Settings): Settings {
  requests.set(settings, request);
  return settings;
}

/** Whether these are settings of a mutation, which may change something. */
export function isMutation(settings: Settings): boolean {
  return requests.get(settings)?.operation?.type === 'mutation';
}

function refuseAborted(settings: Settings): void {
  if (requests.get(settings)?.signal?.aborted) throw new SafeError('it took too long', { code: 'TIMEOUT' });
}

/** Throws what COMMIT threw; OUTCOME_UNKNOWN if something may have been changed, and nobody knows. */
async function commit(client: pg.PoolClient, settings: Settings): Promise<void> {
  try {
    await client.query('commit');
  } catch (error) {
    const failure = toCommerceError(orUnavailable(client, error));
    const isLost = failure instanceof UnavailableError && failure.reason === null;
    throw isLost && isMutation(settings) ? outcomeUnknown(error) : failure;
  }
}

/**
 * A transaction that begins with the settings. Its first statement is sent without waiting for the
 * answers to what goes before; if the settings are refused, so is everything after them.
 */
export async function inSession<T>(
  pool: pg.Pool,
  settings: Settings,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  refuseAborted(settings);
  const client = await connect(pool);
  // A connection whose transaction may still be open is closed, never handed to the next request.
  let isClean = true;
  try {
    refuseAborted(settings);
    isClean = false;
    const opened = Promise.all([client.query('begin'), client.query(enter(client, settings))]);
    opened.catch(() => {});
    try {
      const result = await work(client);
      await opened;
      await commit(client, settings);
      isClean = true;
      return result;
    } catch (error) {
      isClean = await client.query('rollback').then(
        () => true,
        () => false,
      );
      await opened;
      throw error;
    }
  } catch (error) {
    throw orUnavailable(client, error);
  } finally {
    client.release(!isClean);
  }
}
