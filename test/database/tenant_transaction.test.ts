import t from 'tap';
import {
  ConcurrentChangeError,
  createDatabase,
  getOrderWithItems,
  getProduct,
  hasPermission,
  listProducts,
  myTenants,
  receiveMessage,
  type TenantTransaction,
  updateProduct,
} from '../../src/index.ts';
import { connect, demoTenant, only, openPackage } from './package.ts';

const { db, scene } = await openPackage(t);
const ours = await demoTenant(scene, 1);
const theirs = await demoTenant(scene, 2);
/** One connection, so that what a transaction leaves behind meets the next one. */
const narrow = connect(scene, { maxConnections: 1, applicationName: 'narrow' });
/** Another process of the backend. */
const elsewhere = connect(scene);
t.teardown(() => Promise.all([narrow.close(), elsewhere.close()]));

const asOwner = <T>(work: (tx: TenantTransaction) => Promise<T>): Promise<T> =>
  db.withTenant(ours.owner, work);
const firstProduct = async (tx: TenantTransaction) => only(await tx.run(listProducts, { first: 1 }));
const setName = (tx: TenantTransaction, { id, version }: { id: string; version: number }, name: string) =>
  tx.run(updateProduct, { productId: id, expectedVersion: version, name });

t.test('another tenant’s rows are not there, whatever ids are named', async (t) => {
  const { product, order } = await db.withTenant(theirs.owner, async (tx) => ({
    product: await firstProduct(tx),
    order: only(await tx.sql<{ id: string }>('select id from api.orders limit 1')),
  }));
  await asOwner(async (tx) => {
    t.equal(await tx.run(getProduct, { productId: product.id }), null);
    t.same(await tx.run(getOrderWithItems, { orderId: order.id }), []);
    await t.rejects(setName(tx, product, 'Ours now'), { code: 'NOT_FOUND' });
    t.same(await tx.sql('select id from api.products where tenant_id = $1', [theirs.tenantId]), []);
  });
  t.not(
    (await db.withTenant(theirs.owner, (tx) => tx.run(getProduct, { productId: product.id })))?.name,
    'Ours now',
  );
});

t.test('nobody acts for a tenant that does not know them', async (t) => {
  const { userId } = only(await asOwner((tx) => tx.run(myTenants, {})));
  const stranger = { tenantId: theirs.tenantId, role: 'member' as const, userId };
  t.ok(userId);
  await t.rejects(
    db.withTenant(stranger, async () => {}),
    { code: 'FORBIDDEN' },
  );
  await t.rejects(
    db.withTenant({ ...ours.owner, tenantId: theirs.tenantId }, async () => {}),
    { code: 'FORBIDDEN' },
  );
  await t.rejects(
    db.withTenant({ ...ours.buyer, role: 'member' }, async () => {}),
    { code: 'FORBIDDEN' },
  );
});

t.test('a tenantId among the parameters changes nothing', async (t) => {
  const mine = await asOwner((tx) => tx.run(listProducts, { first: 1 }));
  const smuggled = { first: 1, tenantId: theirs.tenantId };
  t.same(await asOwner((tx) => tx.run(listProducts, smuggled)), mine);
});

t.test('without a tenant the database is not even asked', async (t) => {
  const nowhere = 'postgres://nobody@127.0.0.1:1/nothing';
  const unreachable = createDatabase({ connectionString: nowhere, authConnectionString: nowhere });
  for (const tenantId of ['', undefined, null] as string[]) {
    await t.rejects(
      unreachable.withTenant({ ...ours.owner, tenantId }, async () => {}),
      {
        code: 'TENANT_REQUIRED',
        sqlState: 'SCTEN',
        httpStatus: 403,
      },
    );
  }
  await t.rejects(
    unreachable.withTenant(ours.owner, async () => {}),
    { code: 'UNAVAILABLE', sqlState: '08006', cause: { code: 'ECONNREFUSED' } },
  );
  await t.rejects(
    unreachable.asWorker(async () => {}),
    { message: /workerConnectionString/ },
  );
  await unreachable.close();
});

