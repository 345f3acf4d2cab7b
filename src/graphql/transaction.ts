import type pg from 'pg';
import { SafeError } from 'postgraphile/grafast';
import { isPooled } from '../database/commerce-client.ts';
import { setAll, transactionSettings } from '../database/connection-settings.ts';
import type { Statement } from '../database/prepared-query.ts';

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
       set_config('jit', 'off', true)`;

function enter(client: pg.PoolClient, settings: Settings): Statement {
  const { role, 'commerce.session': session, 'commerce.request_id': requestId, statement_timeout } = settings;
  const values = [role, session, requestId, statement_timeout];
  if (!isPooled(client)) return { text: enterStatement, values };
  return { text: `${enterStatement}, ${setAll('$5', '$6')}`, values: [...values, ...transactionSettings()] };
}

const signals = new WeakMap<Settings, AbortSignal>();

/** The settings of a request that begins no more transactions once the signal is aborted. */
export function untilAborted(settings: Settings, signal: AbortSignal | undefined): Settings {
  if (signal !== undefined) signals.set(settings, signal);
  return settings;
}

function refuseAborted(settings: Settings): void {
  if (signals.get(settings)?.aborted) throw new SafeError('it took too long', { code: 'TIMEOUT' });
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
  const client = await pool.connect();
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
      await client.query('commit');
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
  } finally {
    client.release(!isClean);
  }
}
