import t from 'tap';
import type { TransactionOptions } from '../../src/database/transaction.ts';
import { startServer } from '../../src/graphql/server.ts';
import {
  createDatabase,
  type Database,
  getProduct,
  searchProducts,
  type TenantIdentity,
} from '../../src/index.ts';
import { signToken } from '../../src/operations/token.ts';
import { demoTenant, only } from '../database/package.ts';
import { one } from '../functions/shop.ts';
import { bearer, client, jwtSecret } from '../graphql/support.ts';
import { eventually } from '../support/eventually.ts';
import { startProxy } from '../support/proxy.ts';
import { isMainRun, openServer, openStandby, until } from './servers.ts';

/**
 * A streaming standby answers what only reads, through the package and through GraphQL: never without what the
 * session has written itself, and never at the price of an answer.
 */
const skip = isMainRun() ? false : 'runs with the embedded PostgreSQL 18';

t.test('reads on a standby', { skip }, async (t) => {
  const primary = await openServer(t, 18, { isFilled: true });
  const standby = await openStandby(t, primary, 18);
  const { owner, buyer, tenantId } = await demoTenant(primary, 1);
  const proxy = await startProxy(standby.through(primary.urls.DATABASE_API_URL));
  t.teardown(() => proxy.close());
  const standbyConnectionString = proxy.through(primary.urls.DATABASE_API_URL);
  const urls = {
    connectionString: primary.urls.DATABASE_API_URL,
    authConnectionString: primary.urls.DATABASE_AUTH_URL,
    standbyConnectionString,
  };
  const db = createDatabase(urls);
  t.teardown(() => db.close());
  const { id: productId } = await one<{ id: string }>(
    primary.installer,
    'select id from commerce.products where tenant_id = $1 and is_active and not is_deleted order by id limit 1',
    [tenantId],
  );

  /** The port of the server that answers: the standby's is another. */
  const whereText = `select case when pg_is_in_recovery() then 'standby' else 'primary' end as place`;
  const where = (who: TenantIdentity, options: TransactionOptions = { readOnly: true }) =>
    db.withTenant(who, async (tx) => only(await tx.sql<{ place: string }>(whereText)).place, options);
  const describe = (who: TenantIdentity, words: string) =>
    db.withTenant(who, (tx) =>
      tx.sql('update api.products set description = $2, version = version where id = $1', [productId, words]),
    );
  const read = (who: TenantIdentity) =>
    db.withTenant(
      who,
      async (tx) => ({
        place: only(await tx.sql<{ place: string }>(whereText)).place,
        words: (await tx.run(getProduct, { productId }))?.description,
      }),
      { readOnly: true },
    );
  const reaches = (who: TenantIdentity, place: string) =>
    eventually(async () => (await where(who)) === place);
  const pause = () => standby.installer.query('select pg_wal_replay_pause()');
  const resume = () => standby.installer.query('select pg_wal_replay_resume()');

  t.ok(await reaches(owner, 'standby'), 'once the standby knows the session');
  t.equal(await where(owner, {}), 'primary', 'what may write does not');
  t.ok(await reaches(owner, 'standby'), 'and neither do reads, until the standby has come so far');
  t.equal(await where(owner, { readOnly: true, isolation: 'repeatable read' }), 'standby');
  t.equal(await where(owner, { readOnly: true, isolation: 'serializable' }), 'primary');
  t.ok(
    (
      await db.withTenant(owner, (tx) => tx.run(searchProducts, { query: 'dress', first: 5 }), {
        readOnly: true,
      })
    ).length,
  );
  await t.rejects(
    db.withTenant(owner, (tx) => tx.sql(`update api.products set description = 'no'`), { readOnly: true }),
    { code: 'FORBIDDEN', sqlState: '25006' },
  );
  const other = { ...owner, email: 'other-device@example.com' };
  t.ok(await reaches(other, 'standby'));

  t.test('lag', async (t) => {
    await describe(owner, 'before');
    t.ok(
      await eventually(
        async () => (await read(other)).words === 'before' && (await read(owner)).place === 'standby',
      ),
    );
    await pause();
    await describe(owner, 'after');
    t.same(await read(owner), { place: 'primary', words: 'after' }, 'the writer sees it, on the primary');
    t.same(await read(other), { place: 'standby', words: 'before' }, 'anybody else may be late');
    t.equal(await where(buyer), 'primary', 'the standby does not know a session that was opened meanwhile');
    await resume();
    t.ok(await eventually(async () => (await read(owner)).place === 'standby'));
    t.equal((await read(owner)).words, 'after');
    t.ok(await eventually(async () => (await read(other)).words === 'after'));
  });

  t.test('a session that was revoked is opened anew, and the work does not notice', async (t) => {
    t.ok(await reaches(owner, 'standby'));
    const { id } = await db.withTenant(owner, async (tx) => tx.session, { readOnly: true });
    await primary.installer.query('delete from internal.session where id = $1', [id]);
    await until(standby, `not exists (select from internal.session where id = $1)`, [id]);
    let runs = 0;
    const place = await db.withTenant(
      owner,
      async (tx) => {
        runs += 1;
        await tx.run(getProduct, { productId });
        return only(await tx.sql<{ place: string }>(whereText)).place;
      },
      { readOnly: true },
    );
    t.equal(place, 'primary');
    t.equal(runs, 1);
    t.ok(await reaches(owner, 'standby'));
  });

  t.test('through GraphQL', async (t) => {
    const server = await startServer({ ...urls, jwtSecret, host: '127.0.0.1', port: 0, logLevel: 'silent' });
    t.teardown(() => server.close());
    const askAs = async ({ role, subject = '' }: TenantIdentity) =>
      client(server.url, bearer(await signToken({ role, tenantId, subject }, jwtSecret, '1h')));
    const [writes, reads] = [await askAs(owner), await askAs(buyer)];
    const wordsOf = async (ask: typeof writes) => {
      const answer = await ask('query ($id: ID!) { product(id: $id) { description } }', { id: productId });
      return answer.data?.product?.description ?? answer;
    };
    await describe(owner, 'before');
    t.ok(await eventually(async () => (await wordsOf(reads)) === 'before'));
    const { lsn } = await one(primary.installer, 'select pg_current_wal_insert_lsn()::text as lsn');
    await until(standby, 'pg_last_wal_replay_lsn() >= $1::pg_lsn', [lsn]);
    await pause();
    const { rows } = await primary.installer.query('select version from commerce.products where id = $1', [
      productId,
    ]);
    const changed = await writes(
      `mutation ($id: UUID!, $version: Int!) {
         updateProduct(input: { rowId: $id, patch: { description: "after", version: $version } }) { product { description } }
       }`,
      { id: productId, version: rows[0].version },
    );
    t.equal(changed.errors, undefined, JSON.stringify(changed.errors));
    t.equal(await wordsOf(writes), 'after', 'the writer sees it');
    t.equal(await wordsOf(reads), 'before', 'anybody else reads on the standby');
    await resume();
    t.ok(await eventually(async () => (await wordsOf(reads)) === 'after'));

    proxy.refuse();
    t.equal(await wordsOf(reads), 'after', 'the primary answers when the standby is lost');
    proxy.pass();
    await t.rejects(
      startServer({
        ...urls,
        standbyConnectionString: standby.through(primary.urls.DATABASE_AUTH_URL),
        jwtSecret,
        host: '127.0.0.1',
        port: 0,
        logLevel: 'silent',
      }),
      { message: /^DATABASE_STANDBY_URL is for commerce_api/ },
    );
  });

  t.test('a lost standby', async (t) => {
    t.ok(await reaches(owner, 'standby'));
    proxy.refuse();
    t.equal(await where(owner), 'primary');
    proxy.pass();
    t.ok(await reaches(owner, 'standby'), 'and one that is back');
    proxy.silence();
    await where(owner).catch(() => {});
    t.ok(await reaches(owner, 'primary'), 'one that is silent');
    proxy.pass();
    t.ok(await reaches(owner, 'standby'));
    const misled: Database = createDatabase({
      ...urls,
      standbyConnectionString: Object.assign(new URL(standbyConnectionString), { password: 'wrong' }).href,
    });
    t.teardown(() => misled.close());
    const reading = (tx: { sql(text: string): Promise<unknown> }) => tx.sql('select');
    await t.rejects(misled.withTenant(owner, reading, { readOnly: true }), {
      code: 'UNAVAILABLE',
      reason: 'LOGIN_REFUSED',
    });
  });

  t.test('a standby that was promoted', async (t) => {
    t.ok(await reaches(owner, 'standby'));
    await standby.installer.query('select pg_promote()');
    const isHere = async () =>
      db.withTenant(
        owner,
        async (tx) => only(await tx.sql<{ port: string }>(`select current_setting('port') as port`)).port,
        { readOnly: true },
      );
    const { port } = new URL(primary.urls.DATABASE_URL);
    t.ok(await eventually(async () => (await isHere()) === port));
    await describe(owner, 'only here');
    t.same(await read(owner), { place: 'primary', words: 'only here' });
  });
});
