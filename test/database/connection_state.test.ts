import pg from 'pg';
import t from 'tap';
import {
  ConnectionTakenError,
  cleanConnection,
  listProducts,
  type PreparedQuery,
  type TenantIdentity,
  updateProduct,
} from '../../src/index.ts';
import { eventually } from '../support/eventually.ts';
import { everySetting, find, leave, states, withoutCleaning } from './connection-state.ts';
import { connect, demoTenant, openPackage } from './package.ts';

/** Nothing that one identity's transaction leaves on a connection reaches another's, by one connection in all. */
const { db, scene } = await openPackage(t, { maxConnections: 1 });
const ours = await demoTenant(scene, 1);
const theirs = await demoTenant(scene, 2);
const visitor: TenantIdentity = { tenantId: ours.tenantId, role: 'anonymous' };

// Where a database lets everybody make temporary objects.
await scene.installer.query(
  `do $$ begin execute format('grant temporary on database %I to public', current_database()); end $$`,
);

/** A direct look at what a fresh connection of the login begins with. */
const settingsQuery = `select name, setting, source from pg_settings
  where context = 'user' and name <> 'application_name' and name not in ('transaction_isolation', 'transaction_read_only', 'transaction_deferrable') order by name`;

t.test('each kind of state is gone, on the same connection; without cleaning each is found', async (t) => {
  let shown = 0;
  for (const { name, leave: statements, find: query } of states) {
    const { pid } = await find(db, theirs.owner, 'select 1');
    await leave(db, visitor, statements);
    t.same(await find(db, theirs.owner, query), { pid, rows: [] }, name);

    const other = connect(scene, { maxConnections: 1 });
    await withoutCleaning(t, async () => {
      await leave(other, visitor, statements);
      const { rows } = await find(other, theirs.owner, query);
      if (rows.length > 0) shown += 1;
      else t.fail(`without cleaning ${name} is not found either`);
    });
    await other.close();
  }
  t.equal(shown, states.length);
});

t.test('every setting that the login may change is back', async (t) => {
  const settings = await everySetting(scene.api);
  t.ok(settings.length > 100, `${settings.length} settings`);
  const change = settings.map(
    ([name, value]) => `select set_config('${name}', ${pg.escapeLiteral(value)}, false)`,
  );
  // A connection that had temporary tables refuses one of them.
  const fresh = connect(scene, { maxConnections: 1 });
  const other = connect(scene, { maxConnections: 1 });
  t.teardown(() => Promise.all([fresh.close(), other.close()]));
  const before = await find(fresh, theirs.owner, settingsQuery);
  await leave(fresh, visitor, change);
  t.same(await find(fresh, theirs.owner, settingsQuery), before);

  await withoutCleaning(t, async () => {
    await leave(other, visitor, change);
    const { rows } = await find(other, theirs.owner, settingsQuery);
    const changed = rows.filter(({ source }) => source === 'session').map(({ name }) => name);
    const expected = settings.map(([name]) => name).filter((name) => name !== 'application_name');
    t.same(new Set(changed), new Set(expected), 'without cleaning every one is found changed');
  });
});

t.test('the last value of a sequence', async (t) => {
  const statements = ['create temporary sequence numbers', `select nextval('numbers')`];
  const query = 'select lastval()';
  await leave(db, visitor, statements);
  await t.rejects(find(db, theirs.owner, query), { code: '55000' });
  const other = connect(scene, { maxConnections: 1 });
  t.teardown(() => other.close());
  await withoutCleaning(t, async () => {
    await leave(other, visitor, statements);
    await t.rejects(find(other, theirs.owner, query), { code: 'FORBIDDEN' }, 'there is one, of the visitor');
  });
});

t.test('random numbers are nobody’s', async (t) => {
  const seeded = async (which: typeof db) => {
    await leave(which, visitor, ['select setseed(0.42)']);
    return (await find(which, theirs.owner, 'select random() as number')).rows[0];
  };
  t.notSame(await seeded(db), await seeded(db));
  const other = connect(scene, { maxConnections: 1 });
  t.teardown(() => other.close());
  await withoutCleaning(t, async () => t.same(await seeded(other), await seeded(other)));
});

