import type pg from 'pg';
import { SafeError } from 'postgraphile/grafast';
import { isPooled } from '../database/commerce-client.ts';
import { type Settings, transactionSettings } from '../database/connection-settings.ts';
import { type Entered, enterSession } from '../database/enter-session.ts';
import {
  ConcurrentChangeError,
  outcomeUnknown,
  toCommerceError,
  UnavailableError,
} from '../database/errors.ts';
import { connect, orUnavailable, sendTogether } from '../database/pool.ts';
import type { Session } from '../database/session.ts';
import { forgetPosition, notePosition, type Standby } from '../database/standby.ts';
import { limits } from './limits.ts';
import { askInSession, hasRead, type Named, type Rows, type Statement } from './query-in-session.ts';

/** What every transaction of a request begins with, and the request itself. */
export type RequestSession = Entered & {
  /** Where it differs from requestSettings. */
  settings?: Settings;
  /** The caller's; null for a visitor of no storefront. */
  session: Session | null;
  request: { readonly signal?: AbortSignal; operation?: { type: string } };
};

/** What the connections of requests begin with. */
export const requestSettings: Settings = {
  statement_timeout: String(limits.statementTimeoutMilliseconds),
  lock_timeout: String(limits.lockTimeoutMilliseconds),
  // Compiling a statement takes longer than any of ours runs.
  jit: 'off',
};

const settingsOfPooled: Settings = { ...transactionSettings(), ...requestSettings };

/**
 * Which index serves a list with a condition depends on how many rows match, so each is planned for its values, among
 * them the tenant, which it names for this (plans/paging.ts). Any other statement has one plan for all.
 */
export function planMode(text: string): 'force_custom_plan' | 'auto' {
  return /\btenant_id = \$\d/.test(text) ? 'force_custom_plan' : 'auto';
}

/** A connection reads it once. */
function enter(client: pg.PoolClient, session: RequestSession, mode: ReturnType<typeof planMode>): Named {
  const { settings } = session;
  const all = { ...(isPooled(client) && settingsOfPooled), ...settings, plan_cache_mode: mode };
  const entering = enterSession(session, all);
  return { name: `enter session ${entering.values.length}`, ...entering };
}

/** Whether it is a session of a mutation, which may change something. */
export function isMutation({ request }: RequestSession): boolean {
  return request.operation?.type === 'mutation';
}

/** Whether each statement may be a transaction of its own, because nothing is changed. */
function isQuery({ request }: RequestSession): boolean {
  return request.operation?.type === 'query';
}

/** A connection to the standby, for a query that may read there. */
export async function readingPlace(
  standby: Standby | undefined,
  given: RequestSession,
): Promise<pg.PoolClient | undefined> {
  if (given.session === null || !isQuery(given)) return undefined;
  return standby?.connect(given.session, given.request.signal);
}

/** Whether a query failed for a reason of the standby alone: it was lost, or replaying went before reading. */
export function isOfStandby(error: unknown): boolean {
  const known = toCommerceError(error);
  return known instanceof UnavailableError || known instanceof ConcurrentChangeError;
}

function refuseAborted({ request }: RequestSession): void {
  if (request.signal?.aborted) throw new SafeError('it took too long', { code: 'TIMEOUT' });
}

/** Throws what COMMIT threw; OUTCOME_UNKNOWN if something may have been changed, and nobody knows. */
async function commit(client: pg.PoolClient, request: RequestSession): Promise<void> {
  const committing = client.query('commit');
  const { session } = request;
  // Asked together with COMMIT, and so behind it in the primary's log.
  const noting = isMutation(request) && session?.position !== undefined && notePosition(client, session);
  try {
    await committing;
    await noting;
  } catch (error) {
    const failure = toCommerceError(orUnavailable(client, error));
    const isLost = failure instanceof UnavailableError && failure.reason === null;
    if (!isLost || !isMutation(request)) throw failure;
    if (session) forgetPosition(session);
    throw outcomeUnknown(error);
  }
}

/** Sends a statement on the connection. */
export type Ask = (statement: Statement) => Promise<Rows>;
export type Work<T> = (client: pg.PoolClient, ask: Ask) => Promise<T>;

/** A transaction in the session, on a connection of the pool. */
export async function inSession<T>(pool: pg.Pool, session: RequestSession, work: Work<T>): Promise<T> {
  refuseAborted(session);
  return inSessionOn(await connect(pool), session, work);
}

/**
 * A transaction in the session, on this connection, which is then given back. Its first statement is sent without
 * waiting for the answers to what goes before; if the session is refused, so is everything after them. A query's
 * statements are a transaction each, once the connection knows how to enter a session.
 */
export async function inSessionOn<T>(
  client: pg.PoolClient,
  session: RequestSession,
  work: Work<T>,
): Promise<T> {
  // A connection whose transaction may still be open is closed, never handed to the next request.
  let isClean = true;
  try {
    refuseAborted(session);
    const entering = enter(client, session, 'auto');
    if (isQuery(session) && hasRead(client, entering)) {
      return await work(client, (statement) =>
        askInSession(client, enter(client, session, planMode(statement.text)), statement),
      );
    }
    isClean = false;
    sendTogether(client);
    const { name, ...unnamed } = entering;
    const opened = Promise.all([
      client.query('begin'),
      client.query(limits.preparedStatements > 0 ? entering : unnamed),
    ]);
    opened.catch(() => {});
    try {
      const result = await work(client, (statement) => client.query(statement));
      await opened;
      await commit(client, session);
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