t.test('the work is kept when it returns, and taken back when it throws', async (t) => {
  const product = await asOwner(firstProduct);
  const work = asOwner(async (tx) => {
    await setName(tx, product, 'Never seen');
    throw new Error('changed my mind');
  });
  await t.rejects(work, { message: 'changed my mind' });
  t.equal((await asOwner(firstProduct)).name, product.name);
  t.match(await asOwner((tx) => setName(tx, product, 'Kept')), { id: product.id });
  t.equal((await asOwner(firstProduct)).name, 'Kept');
});

t.test('a failure that the work swallows is thrown all the same: nothing was kept', async (t) => {
  const product = await asOwner(firstProduct);
  const swallowing = asOwner(async (tx) => {
    await setName(tx, product, 'Lost without a word');
    await tx.sql('select 1 / 0').catch(() => {});
    return 'all is well';
  });
  await t.rejects(swallowing, { code: '22012' });
  t.equal((await asOwner(firstProduct)).name, product.name);

  const withSavepoint = asOwner(async (tx) => {
    await setName(tx, product, 'Saved');
    await tx.sql('savepoint before');
    await tx.sql('select 1 / 0').catch(() => tx.sql('rollback to savepoint before'));
    return 'all is well';
  });
  t.equal(await withSavepoint, 'all is well');
  t.equal((await asOwner(firstProduct)).name, 'Saved');
});

t.test(
  'a query that nobody waits for fails the work, and cannot slip into the next transaction',
  async (t) => {
    let forgotten: Promise<unknown> | undefined;
    const careless = asOwner(async (tx) => {
      forgotten = tx.sql('select 1 / 0');
      forgotten.catch(() => {});
    });
    await t.rejects(careless, { message: /not awaited|division by zero/ });

    const kept = await asOwner(async (tx) => tx);
    await t.rejects(kept.sql('select 1'), { message: /transaction has ended/ });
    await t.rejects(kept.run(listProducts, { first: 1 }), {
      message: /transaction has ended/,
    });
  },
);

t.test('a connection is clean for the next one who uses it', async (t) => {
  const me = `select pg_backend_pid() as pid, current_user as role, current_setting('commerce.session') as session`;
  type Me = { pid: number; role: string; session: string };
  const askMe = async (tx: TenantTransaction) => only(await tx.sql<Me>(me));
  const first = await narrow.withTenant(ours.owner, askMe);
  t.equal(first.role, 'commerce_member');
  for (const failing of [
    async () => Promise.reject(new Error('of the work')),
    (tx: TenantTransaction) => tx.sql('select nonsense'),
  ]) {
    await t.rejects(narrow.withTenant(ours.owner, failing));
    const { rows } = await scene.installer.query(
      `select state, xact_start from pg_stat_activity where application_name = 'narrow' and usename = 'commerce_api'`,
    );
    t.same(rows, [{ state: 'idle', xact_start: null }]);
    const next = await narrow.withTenant({ tenantId: ours.tenantId, role: 'anonymous' }, askMe);
    t.match(next, { pid: first.pid, role: 'commerce_anonymous' });
    t.not(next.session, first.session);
  }
});

t.test('work that ends its transaction itself has no role from then on, and fails', async (t) => {
  const pid = `select pg_backend_pid() as pid`;
  for (const end of ['commit', 'rollback']) {
    const before = only(await narrow.withTenant(ours.owner, (tx) => tx.sql<{ pid: number }>(pid)));
    await t.rejects(
      narrow.withTenant(ours.owner, async (tx) => {
        await tx.sql('select 1');
        const ended = tx.sql(end);
        // Sent along, before the work can know.
        const behind = tx.sql('select id from api.products');
        await t.rejects(ended, {
          name: 'TransactionEndedError',
          message: /has ended its transaction itself/,
        });
        await t.rejects(behind, { code: 'FORBIDDEN', sqlState: '42501' });
        await t.rejects(tx.sql('select 1'), { message: /transaction has ended/ });
        return 'all is well';
      }),
      { name: 'TransactionEndedError', message: /has ended its transaction itself/ },
      'also when the work swallows it',
    );
    const after = only(await narrow.withTenant(ours.owner, (tx) => tx.sql<{ pid: number }>(pid)));
    t.not(after.pid, before.pid, 'whatever it did to the connection is gone with it');
  }
});

