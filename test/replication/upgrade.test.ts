import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, globSync } from 'node:fs';
import { chown, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import t from 'tap';
import { makeOwnFolder, reachableTemporaryFolder, serverOwner } from '../../src/embedded/owner.ts';
import { createMigratedDatabase } from '../../src/embedded/throw-away.ts';
import { seedDemo } from '../../src/operations/seed-demo.ts';
import { one } from '../functions/shop.ts';
import { connect } from '../support/database.ts';
import { freePort } from '../support/free-port.ts';
import { asMember } from '../support/session.ts';
import { digests, isMainRun } from './servers.ts';

/**
 * pg_upgrade in place, from the oldest version that Debian's packages brought to each of them. With one version it
 * carries the cluster over to a new one of the same: all that pg_upgrade does, but for what differs between two.
 */
const folders = globSync('/usr/lib/postgresql/*/bin')
  .filter((folder) => existsSync(join(folder, 'pg_upgrade')))
  .sort((one, other) => majorOf(one) - majorOf(other));
const [oldest] = folders;
const skip = !isMainRun()
  ? 'runs with the embedded PostgreSQL 18'
  : oldest === undefined && 'pg_upgrade is not installed (postgresql-15)';

function majorOf(folder: string): number {
  return Number(folder.split('/').at(-2));
}

for (const newest of folders.length > 0 ? folders : ['/usr/lib/postgresql/15/bin']) {
  t.test(`pg_upgrade to ${majorOf(newest)}`, { skip }, async (t) => {
    const from = oldest as string;
    const owner = serverOwner();
    const home = join(
      await reachableTemporaryFolder(owner),
      `ccdb-upgrade-${randomBytes(6).toString('hex')}`,
    );
    await makeOwnFolder(home, owner);
    const password = randomBytes(12).toString('hex');
    const passwordFile = join(home, 'password');
    await writeFile(passwordFile, password, { mode: 0o600 });
    if (owner !== undefined) await chown(passwordFile, owner.uid, owner.gid);
    const run = (folder: string, program: string, ...args: string[]) =>
      promisify(execFile)(join(folder, program), args, {
        ...owner,
        cwd: home,
        env: { PATH: process.env.PATH, LC_ALL: 'C' },
      });

    const makeCluster = (folder: string, name: string) =>
      run(
        folder,
        'initdb',
        ...['-D', name, '--username=postgres', '--auth-local=trust', '--auth-host=scram-sha-256'],
        ...[
          '--pwfile=password',
          '--encoding=UTF8',
          '--locale=C',
          '--lc-ctype=C.UTF-8',
          '--data-checksums',
          '--no-sync',
        ],
      );
    const port = await freePort();
    const start = async (folder: string, name: string) => {
      const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off`;
      await run(folder, 'pg_ctl', '-D', name, '-l', `${name}.log`, '-w', '-o', options, 'start');
    };
    const stop = (folder: string, name: string) =>
      run(folder, 'pg_ctl', '-D', name, '-m', 'fast', '-w', 'stop').catch(() => {});
    t.teardown(async () => {
      await stop(from, 'old');
      await stop(newest, 'new');
      await rm(home, { recursive: true, force: true });
    });

    await makeCluster(from, 'old');
    await start(from, 'old');
    const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
    const urls = await createMigratedDatabase({ url, prefix: '', close: async () => {} }, 'shop', {});
    await seedDemo({ connectionString: urls.DATABASE_WORKER_URL });
    const before = connect(urls);
    await before.installer.query(`select audit.seal(50000, '0')`);
    const there = await digests(before);
    const rights = `
      select array_agg(x order by x collate "C") as rights
        from (
          select format('%s %s %s %s', p.polrelid::regclass, p.polname, pg_get_expr(p.polqual, p.polrelid),
                        pg_get_expr(p.polwithcheck, p.polrelid)) as x
            from pg_policy as p
          union all
          select format('%s %s %s', c.oid::regclass, a.grantee::regrole, a.privilege_type)
            from pg_class as c cross join aclexplode(c.relacl) as a
           where a.grantee <> c.relowner and c.relnamespace::regnamespace::text <> 'pg_catalog'
          union all
          select format('%s.%s %s %s', c.attrelid::regclass, c.attname, a.grantee::regrole, a.privilege_type)
            from pg_attribute as c cross join aclexplode(c.attacl) as a
          union all
          select format('%s %s', f.oid::regprocedure, a.grantee::regrole)
            from pg_proc as f cross join aclexplode(f.proacl) as a
           where a.grantee <> f.proowner and f.pronamespace::regnamespace::text <> 'pg_catalog'
        ) as r (x)`;
    const allowed = await one(before.installer, rights);
    await before.close();
    await stop(from, 'old');

    await makeCluster(newest, 'new');
    await run(
      newest,
      'pg_upgrade',
      ...['--old-bindir', from, '--new-bindir', newest, '--old-datadir', 'old', '--new-datadir', 'new'],
      ...['--username', 'postgres', '--socketdir', home],
    );
    await start(newest, 'new');
    const { close, ...after } = connect(urls);
    try {
      t.strictSame(await digests(after), there, `${Object.keys(there).length} tables, no difference`);
      t.strictSame(await one(after.installer, rights), allowed, 'policies and rights are the same');
      t.match(await one(after.installer, 'select * from audit.verify()'), { reason: null });
      const who = await one<{ tenantId: string; userId: string }>(
        after.installer,
        `select tenant_id as "tenantId", user_id as "userId" from commerce.team_members
          where role = 'owner' order by tenant_id limit 1`,
      );
      await asMember(after, who, async (client) => {
        const { id } = await one(client, 'select id from api.products order by id limit 1');
        await client.query(`select api.adjust_inventory($1, 1, 'restock', 'upgraded', 'a key')`, [id]);
      });
    } finally {
      await close();
    }
  });
}
