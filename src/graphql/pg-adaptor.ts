import type pg from 'pg';
import type { PgClient, PgClientQuery, PgClientResult, WithPgClient } from 'postgraphile/@dataplan/pg';
import { SafeError } from 'postgraphile/grafast';
import type { Standby } from '../database/standby.ts';
import { limits } from './limits.ts';
import { unread } from './query-in-session.ts';
import { Semaphore } from './semaphore.ts';
import {
  type Ask,
  inSession,
  inSessionOn,
  isMutation,
  isOfStandby,
  type RequestSession,
  readingPlace,
} from './transaction.ts';

/** Names of the statements that a connection has prepared, the least recently used first. */
const prepared = new WeakMap<pg.PoolClient, Set<string>>();

/** Keeps a connection from remembering every query that anybody ever sent. */
function remember(client: pg.PoolClient, name: string): void {
  const names = prepared.get(client) ?? new Set();
  prepared.set(client, names);
  names.delete(name);
  names.add(name);
  const [oldest = ''] = names;
  if (names.size <= limits.preparedStatements) return;
  names.delete(oldest);
  unread(client, oldest);
  client.query(`deallocate ${client.escapeIdentifier(oldest)}`).catch(() => {});
}

function wrap(client: pg.PoolClient, ask: Ask): PgClient {
  const wrapped: PgClient = {
    async query<Row>({ text, name, values = [], arrayMode }: PgClientQuery): Promise<PgClientResult<Row>> {
      if (values.some((value) => typeof value === 'string' && /\p{Surrogate}/u.test(value)))
        throw new SafeError('a text has half of a character in it', { code: 'INVALID_INPUT' });
      const isNamed = name !== undefined && limits.preparedStatements > 0;
      if (isNamed) remember(client, name);
      const { rows, rowCount } = await ask({
        text,
        values: values as unknown[],
        ...(isNamed && { name }),
        ...(arrayMode && { rowMode: 'array' }),
      });
      return { rows: rows as Row[], rowCount, notices: [] };
    },
    // Everything is in a transaction already.
    withTransaction: (work) => work(wrapped as never),
  };
  return wrapped;
}

/** No request's: PostGraphile reads the catalogue. */
const outside: RequestSession = {
  role: 'none',
  sessionId: '',
  requestId: '',
  settings: { statement_timeout: '0' },
  session: null,
  request: {},
};

/**
 * PostGraphile's statements, in transactions of which the first statement goes out together with `begin`:
 * two waits for the database instead of four. Queries read on the standby where it can answer them.
 */
export function pipelinedAdaptor(standby?: Standby) {
  return {
    createWithPgClient({ pool }: { pool: pg.Pool }): WithPgClient {
      const share = Math.max(1, Math.floor(pool.options.max * limits.mutationShare));
      const places = new Semaphore(share, limits.connectionMilliseconds);
      return async (given, work) => {
        const session = (given as RequestSession | null) ?? outside;
        const wrapped = async (client: pg.PoolClient, ask: Ask) => work(wrap(client, ask));
        const run = () => inSession(pool, session, wrapped);
        if (isMutation(session)) return places.within(run);
        const reading = await readingPlace(standby, session);
        if (reading === undefined) return run();
        return inSessionOn(reading, session, wrapped).catch((error: unknown) => {
          if (isOfStandby(error)) return run();
          throw error;
        });
      };
    },
  };
}