t.test('whatever becomes of the transaction', async (t) => {
  const { leave: statements, find: query } = states.find(
    ({ name }) => name === 'an advisory lock',
  ) as (typeof states)[0];
  const [text = ''] = statements;
  const stop = new AbortController();
  const ways: [name: string, way: () => Promise<unknown>][] = [
    [
      'it fails',
      () =>
        t.rejects(
          db.withTenant(visitor, async (tx) => {
            await tx.sql(text);
            throw new Error('enough');
          }),
        ),
    ],
    [
      'a statement fails and nobody minds',
      () =>
        t.rejects(
          db.withTenant(visitor, async (tx) => {
            await tx.sql(text);
            await tx.sql('select 1/0').catch(() => {});
          }),
        ),
    ],
    [
      'it is not awaited',
      () =>
        db.withTenant(visitor, async (tx) => {
          void tx.sql(text);
        }),
    ],
    [
      'it is not awaited, and its answer is read together with that of COMMIT',
      () =>
        db.withTenant(visitor, async (tx) => {
          await tx.sql('select 1');
          void tx.sql(text);
          setImmediate(() => {
            const end = performance.now() + 200;
            while (performance.now() < end);
          });
        }),
    ],
    [
      'in a savepoint that is taken back',
      () =>
        db.withTenant(visitor, (tx) =>
          tx
            .savepoint(async () => {
              await tx.sql(text);
              throw new Error('enough');
            })
            .catch(() => {}),
        ),
    ],
    [
      'a stream is left early',
      () =>
        db.withTenant(ours.owner, async (tx) => {
          await tx.sql(text);
          for await (const _ of tx.stream(listProducts, {}, { batchSize: 2 })) break;
        }),
    ],
    [
      'it is aborted',
      () =>
        t.rejects(
          db.withTenant(
            visitor,
            async (tx) => {
              await tx.sql(text);
              const sleeping = tx.sql('select pg_sleep(30)');
              stop.abort(new Error('enough'));
              await sleeping;
            },
            { signal: stop.signal },
          ),
          { message: 'enough' },
        ),
    ],
    [
      'it ends itself',
      () =>
        t.rejects(
          db.withTenant(visitor, async (tx) => {
            await tx.sql(text);
            await tx.sql('commit');
          }),
        ),
    ],
    [
      'it begins another one',
      () =>
        db.withTenant(visitor, async (tx) => {
          await tx.sql('commit and chain');
          await tx.sql(text);
        }),
    ],
    [
      'what ran only looks like a query of the package',
      () =>
        db.withTenant(visitor, (tx) =>
          tx.run(
            {
              name: 'mine',
              statement: () => ({ text, values: [] }),
              rows: (rows: unknown[]) => rows,
              finish: (rows: unknown[]) => rows,
            } as unknown as PreparedQuery<object, unknown, unknown>,
            {},
          ),
        ),
    ],
  ];
  for (const [name, way] of ways) {
    await way();
    t.same((await find(db, theirs.owner, query)).rows, [], name);
  }
  const held = `select from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`;
  t.ok(await eventually(async () => (await scene.installer.query(held)).rowCount === 0), 'nor elsewhere');
});

t.test('a connection that cannot be cleaned is closed', async (t) => {
  const { query } = pg.Client.prototype;
  const { pid } = await find(db, visitor, 'select 1');
  pg.Client.prototype.query = function (this: pg.Client, config: pg.QueryConfig, ...rest: unknown[]) {
    const text = config.text === 'discard all' ? 'discard everything' : config.text;
    return Reflect.apply(query, this, [typeof config === 'string' ? config : { ...config, text }, ...rest]);
  } as typeof query;
  await leave(db, visitor, ['select pg_advisory_lock(7)']);
  pg.Client.prototype.query = query;
  const found = await find(db, theirs.owner, 'select 1');
  t.not(found.pid, pid);
  const gone = async () =>
    (await scene.installer.query('select from pg_stat_activity where pid = $1', [pid])).rowCount;
  t.ok(await eventually(async () => (await gone()) === 0));
});