t.test('a call runs one statement, with or without values', async (t) => {
  for (const values of [[], [1]]) {
    const first = values.length > 0 ? 'select $1::integer as one' : 'select 1 as one';
    t.same(await asOwner((tx) => tx.sql(first, values)), [{ one: 1 }]);
    await t.rejects(
      asOwner((tx) => tx.sql(`${first}; commit`, values)),
      { code: '42601' },
    );
  }
});

t.test('a connection that dies fails its work and nothing else', async (t) => {
  const dying = narrow.withTenant(ours.owner, async (tx) => {
    const { pid } = only(await tx.sql<{ pid: number }>('select pg_backend_pid() as pid'));
    await scene.installer.query('select pg_terminate_backend($1, 5000)', [pid]);
    return tx.sql('select 1');
  });
  await t.rejects(dying);
  t.same(await narrow.withTenant(ours.owner, (tx) => tx.sql('select 1 as one')), [{ one: 1 }]);
});

t.test('transactions that cannot be serialized are tried again on request', async (t) => {
  const race = async (options: { isolation: 'serializable'; retries?: number }): Promise<number> => {
    let runs = 0;
    await db.withTenant(
      ours.owner,
      async (tx) => {
        runs += 1;
        const product = await firstProduct(tx);
        if (runs === 1)
          await elsewhere.withTenant(ours.owner, async (other) =>
            setName(other, await firstProduct(other), `Run ${Math.random()}`),
          );
        await setName(tx, product, 'Mine');
      },
      options,
    );
    return runs;
  };
  await t.rejects(race({ isolation: 'serializable' }), ConcurrentChangeError);
  t.equal(await race({ isolation: 'serializable', retries: 1 }), 2);
  await t.rejects(
    db.withTenant(ours.owner, async () => Promise.reject(new Error('mine')), { retries: 5 }),
    { message: 'mine' },
    'other failures are not',
  );
});

t.test('of two that wait for each other, one is tried again', async (t) => {
  const products = await asOwner((tx) => tx.run(listProducts, { first: 2 }));
  let waiting = 0;
  let meet: () => void;
  const met = new Promise<void>((resolve) => {
    meet = resolve;
  });
  const lock = async (ids: string[]) => {
    let isFirstRun = true;
    await db.withTenant(
      ours.owner,
      async (tx) => {
        for (const id of ids) {
          await tx.sql('update api.products set version = version where id = $1', [id]);
          if (!isFirstRun) continue;
          isFirstRun = false;
          waiting += 1;
          if (waiting === 2) meet();
          await met;
        }
      },
      { retries: 1 },
    );
  };
  const ids = products.map(({ id }) => id);
  await Promise.all([lock(ids), lock(ids.toReversed())]);
  const after = await asOwner((tx) => tx.run(listProducts, { first: 2 }));
  t.same(
    after.map(({ version }) => version),
    products.map(({ version }) => version + 2),
  );
});

t.test('a read-only transaction writes nothing', async (t) => {
  const product = await asOwner(firstProduct);
  const options = { readOnly: true, isolation: 'repeatable read' } as const;
  t.same(await db.withTenant(ours.owner, firstProduct, options), product);
  await t.rejects(
    db.withTenant(ours.owner, (tx) => setName(tx, product, 'Written'), options),
    { code: 'FORBIDDEN', sqlState: '25006' },
  );
});

t.test('values arrive as design says', async (t) => {
  const [row] = await asOwner((tx) =>
    tx.sql(`select date '2026-03-01' as day, 12.5000::numeric(19, 4) as money, 9007199254740993 as big,
                   timestamptz '2026-03-01 00:30+01' as moment, '{"a": [1]}'::jsonb as document, array['x'] as list`),
  );
  t.strictSame(row, {
    day: '2026-03-01',
    money: '12.5000',
    big: '9007199254740993',
    moment: new Date('2026-02-28T23:30:00Z'),
    document: { a: [1] },
    list: ['x'],
  });
});

