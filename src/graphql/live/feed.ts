import type pg from 'pg';
import { SafeError } from 'postgraphile/grafast';
import { ask } from '../../database/pool.ts';
import { limits } from '../limits.ts';
import { inSession, type RequestSession } from '../transaction.ts';
import { decodeCursor, deliver, encodeCursor, type Position, prune, windowStart } from './cursor.ts';

const pageLength = 500;

/** Where a page begins, and what it is of. */
type PageOf = { tenantId: string; from: string; parentId: string | null };

const rowsOf =
  (view: string, parent: string) =>
  ({ tenantId, from, parentId }: PageOf) => ({
    text: `select id, id as row_id from ${view}
      where tenant_id = $1 and id > $2 ${parentId === null ? '' : `and ${parent} = $4`} order by id limit $3`,
    values: [tenantId, from, pageLength, ...(parentId === null ? [] : [parentId])],
  });

/**
 * What can be subscribed to: rows that are only ever added, with ids in the order of time. Each is, or names, the row
 * that the subscriber is told of.
 */
const topics = {
  messages: rowsOf('api.conversation_history', 'thread_id'),
  message_changes: ({ from, parentId }: PageOf) => ({
    text: 'select id, message_id as row_id from api.message_changes($1, $2, $3)',
    values: [parentId, from, pageLength],
  }),
  order_changes: rowsOf('api.order_status_history', 'order_id'),
} as const;

export type Subscription = {
  topic: keyof typeof topics;
  /** The thread or order; null for all that the subscriber may see. */
  parentId: string | null;
  after: string | null;
};

/** Whose rows these are. They are read in this session each time, as if by a new request. */
export type Reader = { tenantId: string; session: RequestSession };

/** `rowId` is the row that the event is about. */
export type LiveEvent = { rowId: string; cursor: string };

async function databaseTime(pool: pg.Pool): Promise<number> {
  const [row] = await ask<{ now: string }>(
    pool,
    'select (extract(epoch from clock_timestamp()) * 1000)::bigint as now',
    [],
  );
  return Number(row?.now);
}

/** The new rows of one subscription. How far it has come stands in its cursor alone, so that a client may go on at another server. */
export class Feed {
  readonly #pool: pg.Pool;
  readonly #reader: Reader;
  readonly #subscription: Subscription;
  readonly #position: Position;
  #waiting: LiveEvent[] = [];

  private constructor(pool: pg.Pool, reader: Reader, subscription: Subscription, position: Position) {
    this.#pool = pool;
    this.#reader = reader;
    this.#subscription = subscription;
    this.#position = position;
  }

  /** Begins behind the cursor or, without one, behind what is committed by now. */
  static async open(pool: pg.Pool, reader: Reader, subscription: Subscription): Promise<Feed> {
    const { after } = subscription;
    const now = await databaseTime(pool);
    const position = after === null ? { time: now, delivered: new Map() } : decodeCursor(after, now);
    if (position.time < now - limits.resumeHours * 3_600_000) {
      throw new SafeError('the cursor is too old: read the list, and subscribe without one', {
        code: 'EXPIRED',
      });
    }
    const feed = new Feed(pool, reader, subscription, position);
    if (after === null) while (await feed.read()) feed.#waiting = [];
    return feed;
  }

  /** Looks for rows that were not delivered, unless some wait for a slow client. True if there are any. */
  async read(): Promise<boolean> {
    let from = windowStart(this.#position);
    for (let isMore = true; isMore && this.#waiting.length === 0; ) {
      const rows = await this.#page(from);
      for (const { id, row_id: rowId } of rows) {
        if (deliver(this.#position, id)) this.#waiting.push({ rowId, cursor: encodeCursor(this.#position) });
        from = id;
      }
      isMore = rows.length === pageLength;
    }
    prune(this.#position);
    return this.#waiting.length > 0;
  }

  take(): LiveEvent | undefined {
    return this.#waiting.shift();
  }

  #page(from: string): Promise<{ id: string; row_id: string }[]> {
    const { topic, parentId } = this.#subscription;
    const { tenantId, session } = this.#reader;
    return inSession(this.#pool, session, async (client) => {
      const { rows } = await client.query<{ id: string; row_id: string }>(
        topics[topic]({ tenantId, from, parentId }),
      );
      return rows;
    });
  }
}
