import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asWorker } from '../support/session.ts';
import { one, refused } from './shop.ts';

const db = await createTestDatabase(t, { template: 'empty' });

const hold = (worker: string) =>
  asWorker(db, async (client) => {
    const { holder } = await one<{ holder: string | null }>(
      client,
      'select internal.hold_worker_lease($1) as holder',
      [worker],
    );
    return holder;
  });
const setEnd = (end: string) => db.installer.query(`update internal.worker_lease set expires_at = ${end}`);

t.test('the first holds the lease, and the others learn whose it is', async (t) => {
  t.equal(await hold('a'), null);
  t.equal(await hold('b'), 'a');
  t.equal(await hold('a'), null, 'again');
});

t.test('a lease that has run out is taken, but not from one who is in a transaction', async (t) => {
  await asWorker(db, async (client) => {
    await client.query(`select internal.hold_worker_lease('a')`);
    t.equal(await hold('b'), 'a');
  });
  await setEnd(`now() - interval '1 second'`);
  const client = await db.worker.connect();
  await client.query('begin; set local role commerce_worker');
  await client.query(`select internal.hold_worker_lease('a')`);
  t.equal(await hold('b'), 'a');
  await client.query('commit');
  client.release();
  await setEnd(`now() - interval '1 second'`);
  t.equal(await hold('b'), null);
  t.equal(await hold('a'), 'b');
});

t.test("a clock that is set back prolongs nobody's lease", async (t) => {
  await setEnd(`now() + interval '120 seconds'`);
  t.equal(await hold('c'), null);
});

t.test('a worker that ends gives its lease back, and no other', async (t) => {
  await asWorker(db, (client) => client.query(`select internal.end_worker_lease('a')`));
  t.equal(await hold('a'), 'c');
  await asWorker(db, (client) => client.query(`select internal.end_worker_lease('c')`));
  t.equal(await hold('a'), null);
});

t.test('a name is needed', async (t) => {
  for (const name of ['', ' ', 'x'.repeat(256)]) await refused(t, hold(name), 'SCVAL', { field: 'worker' });
});

t.test('a lease that its worker renews at this very moment is not taken', async (t) => {
  await setEnd(`now() - interval '1 second'`);
  t.equal(await hold('a'), null);
  const until = Date.now() + 2_000;
  const holders = async (worker: string) => {
    const found = new Set<string | null>();
    while (Date.now() < until) found.add(await hold(worker));
    return [...found];
  };
  const [ofA, ofB, ofC] = await Promise.all(['a', 'b', 'c'].map(holders));
  t.strictSame([ofA, ofB, ofC], [[null], ['a'], ['a']]);
});
