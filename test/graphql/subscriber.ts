import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { TestDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';

// biome-ignore lint/suspicious/noExplicitAny: the shape is whatever the subscription asks for
type Event = any;

export type Stream = {
  events: Event[];
  errors: { message: string; extensions?: { code?: string } }[];
  /** The events once there are so many, or after some patience. */
  atLeast(count: number): Promise<Event[]>;
  stop(): void;
};

export type Connection = {
  subscribe(query: string, variables?: Record<string, unknown>): Stream;
  closed: Promise<{ code: number; reason: string }>;
  close(): Promise<void>;
};

/** Subscriptions of the test that have not ended, whether the server knows of them yet or not. */
const open = new Set<Stream>();

/** One socket, without the client's own reconnects: a test says when. */
export function connect(
  url: string,
  token: string | undefined,
  headers: Record<string, string> = {},
): Connection {
  let close: (event: { code: number; reason: string }) => void;
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    close = resolve;
  });
  class Socket extends WebSocket {
    constructor(address: string, protocols: string) {
      super(address, protocols, { headers });
    }
  }
  const client = createClient({
    url: url.replace('http', 'ws'),
    webSocketImpl: Socket,
    retryAttempts: 0,
    lazyCloseTimeout: 5_000,
    ...(token !== undefined && { connectionParams: { authorization: `Bearer ${token}` } }),
    on: { closed: (event) => close(event as { code: number; reason: string }) },
  });
  return {
    subscribe(query, variables = {}) {
      const stream: Stream = {
        events: [],
        errors: [],
        async atLeast(count) {
          await eventually(() => stream.events.length >= count || stream.errors.length > 0);
          return stream.events;
        },
        stop: () => {},
      };
      open.add(stream);
      stream.stop = client.subscribe(
        { query, variables },
        {
          next: ({ data, errors }) => {
            if (errors !== undefined) stream.errors.push(...(errors as Stream['errors']));
            else stream.events.push(Object.values(data ?? {})[0]);
          },
          error: (error) => {
            open.delete(stream);
            if (Array.isArray(error)) stream.errors.push(...error);
          },
          complete: () => open.delete(stream),
        },
      );
      return stream;
    },
    closed,
    close: async () => client.dispose(),
  };
}

/** Whether the test's subscriptions, and no others, receive what comes. */
export async function haveAllBegun(url: string): Promise<boolean> {
  const metrics = await (await fetch(new URL('/metrics', url))).text();
  return metrics.includes(`\nccdb_subscriptions ${open.size}\n`);
}

/** How many topics have somebody who waits for a notification: until then, and after, the server looks by itself. */
export async function countAsleep(db: TestDatabase): Promise<number> {
  const { rowCount } = await db.installer.query(
    `select from pg_locks as l join pg_stat_activity as a using (pid)
      where l.locktype = 'advisory' and a.application_name = 'ccdb live' and l.mode = 'ShareLock'
        and a.datname = current_database()`,
  );
  return rowCount ?? 0;
}

export async function isAsleep(db: TestDatabase): Promise<boolean> {
  return (await countAsleep(db)) > 0;
}
