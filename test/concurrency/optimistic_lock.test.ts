import t from 'tap';
import { createProduct, getProduct, updateProduct, VersionConflictError } from '../../src/index.ts';
import { demoTenant, only, openPackage } from '../database/package.ts';

const rows = 10;
const writersOfARow = 20;
const { db, scene } = await openPackage(t, { maxConnections: 20 });
const { sellerId, owner } = await demoTenant(scene, 1);

t.test('of all who read a version, exactly one writes the next', async (t) => {
  const products = await db.withTenant(owner, async (tx) => {
    const made = [];
    for (let number = 0; number < rows; number++) {
      const product = { sellerId, name: `Product ${number}`, price: '0', currencyCode: 'NGN' };
      made.push(await tx.run(createProduct, product));
    }
    return made;
  });

  // Every writer adds 1 to the price that it read, and reads again when it comes too late, so the prices
  // tell whether an update was lost. All have read before the first of them writes.
  let read = 0;
  let release: () => void;
  const allHaveRead = new Promise<void>((resolve) => {
    release = resolve;
  });
  const winners = new Map<string, number>();
  let conflicts = 0;
  const connections = new Set<number>();

  const write = async (productId: string): Promise<void> => {
    for (let isFirstTry = true; ; isFirstTry = false) {
      const product = await db.withTenant(owner, (tx) => tx.run(getProduct, { productId }));
      if (product === null) throw new Error('the product is gone');
      const { version: expectedVersion, price } = product;
      read += 1;
      if (read === rows * writersOfARow) release();
      if (isFirstTry) await allHaveRead;
      try {
        await db.withTenant(owner, async (tx) => {
          const { pid } = only(await tx.sql<{ pid: number }>('select pg_backend_pid() as pid'));
          connections.add(pid);
          await tx.run(updateProduct, { productId, expectedVersion, price: String(Number(price) + 1) });
        });
      } catch (error) {
        if (!(error instanceof VersionConflictError)) throw error;
        const { expected, actual } = error;
        if (expected !== expectedVersion || actual <= expected) t.fail(`${expected} is not before ${actual}`);
        conflicts += 1;
        continue;
      }
      const won = `${productId} from version ${expectedVersion}`;
      winners.set(won, (winners.get(won) ?? 0) + 1);
      return;
    }
  };
  await Promise.all(products.flatMap(({ id }) => Array.from({ length: writersOfARow }, () => write(id))));

  t.ok(connections.size >= 16, `${connections.size} connections`);
  t.equal(winners.size, rows * writersOfARow, 'every version was written');
  t.same(new Set(winners.values()), new Set([1]), 'and by one writer');
  t.ok(conflicts >= rows * (writersOfARow - 1), `${conflicts} came too late`);
  await db.withTenant(owner, async (tx) => {
    for (const { id, version } of products) {
      const product = only(await tx.run(getProduct, { productId: id }));
      t.equal(Number(product.price), writersOfARow, 'nothing was lost');
      t.equal(product.version, version + writersOfARow);
    }
  });
});
