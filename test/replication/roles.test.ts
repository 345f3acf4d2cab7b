import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import t, { type Test } from 'tap';
import { startThrowAwayServer } from '../../src/embedded/server.ts';
import { withClient } from '../../src/operations/client.ts';
import { roleNames } from '../../src/operations/login-check.ts';
import { withDatabase } from '../../src/operations/login-urls.ts';
import { ccdb } from '../support/ccdb.ts';
import { freePort } from '../support/free-port.ts';
import { libpqEnv } from '../support/libpq.ts';
import { isMainRun, openServer } from './servers.ts';

/** A dump that comes back without its roles, what they own and may do, or its data: every command says so alike. */
const binaries = '/usr/lib/postgresql/15/bin';
const skip = !isMainRun()
  ? 'runs with the embedded PostgreSQL 18'
  : !existsSync(join(binaries, 'pg_dump')) && 'pg_dump 15 is not installed (postgresql-15)';
const run = promisify(execFile);
const command = (url: string, name: string, ...args: string[]) =>
  run(join(binaries, name), args, { maxBuffer: 2 ** 26, env: libpqEnv(url) });

const refusal =
  /^ccdb: this database was restored without its roles or their rights \((.+)\): restore the roles first \(pg_dumpall --roles-only, or ccdb up on another database of the server\), then a dump with owners and privileges into an empty database\n$/;

const dataless =
  'ccdb: this database has our tables, but ccdb.migrations remembers no migration: it was restored without its data or without the schema ccdb; restore a whole dump into an empty database\n';

/** What is said of the database by each command, which must be one line, the same of all. */
async function answer(
  t: Test,
  url: string,
  wanted: RegExp | string = refusal,
  commands: readonly string[] = ['up', 'status', 'serve'],
): Promise<string | undefined> {
  const env = { DATABASE_URL: url, JWT_SECRET: 'x'.repeat(32) };
  const said = new Set<string>();
  for (const args of commands) {
    const more = args === 'serve' ? ['--port', String(await freePort())] : [];
    const { code, stdout, stderr } = await ccdb([...args.split(' '), ...more], env);
    t.match({ code, stdout, stderr }, { code: 1, stdout: '', stderr: wanted }, `ccdb ${args}`);
    said.add(stderr);
  }
  t.equal(said.size, 1, 'all say the same');
  return refusal.exec([...said][0] ?? '')?.[1];
}

/** A database of the server with all that of the dump that can be restored into it. */
async function restoreInto(server: string, name: string, dump: string): Promise<string> {
  await withClient(server, (client) => client.query(`create database ${name} template template0`));
  const url = withDatabase(server, name);
  await command(url, 'psql', '--quiet', '--no-psqlrc', '--output=/dev/null', `--file=${dump}`);
  return url;
}

t.test('a restore that lacks the roles, their ownership or their rights', { skip }, async (t) => {
  const source = await openServer(t, 15);
  const folder = t.testdir({});
  const file = (name: string) => join(folder, `${name}.sql`);
  for (const [name, ...flags] of [
    ['whole'],
    ['ownerless', '--no-owner'],
    ['powerless', '--no-privileges'],
    ['bare', '--no-owner', '--no-privileges'],
    ['dataless', '--schema-only'],
    ['ledgerless', '--exclude-schema=ccdb'],
  ]) {
    await command(source.urls.DATABASE_URL, 'pg_dump', ...flags, '--file', file(String(name)));
  }
  const { url, stop } = await startThrowAwayServer({ major: 15 });
  t.teardown(stop);
  const restore = (name: string, dump = name) => restoreInto(url, name, file(dump));

  const whole = await restore('whole');
  t.equal(
    await answer(t, whole, refusal, ['up', 'plan', 'status', 'serve', 'worker --once', 'seed']),
    'the server lacks commerce_owner, commerce_definer, commerce_system, commerce_audit, commerce_purge, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_api, commerce_auth, commerce_worker_login, commerce_platform_login',
    'no role at all',
  );

  // As the message says: another database of the server makes the roles.
  await withClient(url, (client) => client.query('create database other'));
  t.match(await ccdb(['up'], { DATABASE_URL: withDatabase(url, 'other') }), { code: 0 });
  const sign = /^schema commerce belongs to \w+, not to commerce_owner$/;
  t.match(await answer(t, whole), sign, 'roles that came after the restore');
  t.match(await answer(t, await restore('ownerless')), sign, 'a dump without owners');
  t.equal(
    await answer(t, await restore('powerless')),
    'commerce_api has no right to schema ccdb',
    'a dump without rights',
  );
  t.match(await answer(t, await restore('bare')), sign, 'a dump without owners and rights');
  await answer(t, await restore('dataless'), dataless);
  await answer(t, await restore('ledgerless'), dataless);
  t.match(await ccdb(['up'], { DATABASE_URL: await restore('mended', 'whole') }), {
    code: 0,
    stdout: /nothing to do/,
  });
});

t.test('a restore that lacks one role, which comes later', { skip }, async (t) => {
  const source = await openServer(t, 15);
  const dump = join(t.testdir({}), 'whole.sql');
  await command(source.urls.DATABASE_URL, 'pg_dump', '--file', dump);
  const { url, stop } = await startThrowAwayServer({ major: 15 });
  t.teardown(stop);
  const run = (database: string, sql: string) => withClient(database, (client) => client.query(sql));
  const others = roleNames.filter((name) => name !== 'commerce_platform');
  await run(url, others.map((name) => `create role ${name}`).join(';'));

  const restored = await restoreInto(url, 'restored', dump);
  t.equal(await answer(t, restored), 'the server lacks commerce_platform');
  await run(url, 'create role commerce_platform');
  t.equal(await answer(t, restored), 'commerce_platform owns nothing and may do nothing in it');
  // Rights are easily granted again. The policies that named the role were not restored for the other roles either.
  await run(restored, 'grant usage on schema api to commerce_platform');
  t.equal(await answer(t, restored), 'no policy tenant keeps merchants apart');
});
