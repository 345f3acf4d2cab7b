import { type ChildProcess, fork } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import pg from 'pg';
import type { DatabaseUrls } from '../src/embedded/throw-away.ts';
import { signToken } from '../src/operations/token.ts';
import { cpuSeconds, median } from './cpu.ts';
import { findCases } from './graphql-cases.ts';
import { type Load, load } from './load.ts';
import type { Figure, Measured } from './report.ts';
import type { Stage } from './stage.ts';

const rounds = Number(process.env.ROUNDS ?? 5);
const seconds = Number(process.env.SECONDS ?? 2);
const connections = process.env.CONNECTIONS?.split(',').map(Number);
const only = process.env.ONLY?.split(',');

const jwtSecret = 'a secret of the benchmark, long enough';
const json = { 'content-type': 'application/json' };

type Side = { child: ChildProcess; url: string };
type Request = { side: Side; headers: Record<string, string>; body: string };

/** What a request costs: CPU in milliseconds, of the server and of its backends. */
type Round = Load & { cpu: number };

function startSide(urls: DatabaseUrls, ...args: string[]): Promise<Side> {
  const child = fork(new URL('graphql-side.ts', import.meta.url), args, {
    env: { ...process.env, ...urls, JWT_SECRET: jwtSecret },
    // As `ccdb serve` starts.
    execArgv: ['--max-semi-space-size=8'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return new Promise((resolve) => child.once('message', (url) => resolve({ child, url: String(url) })));
}

async function cpuOf({ child: { pid = 0 } }: Side, client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>(
    'select pid from pg_stat_activity where datname = current_database() and application_name = $1',
    [`bench ${pid}`],
  );
  const threads = (await readdir(`/proc/${pid}/task`).catch(() => [])).map(Number);
  const all = await Promise.all([...threads, ...rows.map(({ pid }) => pid)].map(cpuSeconds));
  return all.reduce((sum, each) => sum + each, 0);
}

async function measure(
  { side, headers, body }: Request,
  client: pg.Client,
  count: number,
  lasting: number,
): Promise<Round> {
  const before = await cpuOf(side, client);
  const end = performance.now() + lasting * 1000;
  const until = () => performance.now() > end;
  const result = await load(side.url, headers, [body], { connections: count, until });
  const cpu = ((await cpuOf(side, client)) - before) / result.requests;
  return { ...result, cpu: cpu * 1000 };
}

/**
 * GraphQL beside the same SQL sent by hand with pg from a plain Node HTTP server, and beside the floor: such a server
 * that sends one prepared statement without authentication, transaction, session or row-level security. Each is a
 * process of its own. CONNECTIONS=1,20,200 ONLY='place order' measure others.
 */
export const benchmark = {
  title: 'GraphQL, one Node process, no answer cached',
  async run({ urls, client, tenantId, ownerSubject: subject }: Stage): Promise<Measured> {
    const cases = await findCases(client, tenantId);
    const token = await signToken({ role: 'member', tenantId, subject }, jwtSecret, '12h');
    const auth = new pg.Client({ connectionString: urls.DATABASE_AUTH_URL });
    await auth.connect();
    const { rows } = await auth.query(
      `select session_id from internal.open_session($1, 'member', null, $2)`,
      [tenantId, subject],
    );
    await auth.end();
    const sides = {
      ours: await startSide(urls, 'ours'),
      'by hand': await startSide(urls, 'by hand', rows[0].session_id),
      floor: await startSide(urls, 'floor'),
    };
    const figures: Figure[] = [];
    for (const [name, { query, variables, sql, values, floor, aims = {} }] of Object.entries(cases)) {
      if (only ? !only.includes(name) : floor === undefined) continue;
      const requests: Record<string, Request> = {
        ours: {
          side: sides.ours,
          headers: { ...json, authorization: `Bearer ${token}` },
          body: JSON.stringify({ query, variables }),
        },
        'by hand': { side: sides['by hand'], headers: json, body: JSON.stringify({ name, sql, values }) },
        ...(floor && {
          floor: { side: sides.floor, headers: json, body: JSON.stringify({ name, values, ...floor }) },
        }),
      };
      for (const count of connections ?? Object.keys(aims).map(Number)) {
        const measured: Record<string, Round>[] = [];
        for (let round = 0; round <= rounds; round += 1) {
          // Autovacuum would come in the middle.
          await client.query('vacuum analyze');
          const results: Record<string, Round> = {};
          // The first round warms up.
          for (const [each, request] of Object.entries(requests)) {
            results[each] = await measure(request, client, count, round === 0 ? 1 : seconds);
          }
          if (round > 0) measured.push(results);
        }
        const what = `${name}, ${count} connections`;
        const ratios = (side: string, key: 'perSecond' | 'cpu') =>
          measured.map(({ ours, [side]: other }) =>
            key === 'cpu'
              ? (other?.cpu ?? Number.NaN) / (ours?.cpu ?? Number.NaN)
              : (ours?.perSecond ?? Number.NaN) / (other?.perSecond ?? Number.NaN),
          );
        if (floor) {
          figures.push(
            {
              what: `${what}: throughput, of the floor`,
              rounds: ratios('floor', 'perSecond'),
              ...(count in aims && { atLeast: aims[count] }),
            },
            { what: `${what}: the floor's CPU, of ours`, rounds: ratios('floor', 'cpu') },
          );
        }
        figures.push(
          {
            what: `${what}: throughput, of the same by hand`,
            rounds: ratios('by hand', 'perSecond'),
            atLeast: 0.5,
          },
          { what: `${what}: requests per second`, rounds: measured.map(({ ours }) => ours?.perSecond ?? 0) },
          { what: `${what}: p99 in milliseconds`, rounds: measured.map(({ ours }) => ours?.p99 ?? 0) },
        );
        console.error(`  ${what}: ${median(ratios(floor ? 'floor' : 'by hand', 'perSecond')).toFixed(2)}`);
      }
    }
    for (const { child } of Object.values(sides)) child.disconnect();
    return { figures };
  },
};
