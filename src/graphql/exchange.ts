import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Caller } from './auth.ts';
import type { LiveServer, Subscriber } from './live/live-server.ts';

/** What is known of one HTTP request, or of a socket from its upgrade on. */
export type Exchange = {
  readonly requestId: string;
  caller?: Caller;
  operation?: { type: string; name: string | null };
  /** Aborted when the client has gone, or has waited too long: no more statements are begun for it. */
  readonly signal?: AbortSignal;
  /** The code of the first error. */
  code?: string;
  /** A socket's: where it subscribes, and as whom. */
  live?: { server: LiveServer; subscriber: Subscriber };
};

const exchanges = new WeakMap<IncomingMessage, Exchange>();

/** A caller's own id is taken over if it can stand in a header, a log line and audit.log. */
export function beginExchange(request: IncomingMessage, signal?: AbortSignal): Exchange {
  const given = request.headers['x-request-id'];
  const isSane = typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given);
  const exchange = { requestId: isSane ? given : randomUUID(), ...(signal && { signal }) };
  exchanges.set(request, exchange);
  return exchange;
}

/** The exchange to which an operation belongs. */
export function exchangeOf({ node, ws }: Partial<Grafast.RequestContext>): Exchange {
  const request = node?.req ?? ws?.request;
  const exchange = request && exchanges.get(request);
  if (exchange === undefined) throw new Error('only requests to this server are served');
  return exchange;
}