t.test('generated statements pay nothing: the server is sent what it was sent before', async (t) => {
  const texts: string[] = [];
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function (
    this: pg.Client,
    config: pg.QueryConfig | string,
    ...rest: unknown[]
  ) {
    const text = typeof config === 'string' ? config : config.text;
    // A bare one asks whether a slow server answers at all.
    if (text !== 'select') texts.push(text);
    return Reflect.apply(query, this, [config, ...rest]);
  } as typeof query;
  t.teardown(() => {
    pg.Client.prototype.query = query;
  });
  const sent = async (work: () => Promise<unknown>): Promise<(string | undefined)[]> => {
    // What cleans up after the one before is sent in its own time.
    await db.withTenant(theirs.owner, (tx) => tx.run(listProducts, { first: 1 }));
    texts.length = 0;
    await work();
    await db.withTenant(theirs.owner, (tx) => tx.run(listProducts, { first: 1 }));
    return texts.slice(0, -4).map((text) => /^[a-z]+( all)?/.exec(text.trim())?.[0]);
  };
  const transaction = ['begin', 'select', 'select', 'commit'];
  t.same(
    await sent(() => db.withTenant(ours.owner, (tx) => tx.run(listProducts, { first: 1 }))),
    transaction,
  );
  t.same(
    await sent(() =>
      t.rejects(
        db.withTenant(ours.owner, async (tx) => {
          await tx.run(updateProduct, { productId: 'none', expectedVersion: 1, name: '' });
        }),
      ),
    ),
    ['begin', 'select', 'update', 'rollback'],
  );
  t.same(
    await sent(() =>
      db.withTenant(ours.owner, async (tx) => {
        for await (const _ of tx.stream(listProducts, {}, { batchSize: 1_000 })) break;
        await tx.savepoint(() => tx.run(listProducts, { first: 1 }));
      }),
    ),
    ['begin', 'select', 'declare', 'fetch', 'close', 'savepoint', 'select', 'release', 'commit'],
  );
  t.same(
    await sent(() => db.withTenant(ours.owner, (tx) => tx.sql('select 1'))),
    [...transaction, 'discard all', 'select'],
    'and an application’s own text is cleaned up after',
  );
});

t.test('a connection of one’s own takes one identity until it is cleaned', async (t) => {
  const client = new pg.Client({ connectionString: scene.urls.DATABASE_API_URL });
  client.on('error', () => {});
  await client.connect();
  t.teardown(() => client.end());
  const enter = async (identity: TenantIdentity) => {
    await client.query('begin');
    await db.enter(identity, client);
  };
  const named = {
    name: 'find_product',
    text: 'select count(*)::integer as count from api.products where id = $1',
    values: [ours.tenantId],
  };
  await enter(visitor);
  await client.query(`prepare find_all as select 'mine'`);
  await client.query(named);
  await client.query('select pg_advisory_lock(8)');
  await client.query('commit');
  await enter(visitor);
  await client.query('commit');
  for (const identity of [theirs.owner, ours.owner, ours.buyer]) {
    await client.query('begin');
    await t.rejects(db.enter(identity, client), ConnectionTakenError);
    await client.query('rollback');
  }
  await client.query('begin');
  await cleanConnection(client);
  t.equal(client.getTransactionStatus(), 'I', 'what was open is rolled back');
  for (const query of [
    'select from pg_prepared_statements',
    `select from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()`,
  ]) {
    t.equal((await client.query(query)).rowCount, 0);
  }
  await enter(theirs.owner);
  t.same((await client.query(named)).rows, [{ count: 0 }], 'the driver prepares again what it had prepared');
  t.same((await client.query({ name: 'find_all', text: `select 'theirs' as whose` })).rows, [
    { whose: 'theirs' },
  ]);
  await client.query('commit');
  await t.rejects(enter(visitor), ConnectionTakenError, 'and belongs to the next identity');
  await client.query('rollback');

  await cleanConnection(client);
  await t.rejects(
    Promise.all([db.enter(theirs.owner, client), db.enter(visitor, client)]),
    ConnectionTakenError,
    'of two at once it takes one',
  );
  await scene.installer.query('select pg_terminate_backend(pid) from pg_stat_activity where pid = $1', [
    (client as unknown as { processID: number }).processID,
  ]);
  await t.rejects(cleanConnection(client), 'a connection that is lost cannot be cleaned');
  await t.rejects(db.enter(ours.buyer, client), ConnectionTakenError, 'and is nobody else’s');
});
