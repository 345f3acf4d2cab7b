import { AsyncResource } from 'node:async_hooks';
import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';
import pg from 'pg';
import t from 'tap';
import { ManyQuery } from '../../src/database/prepared-query.ts';
import {
  ConcurrentChangeError,
  createDatabase,
  createProduct,
  type DatabaseOptions,
  ForbiddenError,
  getProduct,
  listProducts,
  listSalesDaily,
  listSellers,
  NestedTransactionError,
  NotFoundError,
  type QueryEvent,
  registerBuyer,
  searchProducts,
  type TenantTransaction,
  TimeoutError,
  TransactionEndedError,
  type TransactionOptions,
  UnavailableError,
  updateProduct,
  VersionConflictError,
} from '../../src/index.ts';
import { eventually } from '../support/eventually.ts';
import { connect, demoTenant, only, openPackage } from './package.ts';

const { db, scene } = await openPackage(t);
const ours = await demoTenant(scene, 1);
const theirs = await demoTenant(scene, 2);
const narrow = connect(scene, { maxConnections: 1 });
t.teardown(() => narrow.close());

const firstProduct = async (tx: TenantTransaction) => only(await tx.run(listProducts, { first: 1 }));
const nameOf = async (id: string): Promise<string | undefined> =>
  (await db.withTenant(ours.owner, (tx) => tx.run(getProduct, { productId: id })))?.name;
const setName = async (tx: TenantTransaction, id: string, name: string) => {
  const { version } = only(await tx.run(getProduct, { productId: id }));
  return tx.run(updateProduct, { productId: id, expectedVersion: version, name });
};

/** Runs it as if nothing were around it. */
const apart = new AsyncResource('test');
const outside = <T>(work: () => Promise<T>): Promise<T> => apart.runInAsyncScope(work);

t.test('a connection keeps what it has prepared, and text of ours is gone with it', async (t) => {
  const kept = `select split_part(name, ' ', 1) as name, (generic_plans + custom_plans)::integer as runs
                  from pg_prepared_statements where name <> ''`;
  const another = new ManyQuery<object, { n: number }>('listProducts', 'select 1 as n', []);
  const alone = connect(scene, { maxConnections: 1 });
  t.teardown(() => alone.close());
  const inTurns = async () => {
    for (const first of [1, 2]) {
      const rows = await alone.withTenant(ours.owner, (tx) => tx.run(listProducts, { first }));
      t.equal(rows.length, first);
    }
  };
  await inTurns();
  await alone.withTenant(ours.owner, async (tx) => {
    t.same(await tx.run(another, {}), [{ n: 1 }], 'a query of the same name is another one');
    t.same(
      (await tx.sql<{ name: string; runs: number }>(kept)).toSorted((a, b) => b.runs - a.runs),
      [
        { name: 'listProducts', runs: 2 },
        { name: 'listProducts', runs: 1 },
      ],
    );
  });
  await inTurns();
  await alone.withTenant(ours.owner, async (tx) =>
    t.same(await tx.sql(kept), [{ name: 'listProducts', runs: 2 }]),
  );
});

t.test('options that make no sense are named', async (t) => {
  const { DATABASE_API_URL: connectionString, DATABASE_AUTH_URL: authConnectionString } = scene.urls;
  const wrong: [name: string, options: unknown][] = [
    ['connectionString', { authConnectionString }],
    ['authConnectionString', { connectionString, authConnectionString: '' }],
    ['workerConnectionString', { connectionString, authConnectionString, workerConnectionString: 5 }],
    ['maxConnections', { connectionString, authConnectionString, maxConnections: 0 }],
    ['statementTimeout', { connectionString, authConnectionString, statementTimeout: 1.5 }],
    ['sessionLifetime', { connectionString, authConnectionString, sessionLifetime: '1h' }],
    ['onQuery', { connectionString, authConnectionString, onQuery: 'log' }],
    ['ssl', { connectionString, authConnectionString, ssl: 'yes' }],
    ['applicationName', { connectionString, authConnectionString, applicationName: 5 }],
    ['connectionString', { connectionString: 'secret of the shop', authConnectionString }],
    ['maxConection', { connectionString, authConnectionString, maxConection: 5 }],
  ];
  for (const [name, options] of wrong) {
    t.throws(() => createDatabase(options as DatabaseOptions), {
      name: 'TypeError',
      message: `createDatabase: ${name} `,
    });
  }
  t.throws(() => createDatabase({ connectionString: 'secret of the shop', authConnectionString }), {
    message: /^(?!.*secret)/,
  });
  for (const options of [{ isolation: 'serializable; commit' }, { retries: -1 }, { retries: 0.5 }]) {
    await t.rejects(
      db.withTenant(ours.owner, async () => t.fail('never begun'), options as TransactionOptions),
      { name: 'TypeError', message: new RegExp(Object.keys(options).join()) },
    );
  }
  await t.rejects(
    db.asPlatform({ adminId: '', tenantId: '', reason: '', reading: '' }, async () => {}),
    {
      message: 'asPlatform needs platformConnectionString',
    },
  );
});

