import {
  confirmOrder,
  createDatabase,
  listOrders,
  readPage,
  resolveTenant,
  VersionConflictError,
} from 'conversational-commerce-db';

const { DATABASE_API_URL = '', DATABASE_AUTH_URL = '', DATABASE_WORKER_URL = '' } = process.env;
const db = createDatabase({
  connectionString: DATABASE_API_URL,
  authConnectionString: DATABASE_AUTH_URL,
  workerConnectionString: DATABASE_WORKER_URL,
});
const shop = await db.asWorker((tx) => tx.run(resolveTenant, { host: 'demo-1.example' }));
const owner = { tenantId: shop.tenantId, subject: 'demo-owner-1', role: 'member' } as const;

const page = await db.withTenant(owner, (tx) =>
  readPage(tx, listOrders, { statuses: ['pending'], first: 50 }),
);
for (const { id, orderNumber, version } of page.rows) {
  try {
    await db.withTenant(owner, (tx) => tx.run(confirmOrder, { orderId: id, expectedVersion: version }));
    console.log(`${orderNumber} is confirmed`);
  } catch (error) {
    if (!(error instanceof VersionConflictError)) throw error;
    console.log(`${orderNumber} was changed by somebody else`);
  }
}
await db.close();
