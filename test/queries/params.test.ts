import t from 'tap';
import {
  expireUnpaidOrders,
  getOrder,
  listCustomerOrders,
  listOrders,
  type OrderStatus,
  readPage,
} from '../../src/index.ts';
import { demoTenant, openPackage } from '../database/package.ts';

const { db, scene } = await openPackage(t);
const { tenantId, owner } = await demoTenant(scene, 1);

t.test('a needed parameter that is missing is refused, and no empty answer given', async (t) => {
  await db.withTenant(owner, async (tx) => {
    for (const params of [{}, { orderId: null }, { orderId: undefined }]) {
      await t.rejects(tx.run(getOrder, params as never), { code: 'INVALID_INPUT', field: 'orderId' });
    }
    await t.rejects(readPage(tx, listCustomerOrders, { first: 10 } as never), {
      code: 'INVALID_INPUT',
      field: 'customerId',
    });
    t.equal(
      (await tx.run(listOrders, { statuses: ['pending'], first: 1 })).length,
      1,
      'the transaction goes on',
    );
  });
  await t.rejects(getOrder.run({ tenantId } as never, scene.installer), { code: 'INVALID_INPUT' });
});

t.test('a value outside of its closed set is refused', async (t) => {
  await db.withTenant(owner, async (tx) => {
    const status = 'paid' as OrderStatus;
    const error = {
      code: 'INVALID_INPUT',
      field: 'statuses',
      message: /^statuses must be one of draft, pending, /,
    };
    await t.rejects(tx.run(listOrders, { statuses: [status], first: 10 }), error);
    await t.rejects(async () => {
      for await (const row of tx.stream(listOrders, { statuses: [status] }))
        t.fail(`${row.id} has that status`);
    }, error);
  });
});

t.test('a worker that is given its tenant need not name it again', async (t) => {
  const { count } = await db.asWorker((tx) => tx.run(expireUnpaidOrders, { olderThanMinutes: 1_000_000 }), {
    tenantId,
  });
  t.equal(count, 0);
  await t.rejects(
    db.asWorker((tx) => tx.run(expireUnpaidOrders, { olderThanMinutes: 1_000_000 } as never)),
    { code: 'INVALID_INPUT', field: 'tenantId' },
    'without one it is to be named',
  );
});
