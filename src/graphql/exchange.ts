import { randomUUID } from 'node:crypto';
import { IncomingMessage } from 'node:http';
import type { Caller } from './auth.ts';
import type { LiveServer, LiveStream, Subscriber } from './live/live-server.ts';
import type { RequestSession } from './transaction.ts';

/** What is known of one HTTP request, or of a socket from its upgrade on. */
export type Exchange = {
  readonly requestId: string;
  caller?: Caller;
  operation?: { type: string; name: string | null };
  /** Aborted when the client has gone, or has waited too long: no more statements are begun for it. */
  readonly signal?: AbortSignal;
  /** The code of the first error. */
  code?: string;
  /** The database could do nothing of what was asked. */
  isUnavailable?: boolean;
  /** A socket's: where it subscribes, and as whom. */
  live?: Live;
};

/** Where somebody subscribes, and as whom; the stream once there is one. */
export type Live = { server: LiveServer; subscriber: Subscriber; stream?: LiveStream };

/** The requests of this server: each carries what is known of it. */
export class ServedRequest extends IncomingMessage {
  exchange: Exchange | undefined;
}

/** A caller's own id is taken over if it can stand in a header, a log line and audit.log. */
export function beginExchange(request: IncomingMessage, signal?: AbortSignal): Exchange {
  const given = request.headers['x-request-id'];
  const isSane = typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given);
  const exchange = { requestId: isSane ? given : randomUUID(), ...(signal && { signal }) };
  (request as ServedRequest).exchange = exchange;
  return exchange;
}

/** The exchange to which an operation belongs. */
export function exchangeOf({ node, ws }: Partial<Grafast.RequestContext>): Exchange {
  const { exchange } = ((node?.req ?? ws?.request) as ServedRequest | undefined) ?? {};
  if (exchange === undefined) throw new Error('only requests to this server are served');
  return exchange;
}

/** The session of the exchange's transactions. */
export function sessionOf(exchange: Exchange): RequestSession {
  const { caller, requestId } = exchange;
  return {
    role: `commerce_${caller?.identity.role ?? 'anonymous'}`,
    sessionId: caller?.session?.id ?? '',
    requestId,
    session: caller?.session ?? null,
    request: exchange,
  };
}