t.test('a call inside joins the transaction, even on a pool of one', async (t) => {
  const { id, name } = await narrow.withTenant(ours.owner, firstProduct);
  await t.rejects(
    narrow.withTenant(ours.owner, async (tx) => {
      await narrow.withTenant(ours.owner, async (inner) => {
        t.equal(inner.requestId, tx.requestId);
        await setName(inner, id, 'Joined');
      });
      t.equal(only(await tx.run(getProduct, { productId: id })).name, 'Joined', 'seen outside');
      throw new Error('both');
    }),
    { message: 'both' },
  );
  t.equal(await nameOf(id), name, 'and taken back together');

  await narrow.withTenant(ours.owner, async (tx) => {
    await t.rejects(
      narrow.withTenant(ours.owner, async (inner) => {
        await setName(inner, id, 'Inner');
        throw new Error('inner');
      }),
      { message: 'inner' },
    );
    t.equal(
      only(await tx.run(getProduct, { productId: id })).name,
      name,
      'the inner one alone is taken back',
    );
    await setName(tx, id, 'Outer');
  });
  t.equal(await nameOf(id), 'Outer');
});

t.test('another tenant, another person or other options inside are refused', async (t) => {
  for (const identity of [theirs.owner, ours.buyer, { ...ours.owner, role: 'anonymous' as const }]) {
    await narrow.withTenant(ours.owner, async (tx) => {
      await t.rejects(
        narrow.withTenant(identity, async () => {}),
        NestedTransactionError,
      );
      t.equal((await tx.run(listProducts, { first: 1 })).length, 1, 'and the outer one goes on');
    });
  }
  await narrow.withTenant(ours.owner, async () => {
    await t.rejects(
      narrow.withTenant(ours.owner, async () => {}, { isolation: 'serializable' }),
      NestedTransactionError,
    );
    await t.rejects(
      narrow.asAnonymous('demo-2.example', async () => {}),
      NestedTransactionError,
    );
  });
  let late: Promise<unknown> | undefined;
  await narrow.withTenant(ours.owner, async () => {
    late = new Promise((resolve) => setTimeout(resolve, 20)).then(() =>
      narrow.withTenant(theirs.owner, firstProduct),
    );
  });
  t.ok(await late, 'work that outlives it is inside no more');
});

t.test('a savepoint fails alone', async (t) => {
  const { id, version } = await db.withTenant(ours.owner, firstProduct);
  await db.withTenant(ours.owner, async (tx) => {
    await setName(tx, id, 'Before');
    await t.rejects(
      tx.savepoint(async () => {
        await setName(tx, id, 'Within');
        await tx.run(updateProduct, { productId: id, expectedVersion: version, name: 'Stale' });
      }),
      VersionConflictError,
    );
    t.equal(await tx.savepoint(async () => 'kept'), 'kept');
    await t.rejects(
      tx.savepoint(() => tx.sql('select 1 / 0').catch(() => {})),
      { code: '22012' },
      'a failure that the work swallows is thrown all the same',
    );
  });
  t.equal(await nameOf(id), 'Before');
});

