/** One server of bench/graphql.ts, as a process of its own: says where it listens. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { startServer } from '../src/graphql/server.ts';

const {
  DATABASE_URL,
  DATABASE_API_URL = '',
  DATABASE_AUTH_URL = '',
  JWT_SECRET: jwtSecret = '',
} = process.env;
const poolSize = 10;
/** By which its backends are found. */
const name = `bench ${process.pid}`;

/** Runs the statement of a request on a connection. */
type Answer = (client: pg.PoolClient, statement: pg.QueryConfig) => Promise<pg.QueryResult>;

const inSession =
  (sessionId: string): Answer =>
  async (client, statement) => {
    await client.query('begin');
    await client.query(
      `select set_config('role', $1, true), set_config('commerce.session', $2, true),
              set_config('commerce.request_id', $3, true), set_config('statement_timeout', $4, true),
              set_config('jit', 'off', true)`,
      ['commerce_member', sessionId, 'bench', '10000'],
    );
    const result = await client.query(statement);
    await client.query('commit');
    return result;
  };

/** The plainest server that could answer: a request's statement and its JSON. */
async function servePlainly(connectionString: string | undefined, answer: Answer): Promise<string> {
  const pool = new pg.Pool({ connectionString, max: poolSize, application_name: name });
  const server = createServer(async (incoming, response) => {
    const text = (await incoming.setEncoding('utf8').toArray()).join('');
    const { name, sql, values } = JSON.parse(text);
    const client = await pool.connect();
    try {
      const { rows } = await answer(client, { name, text: sql, values });
      const body = JSON.stringify({ data: rows[0].data });
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      });
      response.end(body);
      client.release();
    } catch (error) {
      response.writeHead(500).end(JSON.stringify({ errors: [String(error)] }));
      client.release(true);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function serveGraphql(): Promise<string> {
  const named = new URL(DATABASE_API_URL);
  named.searchParams.set('application_name', name);
  const { url } = await startServer({
    connectionString: named.href,
    authConnectionString: DATABASE_AUTH_URL,
    jwtSecret,
    host: '127.0.0.1',
    port: 0,
    poolSize,
  });
  return url;
}

const [kind = '', sessionId = ''] = process.argv.slice(2);
const serve: Record<string, () => Promise<string>> = {
  ours: serveGraphql,
  'by hand': () => servePlainly(DATABASE_API_URL, inSession(sessionId)),
  floor: () => servePlainly(DATABASE_URL, (client, statement) => client.query(statement)),
};
process.on('disconnect', () => process.exit());
process.send?.(await serve[kind]?.());
