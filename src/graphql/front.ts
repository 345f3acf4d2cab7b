import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { beginExchange } from './exchange.ts';
import { limits } from './limits.ts';
import type { Origins } from './origins.ts';
import type { Telemetry } from './telemetry.ts';

export type Answer = {
  status: number;
  type: string;
  body: string | Buffer;
  headers?: Record<string, string>;
};

/** What is served besides GraphQL, by path. Undefined: nothing here. */
export type Route = (request: IncomingMessage) => Promise<Answer | undefined> | Answer | undefined;

export type FrontOptions = {
  graphqlPath: string;
  /** GraphQL and its editor; calls `next` for paths that it does not know. */
  graphql: (request: IncomingMessage, response: ServerResponse, next: () => void) => void;
  routes: ReadonlyMap<string, Route>;
  origins: Origins;
  telemetry: Telemetry;
  /** Pages, with scripts of their own. */
  isDevelopment: boolean;
};

const headers = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** Answers are no pages; those of development load what they need from here and from nowhere else. */
const policies = {
  production: "default-src 'none'; frame-ancestors 'none'",
  development:
    "default-src 'self'; script-src 'self' 'unsafe-inline' blob:; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'",
};

export function json(status: number, value: unknown): Answer {
  return { status, type: 'application/json;charset=utf-8', body: `${JSON.stringify(value)}\n` };
}

function refusal(status: number, message: string, code = 'INVALID_REQUEST'): Answer {
  return json(status, { errors: [{ message, extensions: { code } }] });
}

function send(response: ServerResponse, { status, type, body, headers: more = {} }: Answer): void {
  response
    .writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body), ...more })
    .end(body);
}

/** A name that leads here from elsewhere could be anybody's page, and pages of development hold a token. */
function isLoopback(host = ''): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i.test(host);
}

/** The way of every request: an id, the headers that browsers mind, its route, and a line in the log. */
export function makeFront(options: FrontOptions): RequestListener {
  const { graphqlPath, graphql, routes, origins, telemetry, isDevelopment } = options;
  const policy = isDevelopment ? policies.development : policies.production;

  async function serve(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const route = routes.get(path);
    if (route === undefined || !['GET', 'HEAD'].includes(request.method ?? '')) {
      graphql(request, response, () => send(response, refusal(404, 'nothing is served here')));
      return;
    }
    send(response, (await route(request)) ?? refusal(404, 'nothing is served here'));
  }

  return (request, response) => {
    const started = performance.now();
    const ended = new AbortController();
    const deadline = setTimeout(() => ended.abort(), limits.requestTimeoutMilliseconds);
    const exchange = beginExchange(request, ended.signal);
    const path = request.url?.split('?', 1)[0] ?? '/';
    response.setHeader('x-request-id', exchange.requestId);
    response.setHeader('content-security-policy', policy);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.once('close', () => {
      clearTimeout(deadline);
      // An answer that was sent leaves nothing to abort, and the error of an abort costs more than the rest of this.
      if (!response.writableFinished) ended.abort();
      // What was not read of a request that is too long is not waited for.
      if (response.statusCode === 413) request.destroy();
      const seconds = (performance.now() - started) / 1000;
      // As nginx calls a request whose client did not wait for the answer.
      if (!response.writableFinished) exchange.code ??= 'CLIENT_GONE';
      const status = response.writableFinished ? response.statusCode : 499;
      if (path === graphqlPath) telemetry.requestEnded(exchange, status, seconds);
    });
    if (isDevelopment && request.method === 'GET' && !isLoopback(request.headers.host)) {
      send(response, refusal(403, 'pages of development are for localhost alone', 'FORBIDDEN'));
      return;
    }
    if (origins.answer(request, response)) return;
    if (Number(request.headers['content-length']) > limits.maxRequestLength) {
      response.setHeader('connection', 'close');
      exchange.code = 'INVALID_REQUEST';
      send(response, refusal(413, `a request has at most ${limits.maxRequestLength} bytes`));
      return;
    }
    serve(path, request, response).catch((error) => {
      telemetry.fault(error, exchange);
      if (!response.headersSent) send(response, refusal(500, 'something went wrong', 'INTERNAL'));
    });
  };
}

/** Takes no more requests, finishes those under way, and cuts off what lasts too long. */
export async function closeGracefully(server: Server): Promise<void> {
  const cut = setTimeout(() => server.closeAllConnections(), limits.shutdownMilliseconds);
  // A connection that is kept alive becomes idle only when its last answer is sent.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  clearInterval(idle);
  clearTimeout(cut);
}
