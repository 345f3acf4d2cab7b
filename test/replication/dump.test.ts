import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import t from 'tap';
import { withClient } from '../../src/operations/client.ts';
import { withDatabase } from '../../src/operations/login-urls.ts';
import { one } from '../functions/shop.ts';
import { connect } from '../support/database.ts';
import { libpqEnv } from '../support/libpq.ts';
import { asMember } from '../support/session.ts';
import { digests, isMainRun, openServer } from './servers.ts';

/** A dump of PostgreSQL 15, restored on 15 and on 18: data, rights and the proof of the log arrive. */
const binaries = '/usr/lib/postgresql/15/bin';
const skip = !isMainRun()
  ? 'runs with the embedded PostgreSQL 18'
  : !existsSync(join(binaries, 'pg_dump')) && 'pg_dump 15 is not installed (postgresql-15)';
const run = promisify(execFile);

t.test('a dump of 15 is restored', { skip }, async (t) => {
  const source = await openServer(t, 15, { isFilled: true });
  await source.installer.query(`select audit.seal(50000, '0')`);
  const file = join(t.testdir({}), 'shop.sql');
  await run(join(binaries, 'pg_dump'), ['--file', file], { env: libpqEnv(source.urls.DATABASE_URL) });
  const there = await digests(source);
  const { tenant_id: tenantId, user_id: userId } = await one<{ tenant_id: string; user_id: string }>(
    source.installer,
    `select tenant_id, user_id from commerce.team_members where role = 'owner' order by tenant_id limit 1`,
  );

  for (const major of [15, 18]) {
    // The roles belong to the server: the migrations of another database made them.
    const server = major === 15 ? source : await openServer(t, major);
    await withClient(server.urls.DATABASE_URL, (client) =>
      client.query('create database restored template template0'),
    );
    const urls = Object.fromEntries(
      Object.entries(server.urls).map(([name, url]) => [name, withDatabase(url, 'restored')]),
    ) as typeof server.urls;
    await run(
      join(binaries, 'psql'),
      ['--quiet', '--no-psqlrc', '--set=ON_ERROR_STOP=1', '--output=/dev/null', `--file=${file}`],
      { env: libpqEnv(urls.DATABASE_URL) },
    );
    const { close, ...restored } = connect(urls);
    try {
      t.strictSame(await digests(restored), there, `${Object.keys(there).length} tables on ${major}`);
      t.match(await one(restored.installer, 'select * from audit.verify()'), { reason: null });
      await asMember(restored, { tenantId, userId }, async (client) => {
        const { id } = await one(client, 'select id from api.products order by id limit 1');
        await client.query(`select api.adjust_inventory($1, 1, 'restock', 'restored', 'a key')`, [id]);
      });
    } finally {
      await close();
    }
  }
});
