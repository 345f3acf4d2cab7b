import type pg from 'pg';
import { SafeError } from 'postgraphile/grafast';
import { CommerceError, commerceError, toCommerceError, UnavailableError } from '../../database/errors.ts';
import { ask } from '../../database/pool.ts';
import { limits } from '../limits.ts';
import type { RequestSession } from '../transaction.ts';
import { Bell } from './bell.ts';
import type { Topic } from './channel.ts';
import { Feed, type LiveEvent, type Subscription } from './feed.ts';
import type { Listener } from './listener.ts';

/** The subscriber, and what happens when the session has ended. */
export type Subscriber = {
  sessionId: string;
  tenantId: string;
  session: RequestSession;
  end(): void;
};

/** The events of one subscription, of which several may be under way at once. */
export type LiveStream = AsyncIterableIterator<LiveEvent, undefined> & {
  /** The first event that is under way has been sent. */
  sent(): void;
  /** It could not be sent: all that are under way come again, in their order. Returns how many. */
  rewind(): number;
};

function isSessionLost(error: unknown): boolean {
  const known = toCommerceError(error);
  return known instanceof CommerceError && known.code === 'INVALID_SESSION';
}

/** Subscriptions of all sockets of this server. */
export class LiveServer {
  readonly #listener: Listener;
  readonly #pool: pg.Pool;
  readonly #auth: pg.Pool;
  readonly #report: (error: Error) => void;
  #count = 0;
  readonly #ofSession = new Map<string, number>();

  constructor(listener: Listener, pool: pg.Pool, auth: pg.Pool, report: (error: Error) => void) {
    this.#listener = listener;
    this.#pool = pool;
    this.#auth = auth;
    this.#report = report;
  }

  /** Rows from now on, or from the cursor on. A session that has ended ends the subscription and its socket. */
  async subscribe(subscriber: Subscriber, subscription: Subscription): Promise<LiveStream> {
    if (this.#count >= limits.maxSubscriptions) {
      throw new SafeError('this server has too many subscriptions', { code: 'BUSY' });
    }
    if ((this.#ofSession.get(subscriber.sessionId) ?? 0) >= limits.maxSubscriptionsPerSession) {
      throw new SafeError('this session has too many subscriptions', { code: 'BUSY' });
    }
    this.#add(subscriber, 1);
    try {
      const topic = await this.#topicOf(subscriber, subscription);
      const feed = await Feed.open(this.#pool, subscriber, subscription);
      return this.#iterate(topic, feed, subscriber);
    } catch (error) {
      this.#add(subscriber, -1);
      if (isSessionLost(error)) subscriber.end();
      throw error;
    }
  }

  #add({ sessionId }: Subscriber, change: 1 | -1): void {
    this.#count += change;
    const count = (this.#ofSession.get(sessionId) ?? 0) + change;
    if (count === 0) this.#ofSession.delete(sessionId);
    else this.#ofSession.set(sessionId, count);
  }

  async #topicOf({ sessionId }: Subscriber, { topic }: Subscription): Promise<Topic> {
    const [row] = await ask<Topic>(
      this.#auth,
      'select channel, writers, sleepers from internal.session_live_topic($1, $2)',
      [sessionId, topic],
    );
    if (row === undefined) throw commerceError('SCCTX', 'the session has ended');
    return row;
  }

  #iterate(topic: Topic, feed: Feed, subscriber: Subscriber): LiveStream {
    let bell = new Bell();
    const underWay: LiveEvent[] = [];
    let repeated: LiveEvent[] = [];
    let outcome: Promise<IteratorReturnResult<undefined>> | undefined;
    const finish = (error?: Error): void => {
      if (outcome !== undefined) return;
      outcome =
        error === undefined ? Promise.resolve({ done: true, value: undefined }) : Promise.reject(error);
      outcome.catch(() => {});
      remove();
      this.#add(subscriber, -1);
      bell.ring();
    };
    const remove = this.#listener.add(topic, async () => {
      try {
        const news = await feed.read();
        if (news) bell.ring();
        return news;
      } catch (error) {
        const known = toCommerceError(error);
        if (known instanceof CommerceError && known.httpStatus < 500) {
          finish(known);
          if (isSessionLost(known)) subscriber.end();
          return false;
        }
        if (!(known instanceof UnavailableError)) this.#report(error as Error);
        // Whatever it was, there may be news all the same.
        return true;
      }
    });
    return {
      async next() {
        for (;;) {
          if (outcome !== undefined) return outcome;
          const value = repeated.shift() ?? feed.take();
          if (value !== undefined) {
            underWay.push(value);
            return { done: false, value };
          }
          await bell.rung;
          bell = new Bell();
        }
      },
      sent() {
        underWay.shift();
      },
      rewind() {
        const count = underWay.length;
        repeated = [...underWay.splice(0), ...repeated];
        bell.ring();
        return count;
      },
      async return() {
        finish();
        return { done: true, value: undefined };
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }
}
