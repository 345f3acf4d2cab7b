import { spawnSync } from 'node:child_process';
import { chmod, chown, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import t from 'tap';
import { reachableTemporaryFolder, serverOwner } from '../../src/embedded/owner.ts';
import { startKeptServer } from '../../src/embedded/server.ts';
import { createMigratedDatabase } from '../../src/embedded/throw-away.ts';
import { createDatabase, type DatabaseOptions, UnavailableError } from '../../src/index.ts';
import { eventually } from '../support/eventually.ts';

const program = 'openssl';
const skip = spawnSync(program, ['version']).error !== undefined && 'openssl is not installed';

t.test('TLS', { skip }, async (t) => {
  const owner = serverOwner();
  const parent = await mkdtemp(join(await reachableTemporaryFolder(owner), 'ccdb-tls-'));
  await chmod(parent, 0o755);
  t.teardown(() => rm(parent, { recursive: true, force: true }));
  const server = await startKeptServer(parent);
  t.teardown(() => server.stop());
  const urls = await createMigratedDatabase(
    { url: server.url, prefix: '', close: async () => {} },
    'shop',
    {},
  );

  const [key, certificate] = ['server.key', 'server.crt'].map((name) =>
    join(parent, 'server/data', name),
  ) as [string, string];
  const request = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=shop
    -addext subjectAltName=IP:127.0.0.1 -keyout ${key} -out ${certificate}`;
  t.equal(spawnSync(program, request.split(/\s+/)).status, 0);
  const ca = await readFile(certificate, 'utf8');
  await chmod(key, 0o600);
  for (const file of [key, certificate]) {
    if (owner !== undefined) await chown(file, owner.uid, owner.gid);
  }
  const looker = new pg.Client({ connectionString: urls.DATABASE_URL });
  await looker.connect();
  t.teardown(() => looker.end());
  await looker.query('alter system set ssl = on');
  await looker.query('select pg_reload_conf()');
  t.ok(await eventually(async () => (await looker.query('show ssl')).rows[0].ssl === 'on'));

  const open = (ssl?: DatabaseOptions['ssl']) => {
    const db = createDatabase({
      connectionString: urls.DATABASE_API_URL,
      authConnectionString: urls.DATABASE_AUTH_URL,
      workerConnectionString: urls.DATABASE_WORKER_URL,
      ...(ssl !== undefined && { ssl }),
    });
    t.teardown(() => db.close());
    return db;
  };
  const isEncrypted = (ssl?: DatabaseOptions['ssl']) =>
    open(ssl).asWorker(async (tx) => {
      const [row] = await tx.sql<{ pid: number }>('select pg_backend_pid() as pid');
      return (await looker.query('select ssl from pg_stat_ssl where pid = $1', [row?.pid])).rows[0].ssl;
    });
  t.equal(await isEncrypted(), false, 'unless it is asked for');
  t.equal(await isEncrypted({ ca }), true);
  t.equal(await isEncrypted({ rejectUnauthorized: false }), true);
  await t.rejects(isEncrypted(true), UnavailableError, 'a certificate that nobody vouches for is refused');

  const db = open({ ca });
  await t.rejects(
    db.asAnonymous('nobody.example', async () => {}),
    { code: 'NOT_FOUND' },
    'sessions are opened through it as well',
  );
  const stop = new AbortController();
  const sleeping = db.asWorker((tx) => tx.sql('select pg_sleep(60)'), { signal: stop.signal });
  const active = async () =>
    (
      await looker.query(
        `select from pg_stat_activity where query = 'select pg_sleep(60)' and state = 'active'`,
      )
    ).rowCount;
  t.ok(await eventually(async () => (await active()) === 1));
  stop.abort(new Error('enough'));
  await t.rejects(sleeping, { message: 'enough' });
  t.ok(await eventually(async () => (await active()) === 0), 'and statements cancelled');
});