t.test('savepoints and calls inside that begin together take turns', async (t) => {
  const { id } = await narrow.withTenant(ours.owner, firstProduct);
  await narrow.withTenant(ours.owner, async (tx) => {
    const order: string[] = [];
    const step = async (name: string, isFailing = false) => {
      order.push(`${name} begins`);
      await setName(tx, id, name);
      await tx.sql('select 1');
      order.push(`${name} ends`);
      if (isFailing) throw new Error(name);
    };
    const outcomes = await Promise.allSettled([
      tx.savepoint(() => step('One')),
      tx.savepoint(() => step('Two', true)),
      narrow.withTenant(ours.owner, () => tx.savepoint(() => step('Three'))),
      narrow.withTenant(ours.owner, () => step('Four', true)),
      // Beside the savepoints, so that none of them takes it back.
      tx.sql('update api.products set version = version where id = $1', [id]),
    ]);
    t.same(
      outcomes.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled'],
    );
    t.same(
      order,
      ['One', 'Two', 'Three', 'Four'].flatMap((name) => [`${name} begins`, `${name} ends`]),
    );
    t.equal(only(await tx.run(getProduct, { productId: id })).name, 'Three');
  });
  t.equal(await nameOf(id), 'Three');
});

t.test('a savepoint that nobody waits for fails the work', async (t) => {
  let forgotten: Promise<unknown> | undefined;
  await t.rejects(
    narrow.withTenant(ours.owner, async (tx) => {
      forgotten = tx.savepoint(() => tx.sql('select 1'));
      forgotten.catch(() => {});
    }),
    TransactionEndedError,
  );
  await forgotten?.catch(() => {});
  t.ok(await narrow.withTenant(ours.owner, firstProduct));
});

t.test('machines inside of each other share a transaction as well', async (t) => {
  const pid = (tx: Pick<TenantTransaction, 'sql'>) =>
    tx.sql<{ pid: number }>('select pg_backend_pid() as pid, txid_current() as transaction');
  await narrow.asWorker(async (tx) => {
    t.same(await narrow.asWorker(pid), await pid(tx));
    t.notSame(await narrow.withTenant(ours.owner, pid), await pid(tx), 'another login has its own');
  });
});

t.test('a signal cancels the statement, and the work is taken back', async (t) => {
  const { id, name } = await db.withTenant(ours.owner, firstProduct);
  const stop = new AbortController();
  const work = db.withTenant(
    ours.owner,
    async (tx) => {
      await setName(tx, id, 'Aborted');
      await tx.sql('select pg_sleep(60)');
    },
    { signal: stop.signal },
  );
  const sleeping = async () =>
    (
      await scene.installer.query(
        `select from pg_stat_activity where datname = current_database() and query = 'select pg_sleep(60)' and state = 'active'`,
      )
    ).rowCount;
  t.ok(await eventually(async () => (await sleeping()) === 1));
  stop.abort(new Error('the client left'));
  await t.rejects(work, { message: 'the client left' });
  t.ok(await eventually(async () => (await sleeping()) === 0), 'the server stopped as well');
  t.equal(await nameOf(id), name);
  await t.rejects(
    db.withTenant(ours.owner, async () => t.fail('never begun'), { signal: stop.signal }),
    { message: 'the client left' },
  );
});

t.test('a signal is heard at once, whatever the work waits for', async (t) => {
  const reason = new Error('the client left');
  const aborted = async (work: (signal: AbortSignal, abort: () => void) => Promise<unknown>) => {
    const stop = new AbortController();
    await t.rejects(
      work(stop.signal, () => stop.abort(reason)),
      { message: reason.message },
    );
  };
  await aborted((signal, abort) =>
    narrow.withTenant(
      ours.owner,
      async (tx) => {
        await tx.sql('select 1');
        abort();
        await t.rejects(tx.sql('select 1'), { message: reason.message }, 'no query is taken any more');
        return new Promise(() => {});
      },
      { signal },
    ),
  );
  // The pool has one connection: a call that waits for it.
  await narrow.withTenant(ours.owner, async () => {
    await aborted(async (signal, abort) => {
      const waiting = outside(() => narrow.withTenant(ours.owner, async () => {}, { signal }));
      setImmediate(abort);
      return waiting;
    });
  });
  t.ok(await narrow.withTenant(ours.owner, firstProduct), 'and the connection is there for the next');

  const lock = await scene.installer.connect();
  await lock.query('begin');
  await lock.query('lock table internal.domain_claim');
  await aborted(async (signal, abort) => {
    const waiting = narrow.asAnonymous('demo-1.example', async () => t.fail('never begun'), { signal });
    setImmediate(abort);
    return waiting;
  });
  await lock.query('rollback');
  lock.release();
});

