import '../../src/graphql/environment.ts';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import type { Test } from 'tap';
import { type RunningServer, type ServerOptions, startServer } from '../../src/graphql/server.ts';
import { type DemoMerchant, demoMerchants } from '../../src/operations/seed-demo.ts';
import { signToken } from '../../src/operations/token.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

export const jwtSecret = 'a secret of the tests, long enough for HS256';

type GraphQLError = {
  message: string;
  path?: string[];
  extensions: Record<string, unknown> & { code: string };
};
// biome-ignore lint/suspicious/noExplicitAny: the shape is whatever the query asks for
export type Answer = { status: number; data: any; errors?: GraphQLError[] };

export type Ask = (
  query: string,
  variables?: Record<string, unknown>,
  operationName?: string,
) => Promise<Answer>;

/** How long a test waits for one answer: whatever the server is asked, it has its own limits below this. */
const answerWithin = 90_000;

/** Sends the query with these headers; node:http because fetch sets Host itself. */
export function client(url: string, headers: Record<string, string> = {}): Ask {
  return async (query, variables = {}, operationName) => {
    const sent = request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      signal: AbortSignal.timeout(answerWithin),
    });
    sent.end(JSON.stringify({ query, variables, operationName }));
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    const text = (await response.setEncoding('utf8').toArray()).join('');
    return { status: response.statusCode ?? 0, ...JSON.parse(text) };
  };
}

export const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

export type Stage = {
  db: TestDatabase;
  server: RunningServer;
  /** The demo merchants, each with a client that has its owner's token. */
  ours: DemoMerchant & { ask: Ask };
  theirs: DemoMerchant & { ask: Ask };
};

/** A server on a database with two demo merchants. */
export async function setStage(t: Test, options: Partial<ServerOptions> = {}): Promise<Stage> {
  const db = await createTestDatabase(t, { template: 'demo' });
  const server = await startServer({
    connectionString: db.urls.DATABASE_API_URL,
    authConnectionString: db.urls.DATABASE_AUTH_URL,
    jwtSecret,
    host: '127.0.0.1',
    port: 0,
    logLevel: 'silent',
    // `GRAPHQL_SCHEMA=… npm test -- test/graphql/…` runs a test with a schema that is built ahead.
    schemaFile: process.env.GRAPHQL_SCHEMA,
    ...options,
  });
  // The database goes when the test ends, and a pool on it would be cut off.
  t.teardown(() => server.close());
  const merchants = await demoMerchants(db.urls.DATABASE_WORKER_URL);
  const [ours, theirs] = await Promise.all(
    merchants.map(async (merchant) => {
      const { tenantId, ownerSubject: subject } = merchant;
      const token = await signToken({ role: 'member', tenantId, subject }, jwtSecret, '1h');
      return { ...merchant, ask: client(server.url, bearer(token)) };
    }),
  );
  if (ours === undefined || theirs === undefined) throw new Error('the demo template has two merchants');
  return { db, server, ours, theirs };
}

/** The code that all errors of the answer have. */
export function codeOf({ errors = [] }: Answer): string | undefined {
  const codes = new Set(errors.map(({ extensions }) => extensions.code));
  return codes.size === 1 ? [...codes][0] : undefined;
}

export { getIntrospectionQuery } from 'postgraphile/graphql';