t.test('the log names the request and the person', async (t) => {
  const product = await asOwner(firstProduct);
  const userId = await db.withTenant({ ...ours.owner, requestId: 'request-7' }, async (tx) => {
    t.equal(tx.requestId, 'request-7');
    t.equal(tx.tenantId, ours.tenantId);
    await setName(tx, product, 'Logged');
    return only(await tx.run(myTenants, {})).userId;
  });
  const { rows } = await scene.installer.query(
    `select tenant_id, actor_user_id, record_key from audit.log where request_id = 'request-7'`,
  );
  t.same(rows, [{ tenant_id: ours.tenantId, actor_user_id: userId, record_key: product.id }]);
  await t.rejects(
    db.withTenant({ ...ours.owner, requestId: 'x'.repeat(256) }, async () => {}),
    {
      code: 'INVALID_INPUT',
      field: 'requestId',
    },
  );
});

t.test('a machine has no tenant until its function finds one', async (t) => {
  const message = {
    channelType: 'whatsapp',
    externalAccountId: 'demo-account-2',
    externalUserId: '254799999999',
    externalMessageId: 'wamid.machine',
    message: 'Habari',
    occurredAt: new Date('2026-03-01T10:00:00Z'),
  } as const;
  const [first, repeat] = await db.asWorker(
    async (tx) => {
      t.same(await tx.sql('select id from api.products'), []);
      const first = await tx.run(receiveMessage, message);
      const products = 'select id from api.products where tenant_id = $1';
      t.not((await tx.sql(products, [theirs.tenantId])).length, 0);
      t.same(await tx.sql(products, [ours.tenantId]), []);
      return [first, await tx.run(receiveMessage, message)];
    },
    { requestId: 'webhook-1' },
  );
  t.match(first, { tenantId: theirs.tenantId, isNew: true });
  t.same(repeat, { ...first, isNew: false });
  const { rowCount } = await scene.installer.query(`select from audit.log where request_id = 'webhook-1'`);
  t.ok(rowCount);
  await t.rejects(
    db.asWorker((tx) => tx.run(receiveMessage, { ...message, externalAccountId: 'unknown' })),
    { code: 'NOT_FOUND' },
  );
});

t.test('visitors and shoppers come through the same door', async (t) => {
  const visitor = { tenantId: ours.tenantId, role: 'anonymous' } as const;
  t.same(await db.withTenant(visitor, (tx) => tx.run(hasPermission, { permission: 'orders.read' })), {
    hasPermission: false,
  });
  t.not((await db.withTenant(visitor, (tx) => tx.sql('select name from api.products'))).length, 0);
  const { id: customerId } = await db.withTenant(ours.buyer, async (tx) =>
    only(await tx.sql<{ id: string }>('select id from api.buyer_profile')),
  );
  const orders = await db.withTenant(ours.buyer, (tx) =>
    tx.sql<{ customer_id: string }>('select customer_id from api.orders'),
  );
  t.ok(orders.length > 0);
  t.same(new Set(orders.map(({ customer_id }) => customer_id)), new Set([customerId]));
});

t.test(
  'a value that a newer release has added to a closed set does not take the other rows away',
  async (t) => {
    const list = () => asOwner((tx) => tx.run(listProducts, { first: 60 }));
    const before = await list();
    const [newer] = before;
    await scene.installer.query(`
    begin;
    alter table commerce.products drop constraint products_product_type_set, disable trigger user;
    update commerce.products set product_type = 'bundle' where id = '${newer?.id}';
    alter table commerce.products enable trigger user;
    commit`);
    const after = await list();
    t.equal(after.length, before.length);
    t.strictSame(
      after.map(({ productType, id }) => [productType, id]),
      [['bundle', newer?.id], ...before.slice(1).map(({ productType, id }) => [productType, id])],
    );
  },
);