t.test('a signal is heard although the server has fallen silent', async (t) => {
  const { hostname, port } = new URL(scene.urls.DATABASE_API_URL);
  const sockets: Socket[] = [];
  const between = createServer((client) => {
    const server = createConnection(Number(port), hostname);
    sockets.push(client, server);
    client.pipe(server).pipe(client);
    for (const socket of [client, server]) socket.on('error', () => {});
  }).listen(0, '127.0.0.1');
  await once(between, 'listening');
  t.teardown(() => {
    for (const socket of sockets) socket.destroy();
    between.close();
  });
  const through = new URL(scene.urls.DATABASE_API_URL);
  through.port = String((between.address() as AddressInfo).port);
  const distant = connect(scene, { connectionString: through.href, maxConnections: 1 });
  t.teardown(() => distant.close());
  t.ok(await distant.withTenant(ours.owner, firstProduct));
  for (const socket of sockets) socket.pause();
  const stop = new AbortController();
  // BEGIN is on its way, and nothing else.
  const work = distant.withTenant(ours.owner, () => new Promise(() => {}), { signal: stop.signal });
  setImmediate(() => stop.abort(new Error('enough')));
  await t.rejects(work, { message: 'enough' });
  t.ok(await distant.withTenant(ours.owner, firstProduct), 'the next call has another connection');
});

t.test('whenever the signal comes, the answer says what was done', async (t) => {
  const outcomes = await Promise.all(
    Array.from({ length: 200 }, async (_, n) => {
      const sku = `ABORT-${n}`;
      const stop = new AbortController();
      const add = (tx: TenantTransaction) =>
        tx.run(createProduct, { sellerId: ours.sellerId, name: sku, sku, price: '1', currencyCode: 'NGN' });
      const work = db.withTenant(
        ours.owner,
        async (tx) => {
          // Somewhere between now and well after the commit.
          if (n % 10 > 0) setTimeout(() => stop.abort(new Error('stop')), n / 4);
          await (n % 2 === 0 ? add(tx) : tx.savepoint(() => add(tx)));
          await Promise.all([tx.sql('select 1'), tx.sql('select pg_sleep(0.001)')]);
        },
        { signal: stop.signal },
      );
      const isKept = await work.then(
        () => true,
        (error: unknown) => {
          t.match(error, { message: 'stop' });
          return false;
        },
      );
      return { sku, isKept };
    }),
  );
  const { rows } = await scene.installer.query<{ sku: string }>(
    `select sku from commerce.products where sku like 'ABORT-%'`,
  );
  const kept = outcomes.filter(({ isKept }) => isKept).map(({ sku }) => sku);
  t.same(new Set(rows.map(({ sku }) => sku)), new Set(kept));
  t.ok(kept.length >= 20 && kept.length < 200, `${kept.length} of 200 were kept`);
});

t.test('a cancellation never meets somebody else’s statement', async (t) => {
  const pids = new Set<number>();
  for (let round = 0; round < 20; round++) {
    const stop = new AbortController();
    const work = narrow.withTenant(
      ours.owner,
      async (tx) => {
        pids.add(only(await tx.sql<{ pid: number }>('select pg_backend_pid() as pid')).pid);
        // About to be answered when it is cancelled.
        const last = tx.sql('select pg_sleep(0.001)');
        setTimeout(() => stop.abort(new Error('stop')), round / 10);
        await last;
        await new Promise(() => {});
      },
      { signal: stop.signal },
    );
    await t.rejects(work, { message: 'stop' });
    await narrow.withTenant(theirs.owner, (tx) => tx.sql('select pg_sleep(0.002)'));
  }
  t.ok(pids.size > 1, 'a connection with a cancelled statement is closed');
});

t.test('time limits', async (t) => {
  const hasty = connect(scene, { statementTimeout: 1000, idleInTransactionTimeout: 100, maxConnections: 1 });
  t.teardown(() => hasty.close());
  await t.rejects(
    hasty.withTenant(ours.owner, (tx) => tx.sql('select pg_sleep(5)')),
    TimeoutError,
  );
  const idle = await hasty
    .withTenant(ours.owner, async (tx) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      await tx.sql('select 1');
    })
    .catch((reason: unknown) => reason);
  t.ok(idle instanceof TimeoutError || idle instanceof UnavailableError, String(idle));
  t.ok(await hasty.withTenant(ours.owner, firstProduct), 'and the next call succeeds');

  const impatient = connect(scene, { connectionTimeout: 1000, maxConnections: 1 });
  t.teardown(() => impatient.close());
  await impatient.withTenant(ours.owner, async () => {
    await t.rejects(
      outside(() => impatient.withTenant(ours.owner, firstProduct)),
      UnavailableError,
      'no connection in time',
    );
  });
});

