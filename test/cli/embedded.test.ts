import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { reachableTemporaryFolder, serverOwner } from '../../src/embedded/owner.ts';
import { startKeptServer, startThrowAwayServer } from '../../src/embedded/server.ts';
import { withClient } from '../../src/operations/client.ts';
import { startNode } from '../support/ccdb.ts';
import { eventually } from '../support/eventually.ts';

const server = fileURLToPath(new URL('../../src/embedded/server.ts', import.meta.url));

/** Where a server of root's can keep its data too, as it runs as another user. */
async function dataFolder(t: Test): Promise<string> {
  const folder = await mkdtemp(join(await reachableTemporaryFolder(serverOwner()), 'ccdb-test-'));
  await chmod(folder, 0o711);
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'data');
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  return withClient(url, async (client) => (await client.query({ text: sql, rowMode: 'array' })).rows.flat());
}

const dataOf = `select current_setting('data_directory')`;

t.test('a throw-away server sorts and folds alike everywhere, and leaves nothing', async (t) => {
  const { url, stop } = await startThrowAwayServer();
  t.strictSame(
    await ask(url, `select upper('ñandú'), 'Z' < 'a' collate "default", current_setting('server_encoding')`),
    ['ÑANDÚ', true, 'UTF8'],
  );
  const [data] = await ask(url, dataOf);
  await stop();
  t.notOk(existsSync(String(data)));
  await t.rejects(ask(url, 'select 1'), { message: /ECONNREFUSED/ });
});

t.test('a killed process leaves no server and no folder', async (t) => {
  const program = `
    const { startThrowAwayServer } = await import(${JSON.stringify(server)});
    console.log((await startThrowAwayServer()).url);
    setTimeout(() => {}, 60_000);`;
  const running = startNode(['--input-type=module', '-e', program]);
  const url = await running.seen(/postgres:.*/);
  const [data] = await ask(url, dataOf);
  running.child.kill('SIGKILL');
  const isGone = eventually(() => !existsSync(join(String(data), '..')));
  t.ok(await isGone, 'no folder');
  await t.rejects(ask(url, 'select 1'), { message: /ECONNREFUSED/ }, 'no server');
});

t.test('a kept server has its data, port and password again', async (t) => {
  const folder = await dataFolder(t);
  const first = await startKeptServer(folder);
  await ask(first.url, 'create table public.kept (id integer)');
  await t.rejects(startKeptServer(folder), { message: /another server is running on .*; stop it first/ });
  const stranger = new URL(first.url);
  stranger.password = 'guess';
  await t.rejects(ask(stranger.href, 'select 1'), { message: /password authentication failed/ });
  t.equal((await stat(join(folder, 'password'))).mode & 0o777, 0o600);
  await first.stop();

  const second = await startKeptServer(folder);
  t.equal(second.url, first.url);
  t.strictSame(await ask(second.url, 'select count(*)::int from public.kept'), [0]);
  await second.stop();
});

t.test('the lock file of a server that the machine took down is no obstacle', async (t) => {
  const folder = await dataFolder(t);
  await (await startKeptServer(folder)).stop();
  const lockFile = join(folder, 'server', 'data', 'postmaster.pid');
  // A living process, as it happens when numbers begin again at 1 in a new container.
  await writeFile(lockFile, `${process.pid}\n`);
  const { stop } = await startKeptServer(folder);
  t.not(await readFile(lockFile, 'utf8'), `${process.pid}\n`);
  await stop();
});

t.test('a server that cannot start says why in one line', async (t) => {
  const folder = await dataFolder(t);
  await (await startKeptServer(folder)).stop();
  await writeFile(join(folder, 'server', 'data', 'PG_VERSION'), '9.6\n');
  await t.rejects(startKeptServer(folder), {
    name: 'UserError',
    message: /^the embedded PostgreSQL did not start: .*incompatible with server$/,
  });
});
