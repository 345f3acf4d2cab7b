import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Context, ServerOptions } from 'graphql-ws';
import { type Extra, useServer } from 'graphql-ws/use/ws';
import type pg from 'pg';
import { isSafeError, type SafeError } from 'postgraphile/grafast';
import { type GrafservBase, makeGraphQLWSConfig } from 'postgraphile/grafserv';
import { GraphQLError } from 'postgraphile/graphql';
import { type WebSocket, WebSocketServer } from 'ws';
import { UnavailableError } from '../database/errors.ts';
import { ask } from '../database/pool.ts';
import type { Authenticator } from './auth.ts';
import { beginExchange, type Exchange, sessionOf } from './exchange.ts';
import { limits } from './limits.ts';
import type { LiveServer } from './live/live-server.ts';
import type { Origins } from './origins.ts';
import { admit } from './plugins/request-plugin.ts';
import type { Telemetry } from './telemetry.ts';

/** Why a socket is closed. Clients connect again by themselves after any but 4401. */
const closeCodes = { tryAgainLater: 1013, unauthorized: 4401, forbidden: 4403 } as const;

const unreachable: Pick<SafeError, 'message' | 'extensions'> = {
  message: 'the database cannot be reached at the moment',
  extensions: { statusCode: 503 },
};

type SocketContext = Context<Record<string, unknown>, Extra & { exchange?: Exchange }>;

export type SocketOptions = {
  authenticator: Authenticator;
  auth: pg.Pool;
  live: LiveServer;
  telemetry: Telemetry;
  origins: Origins;
};

/** Serves subscriptions on the GraphQL path. A socket lasts as long as the session that it was opened with. */
export class Sockets {
  readonly #options: SocketOptions;
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: limits.maxRequestLength });
  /** The sessions that must still be open, and what happens when they are not. */
  readonly #held = new Map<WebSocket, { sessionId: string; end: () => void }>();
  readonly #timer: NodeJS.Timeout;
  readonly #dispose: () => void | Promise<void>;

  constructor(serv: GrafservBase, options: SocketOptions) {
    this.#options = options;
    const base = makeGraphQLWSConfig(serv) as unknown as ServerOptions<Record<string, unknown>, Extra>;
    const { dispose } = useServer<Record<string, unknown>, { exchange?: Exchange }>(
      {
        ...base,
        isProd: true,
        onConnect: (context) => this.#connect(context as SocketContext),
        onSubscribe: (context, id, payload) => {
          if (Object.keys(context.subscriptions).length > limits.maxSubscriptionsPerSocket) {
            const extensions = { code: 'BUSY' };
            return [new GraphQLError('this socket has too many subscriptions', { extensions })];
          }
          return base.onSubscribe?.(context as never, id, payload);
        },
        onClose: (context, code = 1006) => {
          const { exchange } = context.extra;
          if (exchange !== undefined) this.#options.telemetry.socketEnded(exchange, code);
        },
      } as ServerOptions<Record<string, unknown>, Extra & { exchange?: Exchange }>,
      this.#server,
    );
    this.#dispose = dispose;
    this.#timer = setInterval(() => void this.#closeRevoked(), limits.sessionCheckMilliseconds);
  }

  get count(): number {
    return this.#server.clients.size;
  }

  addTo(server: Server, path: string): void {
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const { origin, host } = request.headers;
      const status =
        request.url?.split('?', 1)[0] !== path
          ? '404 Not Found'
          : origin !== undefined && !this.#options.origins.isAllowed(origin, host)
            ? '403 Forbidden'
            : undefined;
      if (status !== undefined) {
        // Nobody else listens any more, and a connection that is reset would end the process.
        socket.on('error', () => socket.destroy());
        socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
        return;
      }
      this.#server.handleUpgrade(request, socket, head, (opened) => {
        // graphql-ws reports the first error only.
        opened.on('error', () => opened.terminate());
        this.#server.emit('connection', opened, request);
      });
    });
  }

  /** Tells every client to go elsewhere, and waits until they have. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    const cut = setTimeout(() => {
      for (const socket of this.#server.clients) socket.terminate();
    }, limits.shutdownMilliseconds);
    await this.#dispose();
    clearTimeout(cut);
  }

  async #connect({ extra, connectionParams }: SocketContext): Promise<boolean> {
    const { request, socket } = extra;
    const exchange = beginExchange(request);
    extra.exchange = exchange;
    const given = connectionParams?.authorization ?? connectionParams?.Authorization;
    const authorization = typeof given === 'string' ? given : request.headers.authorization;
    try {
      const caller = await admit(exchange, this.#options, authorization, request.headers.host);
      const [isOpen] = await this.#open([caller.session?.id ?? '']);
      if (caller.session !== null && !isOpen)
        exchange.caller = await this.#options.authenticator.renew(caller);
    } catch (error) {
      // Whatever is not the token's fault may be over in a moment.
      const { message, extensions } = isSafeError(error as Error) ? (error as SafeError) : unreachable;
      const isRefused = Number(extensions?.statusCode) < 500;
      socket.close(isRefused ? closeCodes.unauthorized : closeCodes.tryAgainLater, message);
      return false;
    }
    return this.#hold(socket, exchange);
  }

  /** Lets the socket live as long as its session, which every one of its reads goes through. */
  #hold(socket: WebSocket, exchange: Exchange): boolean {
    const { caller } = exchange;
    const { session } = caller ?? {};
    // Left while its token was looked at: nothing would end its timer.
    if (socket.readyState !== socket.OPEN) return false;
    if (caller === undefined || session?.tenantId == null) {
      socket.close(closeCodes.forbidden, 'subscriptions need a session of a tenant');
      return false;
    }
    const close = (code: number, reason: string) => socket.close(code, reason);
    const end = (): void => {
      void this.#options.authenticator.forget(caller);
      close(closeCodes.forbidden, 'the session has ended');
    };
    exchange.live = {
      server: this.#options.live,
      subscriber: { sessionId: session.id, tenantId: session.tenantId, session: sessionOf(exchange), end },
    };
    // The session may be one that another token of the same person opened.
    const tokenEnds = caller.identity.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
    const sessionEnds = session.expiresAt.getTime();
    const timer =
      tokenEnds <= sessionEnds
        ? setTimeout(close, tokenEnds - Date.now(), closeCodes.unauthorized, 'the token has expired')
        : setTimeout(end, sessionEnds - Date.now());
    this.#held.set(socket, { sessionId: session.id, end });
    socket.once('close', () => {
      clearTimeout(timer);
      this.#held.delete(socket);
    });
    return true;
  }

  async #open(sessionIds: string[]): Promise<string[]> {
    const rows = await ask<{ id: string }>(
      this.#options.auth,
      'select id from internal.sessions_still_open($1::uuid[]) as id',
      [sessionIds.filter((id) => id !== '')],
    );
    return rows.map(({ id }) => id);
  }

  async #closeRevoked(): Promise<void> {
    const held = [...this.#held.values()];
    if (held.length === 0) return;
    try {
      const open = new Set(await this.#open(held.map(({ sessionId }) => sessionId)));
      for (const { sessionId, end } of held) if (!open.has(sessionId)) end();
    } catch (error) {
      // While the database is away nothing is read either.
      if (!(error instanceof UnavailableError)) this.#options.telemetry.fault(error);
    }
  }
}