t.test('somebody becomes a buyer within a session', async (t) => {
  const who = {
    tenantId: ours.tenantId,
    role: 'buyer',
    subject: 'new here',
    email: 'new@here.example',
  } as const;
  await db.withTenant(who, (tx) => tx.run(registerBuyer, { fullName: 'New Here' }));
  const rows = await db.withTenant(who, (tx) =>
    tx.sql<{ full_name: string }>('select full_name from api.buyer_profile'),
  );
  t.same(rows, [{ full_name: 'New Here' }]);
});

t.test('a visitor is led by the host', async (t) => {
  t.equal(await db.asAnonymous('demo-1.example', async (tx) => tx.tenantId), ours.tenantId);
  t.ok((await db.asAnonymous('demo-1.example', (tx) => tx.run(searchProducts, { first: 5 }))).length > 0);
  await t.rejects(
    db.asAnonymous('nobody.example', async () => {}),
    NotFoundError,
  );
});

t.test('a system administrator reads for a reason, which stays', async (t) => {
  const platform = connect(scene, { platformConnectionString: scene.urls.DATABASE_PLATFORM_URL });
  t.teardown(() => platform.close());
  const { id: adminId } = only(
    (
      await scene.installer.query<{ id: string }>(
        `insert into commerce.users (tenant_id, is_system_admin, email) values (null, true, 'a@platform.example') returning id`,
      )
    ).rows,
  );
  const visit = {
    adminId,
    tenantId: ours.tenantId,
    reason: 'ticket 4711 of the merchant',
    reading: 'sellers',
  };
  const sellers = await platform.asPlatform(visit, (tx) => tx.run(listSellers, { first: 10 }));
  t.ok(sellers.length > 0);
  await t.rejects(
    platform.asPlatform(visit, (tx) => tx.sql(`update api.products set name = 'x', version = version`)),
    { code: 'FORBIDDEN' },
  );
  const { rows } = await scene.installer.query(
    `select action, reason from audit.log where actor_user_id = $1 order by id`,
    [adminId],
  );
  t.match(rows, [
    { action: 'impersonate', reason: visit.reason },
    { action: 'read', reason: visit.reason },
    { action: 'impersonate', reason: visit.reason },
  ]);
  t.same(
    (await scene.installer.query('select from internal.session where user_id = $1', [adminId])).rowCount,
    0,
    'and the session ends with the visit',
  );
  await t.rejects(
    platform.asPlatform({ ...visit, reason: 'why' }, async () => {}),
    { code: 'INVALID_INPUT', field: 'reason' },
  );
});

t.test('tracing: every statement, no value', async (t) => {
  const events: QueryEvent[] = [];
  const seen = connect(scene, { onQuery: (event) => events.push(event) });
  t.teardown(() => seen.close());
  const { id } = await seen.withTenant({ ...ours.owner, requestId: 'traced' }, firstProduct);
  await t.rejects(
    seen.withTenant({ ...ours.owner, requestId: 'failed' }, (tx) =>
      tx.run(updateProduct, { productId: id, expectedVersion: 999, name: 'Secret name' }),
    ),
    VersionConflictError,
  );
  t.match(events, [
    {
      name: 'listProducts',
      requestId: 'traced',
      startedAt: Date,
      rowCount: 1,
      error: null,
      attributes: {
        'db.system.name': 'postgresql',
        'db.namespace': new URL(scene.urls.DATABASE_API_URL).pathname.slice(1),
        'db.operation.name': 'SELECT',
        'db.query.summary': 'listProducts',
        'db.response.returned_rows': 1,
      },
    },
    {
      name: 'updateProduct',
      rowCount: null,
      error: { code: 'VERSION_CONFLICT' },
      attributes: {
        'error.type': 'SCVER',
        'db.response.status_code': 'SCVER',
        'db.operation.name': 'UPDATE',
      },
    },
  ]);
  t.ok(events.every(({ duration }) => duration > 0));
  t.notMatch(
    JSON.stringify(events.map(({ attributes }) => attributes)),
    new RegExp(`Secret name|${id}|${ours.tenantId}`),
  );

  const broken = () => {
    throw new Error('the hook is broken');
  };
  for (const onQuery of [broken, async () => broken()]) {
    const careless = connect(scene, { onQuery });
    t.teardown(() => careless.close());
    const warned = once(process, 'warning');
    t.ok(await careless.withTenant(ours.owner, firstProduct), 'a broken hook breaks nothing');
    t.match(await warned, [{ message: 'the hook is broken' }]);
  }
});

