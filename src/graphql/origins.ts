import type { IncomingMessage, ServerResponse } from 'node:http';

/** Pages of other origins that may read answers: a list, or `*` for all, as no answer depends on a cookie. */
export class Origins {
  readonly #allowed: ReadonlySet<string>;

  constructor(allowed: readonly string[]) {
    this.#allowed = new Set(allowed);
  }

  /** For WebSockets too, of which a browser asks nobody. A page of this server's own is always allowed. */
  isAllowed(origin: string, host: string | undefined): boolean {
    if (this.#allowed.has('*') || this.#allowed.has(origin)) return true;
    return URL.canParse(origin) && new URL(origin).host === host;
  }

  /** Adds what a browser asks for; true if the request was only the question and is answered. */
  answer({ method, headers }: IncomingMessage, response: ServerResponse): boolean {
    if (this.#allowed.size > 0) response.setHeader('vary', 'origin');
    if (headers.origin !== undefined && this.isAllowed(headers.origin, headers.host)) {
      response.setHeader('access-control-allow-origin', headers.origin);
      response.setHeader('access-control-expose-headers', 'x-request-id');
      if (method === 'OPTIONS') {
        response.setHeader('access-control-allow-methods', 'POST');
        response.setHeader('access-control-allow-headers', 'authorization, content-type, x-request-id');
        response.setHeader('access-control-max-age', '600');
      }
    }
    if (method !== 'OPTIONS') return false;
    response.writeHead(204).end();
    return true;
  }
}
