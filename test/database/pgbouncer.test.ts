import pg from 'pg';
import t from 'tap';
import { type Database, listProducts, NotFoundError, updateProduct } from '../../src/index.ts';
import { createTestDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { skipPooler, startPooler } from '../support/pooler.ts';
import { find, leave, states, withoutCleaning } from './connection-state.ts';
import { connect, demoTenant, only } from './package.ts';

/** Everything as ever through Debian's pgbouncer in transaction mode, with three connections to the server. */
t.test('through pgbouncer', { skip: skipPooler }, async (t) => {
  const scene = await createTestDatabase(t);
  const ours = await demoTenant(scene, 1);
  const theirs = await demoTenant(scene, 2);
  const { DATABASE_API_URL, DATABASE_AUTH_URL } = scene.urls;
  const through = await startPooler(t, { DATABASE_API_URL, DATABASE_AUTH_URL });
  const db: Database = connect(scene, {
    connectionString: through.DATABASE_API_URL,
    authConnectionString: through.DATABASE_AUTH_URL,
    maxConnections: 100,
    statementTimeout: 60_000,
  });
  t.teardown(() => db.close());

  await t.test('200 transactions of two tenants on three connections, none sees the other', async (t) => {
    const backends = new Set<number>();
    await Promise.all(
      Array.from({ length: 200 }, async (_, n) => {
        const { owner, tenantId } = n % 2 === 0 ? ours : theirs;
        await db.withTenant(owner, async (tx) => {
          const { pid } = only(await tx.sql<{ pid: number }>('select pg_backend_pid() as pid'));
          backends.add(pid);
          const rows = await tx.sql<{ id: string; n: string }>(
            'select tenant_id as id, count(*) as n from api.products group by 1',
          );
          if (rows.length !== 1 || rows[0]?.id !== tenantId)
            t.fail(`transaction ${n} saw ${JSON.stringify(rows)}`);
          await tx.run(listProducts, { first: 3 });
          await tx.savepoint(() => tx.sql(`select set_config('commerce.request_id', 'mine', true)`));
        });
      }),
    );
    t.ok(backends.size <= 3, `${backends.size} backends served them`);
    await db.withTenant(ours.owner, async (tx) =>
      t.same(
        await tx.sql(`select name from pg_prepared_statements where name <> ''`),
        [],
        'nothing is prepared',
      ),
    );
  });

  await t.test('writes, failures, streams and cancelled work', async (t) => {
    const product = await db.withTenant(ours.owner, async (tx) =>
      only(await tx.run(listProducts, { first: 1 })),
    );
    const rename = (name: string, version: number, owner = ours.owner) =>
      db.withTenant(owner, (tx) =>
        tx.run(updateProduct, { productId: product.id, expectedVersion: version, name }),
      );
    t.match(await rename('Pooled', product.version), { version: product.version + 1 });
    await t.rejects(rename('Stale', product.version), { code: 'VERSION_CONFLICT' });
    await t.rejects(rename('Theirs', product.version + 1, theirs.owner), { code: 'NOT_FOUND' });
    let count = 0;
    await db.withTenant(ours.owner, async (tx) => {
      for await (const _ of tx.stream(listProducts, {}, { batchSize: 2 })) count += 1;
    });
    t.ok(count > 5);

    const stop = new AbortController();
    const sleeping = db.withTenant(ours.owner, (tx) => tx.sql('select pg_sleep(30)'), {
      signal: stop.signal,
    });
    const active = async () =>
      (
        await scene.installer.query(
          `select from pg_stat_activity where datname = current_database() and query = 'select pg_sleep(30)' and state = 'active'`,
        )
      ).rowCount;
    t.ok(await eventually(async () => (await active()) === 1));
    stop.abort(new Error('enough'));
    await t.rejects(sleeping, { message: 'enough' });
    t.ok(await eventually(async () => (await active()) === 0), 'the pooler passes the cancel on');
    await t.rejects(
      db.asAnonymous('nobody.example', async () => {}),
      NotFoundError,
    );
  });

  await t.test('what a connection is left with has no role and no session', async (t) => {
    const raw = new pg.Client({ connectionString: through.DATABASE_API_URL });
    await raw.connect();
    t.teardown(() => raw.end());
    for (let n = 0; n < 6; n++) {
      const { rows } = await raw.query(
        `select current_setting('role') as role, current_setting('commerce.session', true) as session`,
      );
      t.match(rows, [{ role: 'none', session: /^$/ }]);
      await t.rejects(raw.query('select count(*) from api.products'), { code: '42501' });
    }
  });
});

t.test('what an application’s text leaves, through pgbouncer', { skip: skipPooler }, async (t) => {
  const scene = await createTestDatabase(t);
  const { DATABASE_API_URL, DATABASE_AUTH_URL } = scene.urls;
  await scene.installer.query(
    `do $$ begin execute format('grant temporary on database %I to public', current_database()); end $$`,
  );
  const ours = await demoTenant(scene, 1);
  const theirs = await demoTenant(scene, 2);
  const visitor = { tenantId: ours.tenantId, role: 'anonymous' as const };
  const ofServer = states.filter(({ name }) => !/setting of the application/.test(name));
  // pgbouncer keeps it for the client's connection, and sets it again on each of the server's.
  const ofClient = {
    leave: [`set client_encoding = 'LATIN1'`],
    find: `select where current_setting('client_encoding') <> 'UTF8'`,
  };

  const openThrough = async (settings: Record<string, string | number>) => {
    const through = await startPooler(t, { DATABASE_API_URL }, { default_pool_size: 1, ...settings });
    const db = connect(scene, {
      connectionString: through.DATABASE_API_URL,
      authConnectionString: DATABASE_AUTH_URL,
      maxConnections: 1,
    });
    t.teardown(() => db.close());
    return db;
  };
  const isLeft = async (db: Database, state: { leave: string[]; find: string }) => {
    await leave(db, visitor, state.leave);
    return (await find(db, theirs.owner, state.find)).rows.length > 0;
  };
  const always = { server_reset_query: 'DISCARD ALL', server_reset_query_always: 1 };

  await t.test('as pgbouncer comes, without our cleaning everything is found', async (t) => {
    const db = await openThrough({});
    for (const state of [...ofServer, ofClient]) {
      await withoutCleaning(t, async () => t.ok(await isLeft(db, state), state.find));
      // The pooler's only connection is cleaned after this.
      await leave(db, visitor, ['select']);
    }
  });

  await t.test('with server_reset_query_always nothing is on the server’s connections', async (t) => {
    const db = await openThrough(always);
    await withoutCleaning(t, async () => {
      for (const state of ofServer) t.notOk(await isLeft(db, state), state.name);
      t.ok(await isLeft(db, ofClient), 'what pgbouncer keeps for the client is ours to clean');
    });
  });

  await t.test('with both nothing is left', async (t) => {
    const db = await openThrough(always);
    for (const state of [...states, ofClient]) t.notOk(await isLeft(db, state), state.find);
  });
});

t.test('settings through pgbouncer, which takes no options at the start', { skip: skipPooler }, async (t) => {
  const scene = await createTestDatabase(t);
  const { DATABASE_API_URL, DATABASE_AUTH_URL } = scene.urls;
  const { owner } = await demoTenant(scene, 1);
  const [{ name: database }] = (await scene.api.query('select current_database() as name')).rows as [
    { name: string },
  ];
  const other: Record<string, string> = {
    DateStyle: 'SQL, DMY',
    TimeZone: 'Asia/Kolkata',
    client_encoding: 'LATIN1',
    lock_timeout: '1ms',
    row_security: 'off',
    search_path: 'audit',
    standard_conforming_strings: 'off',
    statement_timeout: '1h',
    synchronous_commit: 'off',
  };
  for (const [name, value] of Object.entries(other)) {
    await scene.api.query(
      `alter role commerce_api in database "${database}" set ${name} = ${pg.escapeLiteral(value)}`,
    );
  }
  for (const [how, settings] of Object.entries({
    refuses: {},
    drops: { ignore_startup_parameters: 'options' },
  })) {
    const through = await startPooler(t, { DATABASE_API_URL }, settings);
    const db = connect(scene, {
      connectionString: through.DATABASE_API_URL,
      authConnectionString: DATABASE_AUTH_URL,
    });
    const rows = await db.withTenant(owner, (tx) =>
      tx.sql<{ name: string; setting: string }>(
        'select name, setting from pg_settings where name = any ($1)',
        [Object.keys(other)],
      ),
    );
    t.same(
      Object.fromEntries(rows.map(({ name, setting }) => [name, setting])),
      {
        DateStyle: 'ISO, MDY',
        TimeZone: 'UTC',
        client_encoding: 'UTF8',
        lock_timeout: '10000',
        row_security: 'on',
        search_path: 'pg_catalog, pg_temp',
        standard_conforming_strings: 'on',
        statement_timeout: '60000',
        synchronous_commit: 'on',
      },
      `a pooler that ${how} them`,
    );
    await db.close();
  }
});