t.test('errors go over the wire', async (t) => {
  const error = await db
    .withTenant(ours.owner, async (tx) => {
      const { id } = await firstProduct(tx);
      return tx.run(updateProduct, { productId: id, expectedVersion: 999, name: 'x' });
    })
    .catch((reason: unknown) => reason);
  t.match(JSON.parse(JSON.stringify(error)), {
    name: 'VersionConflictError',
    code: 'VERSION_CONFLICT',
    sqlState: 'SCVER',
    httpStatus: 409,
    details: { expected: 999 },
  });
  t.notOk('cause' in JSON.parse(JSON.stringify(error)));
});

t.test('the queries run in transactions of one’s own as well', async (t) => {
  const { tenantId } = ours;
  const { id, version, name } = await db.withTenant(ours.owner, firstProduct);
  const client = new pg.Client({ connectionString: scene.urls.DATABASE_API_URL });
  await client.connect();
  t.teardown(() => client.end());
  await client.query('begin');
  await db.enter({ ...ours.owner, requestId: 'my own' }, client);
  const rows = await listProducts.run({ tenantId, first: 2 }, client);
  t.equal(rows.length, 2);
  const next = await listProducts.run({ tenantId, first: 2, after: rows[1]?.cursor }, client);
  t.not(next[0]?.id, rows[0]?.id);
  t.match(
    await updateProduct.run({ tenantId, productId: id, expectedVersion: version, name: 'Own' }, client),
    { version: version + 1 },
  );
  await t.rejects(
    updateProduct.run({ tenantId, productId: id, expectedVersion: version, name: 'Stale' }, client),
    { name: 'VersionConflictError', expected: version, actual: version + 1 },
    'with typed errors',
  );
  await client.query('rollback');
  t.equal(await nameOf(id), name, 'it ends as its owner ends it');
  await t.rejects(
    listProducts.run({ tenantId, first: 1 }, client),
    ForbiddenError,
    'and the session with it',
  );

  const pool = new pg.Pool({ connectionString: scene.urls.DATABASE_API_URL, max: 1 });
  t.teardown(() => pool.end());
  await t.rejects(db.enter(ours.owner, pool), TypeError, 'a pool is no connection');
  await db.enter(ours.owner, client);
  await t.rejects(
    listProducts.run({ tenantId, first: 1 }, client),
    ForbiddenError,
    'nor without a transaction',
  );
  t.equal((await listSellers.run({ tenantId, first: 1 }, scene.installer)).length, 1, 'on a pool');
  await t.rejects(db.enter({ ...ours.owner, tenantId: '' }, client), { code: 'TENANT_REQUIRED' });
  const auth = await scene.auth.connect();
  t.teardown(() => auth.release());
  await t.rejects(db.enter(ours.owner, auth), ForbiddenError, 'another login has no such role');
});

