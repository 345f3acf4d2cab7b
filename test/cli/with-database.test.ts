import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import pg from 'pg';
import t, { type Test } from 'tap';
import { packageDirectory } from '../../src/migrations/living.ts';
import { withClient } from '../../src/operations/client.ts';
import { type Running, startCcdb, startIn } from '../support/ccdb.ts';
import { shellEnv } from '../support/checkout.ts';
import { eventually } from '../support/eventually.ts';

const runServer = process.env.DATABASE_URL ?? '';

/** Prints, as JSON, what a program finds in its environment; then goes on for a minute if it is told to. */
const look = `
  const { default: pg } = await import('pg');
  const found = {};
  for (const name of ['DATABASE_URL', 'DATABASE_API_URL', 'DATABASE_AUTH_URL', 'DATABASE_WORKER_URL', 'DATABASE_PLATFORM_URL']) {
    const client = new pg.Client(process.env[name]);
    await client.connect();
    found[name] = (await client.query('select current_user as login, current_database() as name')).rows[0];
    await client.end();
  }
  console.log(JSON.stringify({ ...found, pid: process.pid, url: process.env.DATABASE_URL }));
  if (process.env.STAY) setTimeout(() => {}, 60_000);
`;

type Found = Record<string, { login: string; name: string }> & { pid: number; url: string };

function start(env: NodeJS.ProcessEnv): Running {
  return startCcdb(['with-database', process.execPath, '--input-type=module', '-e', look], env);
}

async function found(running: Running): Promise<Found> {
  return JSON.parse(await running.seen(/^\{.*\}$/m));
}

async function databaseExists(name: string): Promise<boolean> {
  const { rowCount } = await withClient(runServer, (client) =>
    client.query('select from pg_database where datname = $1', [name]),
  );
  return rowCount === 1;
}

async function isServerUp(url: string): Promise<boolean> {
  const client = new pg.Client(url);
  client.on('error', () => {});
  return client.connect().then(
    () => client.end().then(() => true),
    () => false,
  );
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** What every user of the machine may read of each process. */
function commandLines(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      } catch {
        return '';
      }
    });
}

/** Another user of the machine finds no way into the server: a superuser of a database runs programs as its user. */
async function keepsOthersOut(t: Test, url: string): Promise<void> {
  const { rows } = await withClient(url, (client) =>
    client.query<{ data: string; sockets: string; trusted: number }>(
      `select current_setting('data_directory') as data, current_setting('unix_socket_directories') as sockets,
              (select count(*)::integer from pg_hba_file_rules where auth_method <> 'scram-sha-256') as trusted`,
    ),
  );
  t.match(rows, [{ sockets: '', trusted: 0 }], 'there is no socket, and nobody is trusted');
  t.equal(statSync(dirname(rows[0]?.data ?? '')).mode & 0o077, 0, 'its folder is closed');
  const stranger = new URL(url);
  stranger.password = 'guess';
  await t.rejects(new pg.Client(stranger.href).connect(), { message: /password authentication failed/ });
  if (!existsSync('/proc/self/cmdline')) return;
  const { password } = new URL(url);
  t.strictSame(
    commandLines().filter((line) => line.includes(password)),
    [],
    'no command line shows the password',
  );
}

for (const [server, env] of Object.entries({ embedded: {}, existing: { DATABASE_URL: runServer } })) {
  const isGone = async ({ DATABASE_URL, url }: Found): Promise<boolean> =>
    server === 'embedded' ? !(await isServerUp(url)) : !(await databaseExists(DATABASE_URL?.name ?? ''));

  t.test(`on an ${server} server, a program gets every login to a fresh database`, async (t) => {
    const running = start(env);
    const programs = await found(running);
    const name = programs.DATABASE_URL?.name ?? '';
    t.match(programs, {
      DATABASE_API_URL: { login: 'commerce_api', name },
      DATABASE_AUTH_URL: { login: 'commerce_auth', name },
      DATABASE_WORKER_URL: { login: 'commerce_worker_login', name },
      DATABASE_PLATFORM_URL: { login: 'commerce_platform_login', name },
    });
    t.match(await running.ended, { code: 0, stderr: '' });
    t.ok(await isGone(programs), 'it is gone when the command ends');
  });

  t.test(`on an ${server} server, nothing is left after SIGKILL`, async (t) => {
    const running = start({ ...env, STAY: '1' });
    const programs = await found(running);
    t.notOk(await isGone(programs));
    if (server === 'embedded') await keepsOthersOut(t, programs.url);
    running.child.kill('SIGKILL');
    t.ok(await eventually(() => isGone(programs)), 'no database');
    t.ok(await eventually(() => !isRunning(programs.pid)), 'no program');
  });
}

t.test('nothing is left after SIGKILL for the npm that runs it', async (t) => {
  const args = ['run', '-s', 'with-database', '--', process.execPath, '--input-type=module', '-e', look];
  const env = shellEnv(packageDirectory, { DATABASE_URL: runServer, STAY: '1' });
  const running = startIn(packageDirectory, 'npm', args, env);
  const programs = await found(running);
  running.child.kill('SIGKILL');
  t.ok(
    await eventually(async () => !(await databaseExists(programs.DATABASE_URL?.name ?? ''))),
    'no database',
  );
  t.ok(await eventually(() => !isRunning(programs.pid)), 'no program');
});

t.test("signals reach the program, and its exit code is the command's", async (t) => {
  const running = start({ DATABASE_URL: runServer, STAY: '1' });
  const { DATABASE_URL } = await found(running);
  running.child.kill('SIGTERM');
  t.match(await running.ended, { code: 143 });
  t.notOk(await databaseExists(DATABASE_URL?.name ?? ''), 'and the database is dropped');
  const ended = await startCcdb(['with-database', 'sh', '-c', 'exit 7'], { DATABASE_URL: runServer }).ended;
  t.match(ended, { code: 7, stderr: '' });
});

t.test('--seed adds the demo merchants', async (t) => {
  const ask = `
    const { default: pg } = await import('pg');
    const client = new pg.Client(process.env.DATABASE_AUTH_URL);
    await client.connect();
    const hosts = ['demo-1.example', 'demo-2.example'];
    for (const host of hosts) await client.query('select from internal.resolve_tenant($1)', [host]);
    await client.end();`;
  const args = ['with-database', '--seed', process.execPath, '--input-type=module', '-e', ask];
  t.match(await startCcdb(args, { DATABASE_URL: runServer }).ended, { code: 0, stderr: '' });
});
