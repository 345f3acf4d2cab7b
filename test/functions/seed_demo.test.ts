import t from 'tap';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { asMember, asWorker } from '../support/session.ts';
import { one, refused } from './shop.ts';

const db = await createTestDatabase(t, { template: 'empty' });

const seed = (number: unknown, scale: unknown = 1, seed: unknown = 1) =>
  asWorker(db, async (client) => {
    const { id } = await one(client, 'select internal.seed_demo($1, $2, $3) as id', [number, scale, seed]);
    return id;
  });

/** What a demo shop is made of, without its ids and times. */
async function content({ installer }: TestDatabase, tenantId: string): Promise<unknown> {
  const { rows } = await installer.query(
    `select 'product' as kind, sku as name, inventory_count::text as content from commerce.products where tenant_id = $1
     union all
     select 'order', coalesce(order_number, buyer_name, 'draft'), concat_ws(' ', status, channel, total_amount)
       from commerce.orders where tenant_id = $1
     union all
     select 'message', external_message_id, message from commerce.conversation_history where tenant_id = $1
     order by 1, 2, 3`,
    [tenantId],
  );
  return rows;
}

t.test('two merchants who sell different things in different places', async (t) => {
  const [fashion, electronics] = [await seed(1), await seed(2)];
  for (const [id, number, currency] of [
    [fashion, 1, 'NGN'],
    [electronics, 2, 'KES'],
  ] as const) {
    const owner = { tenantId: id, subject: `demo-owner-${number}` };
    await asMember(db, owner, async (client) => {
      t.match(await one(client, 'select domain, default_currency, status from api.tenant'), {
        domain: `demo-${number}.example`,
        default_currency: currency,
        status: 'active',
      });
      t.match(await one(client, 'select is_published from api.storefront'), { is_published: true });
      const { rows: states } = await client.query('select distinct status from api.orders order by status');
      t.strictSame(
        states.map(({ status }) => status),
        ['cancelled', 'confirmed', 'draft', 'pending'],
      );
      t.match(
        await one(
          client,
          `select (select count(*)::integer from api.products) as products,
                  (select count(*)::integer from api.customer) as customers,
                  (select count(*)::integer from api.conversation_thread) as threads`,
        ),
        { products: 20, customers: 16, threads: 15 },
      );
      const { rows: mistakes } = await client.query('select * from api.check_inventory()');
      t.strictSame(mistakes, []);
    });
  }
  t.notMatch(await content(db, fashion), await content(db, electronics));
});

t.test('a shop that is there is left alone', async (t) => {
  const id = await seed(3);
  const before = await content(db, id);
  t.equal(await seed(3, 2, 9), id);
  t.strictSame(await content(db, id), before);
});

t.test('the same numbers give the same shop', async (t) => {
  const fresh = await createTestDatabase(t, { template: 'empty' });
  const again = await asWorker(fresh, (client) => one(client, 'select internal.seed_demo(5, 1, 7) as id'));
  const here = await seed(5, 1, 7);
  t.strictSame(await content(fresh, again.id), await content(db, here));
  t.notMatch(await content(db, await seed(7, 1, 8)), await content(db, here), 'other numbers another');
});

t.test('what is refused', async (t) => {
  for (const [number, scale, start, field] of [
    [null, 1, 1, 'tenant_number'],
    [0, 1, 1, 'tenant_number'],
    [10_000, 1, 1, 'tenant_number'],
    [9, 0, 1, 'scale'],
    [9, 1001, 1, 'scale'],
    [9, null, 1, 'scale'],
    [9, 1, 0, 'seed'],
    [9, 1, null, 'seed'],
  ]) {
    await refused(t, seed(number, scale, start), 'SCVAL', { field });
  }
});