t.test('parsers that the program sets for its own queries change nothing', async (t) => {
  const { builtins } = pg.types;
  const changed = [builtins.INT8, builtins.NUMERIC, builtins.DATE, builtins.TIMESTAMPTZ, builtins.JSONB];
  const former = changed.map((oid) => pg.types.getTypeParser(oid));
  for (const oid of changed) pg.types.setTypeParser(oid, () => 'of the program');
  t.teardown(() => {
    for (const [index, oid] of changed.entries()) pg.types.setTypeParser(oid, former[index] as () => unknown);
  });
  const day = (days: number) => new Date(Date.now() + days * 24 * 3_600_000).toISOString().slice(0, 10);
  const lately = { from: day(-100), to: day(1) };
  const ownRows = async () => {
    const client = await scene.api.connect();
    try {
      await client.query('begin');
      await db.enter(ours.owner, client);
      return {
        sales: await listSalesDaily.run(lately, client),
        product: await getProduct.run({ tenantId: ours.tenantId, productId: id }, client),
      };
    } finally {
      await client.query('rollback');
      client.release();
    }
  };
  const { id } = await db.withTenant(ours.owner, firstProduct);
  const expected = {
    sales: [{ day: /^\d{4}-\d\d-\d\d$/, grossAmount: /^\d+\.\d+$/, orderCount: /^\d+$/ }],
    product: { price: /^\d+\.\d+$/, createdAt: Date, metadata: Object },
  };
  t.match(await ownRows(), expected, 'on a connection of one’s own');
  t.match(
    await db.withTenant(ours.owner, async (tx) => ({
      sales: await tx.run(listSalesDaily, lately),
      product: await tx.run(getProduct, { productId: id }),
    })),
    expected,
  );
  t.match(await scene.installer.query('select current_date as day'), { rows: [{ day: 'of the program' }] });
});

t.test('a connection that is lost is one error, and the next call succeeds', async (t) => {
  await t.rejects(
    narrow.withTenant(ours.owner, async (tx) => {
      const { pid } = only(await tx.sql<{ pid: number }>('select pg_backend_pid() as pid'));
      await scene.installer.query('select pg_terminate_backend($1, 5000)', [pid]);
      await tx.sql('select 1');
    }),
    UnavailableError,
  );
  t.ok(await narrow.withTenant(ours.owner, firstProduct));
  const nowhere = createDatabase({
    connectionString: 'postgres://commerce_api@127.0.0.1:1/none',
    authConnectionString: scene.urls.DATABASE_AUTH_URL,
  });
  t.teardown(() => nowhere.close());
  await t.rejects(nowhere.withTenant(ours.owner, firstProduct), {
    name: 'UnavailableError',
    httpStatus: 503,
  });
});

t.test('a connection that is lost during COMMIT leaves the outcome open', async (t) => {
  await scene.installer.query(`
    create function public.slow_commit() returns trigger language plpgsql as
      $$ begin perform pg_sleep(60); return null; end $$;
    create constraint trigger slow_commit after update on commerce.products
      deferrable initially deferred for each row when (new.name = 'Slow') execute function public.slow_commit()`);
  const { id } = await narrow.withTenant(ours.owner, firstProduct);
  let pid = 0;
  const work = narrow.withTenant(ours.owner, async (tx) => {
    pid = only(await tx.sql<{ pid: number }>('select pg_backend_pid() as pid')).pid;
    return setName(tx, id, 'Slow');
  });
  const lost = t.rejects(work, { name: 'OutcomeUnknownError', sqlState: '08007', isOutcomeUnknown: true });
  const isCommitting = async () =>
    (
      await scene.installer.query(
        `select from pg_stat_activity where pid = $1 and query = 'commit' and state = 'active'`,
        [pid],
      )
    ).rowCount === 1;
  t.ok(await eventually(isCommitting));
  await scene.installer.query('select pg_terminate_backend($1, 5000)', [pid]);
  await lost;
  await scene.installer.query('drop function public.slow_commit() cascade');
  t.ok(await narrow.withTenant(ours.owner, firstProduct));
});

t.test('a connection that serves many transactions gathers nothing', async (t) => {
  const warnings: Error[] = [];
  const note = (warning: Error) => warnings.push(warning);
  process.on('warning', note);
  for (let round = 0; round < 30; round++) {
    const { signal } = new AbortController();
    await narrow.withTenant(ours.owner, (tx) => tx.sql('select 1'), { signal });
  }
  process.off('warning', note);
  t.same(warnings, []);
});

t.test('closing twice does no harm, and nothing runs after it', async (t) => {
  const closed = connect(scene);
  await closed.withTenant(ours.owner, firstProduct);
  await Promise.all([closed.close(), closed.close()]);
  await closed.close();
  await t.rejects(closed.withTenant(ours.owner, firstProduct), UnavailableError);
});

t.test('retries grow, and end', async (t) => {
  let runs = 0;
  await t.rejects(
    db.withTenant(
      ours.owner,
      async (tx) => {
        runs += 1;
        await tx.sql(`do $$ begin raise exception using errcode = '40001'; end $$`);
      },
      { retries: 4 },
    ),
    ConcurrentChangeError,
  );
  t.equal(runs, 5);
});
