import t from 'tap';
import { one, openShop } from '../functions/shop.ts';
import { createTestDatabase } from '../support/database.ts';
import { asBuyer, asMember, asRole, openSession } from '../support/session.ts';

const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db);

t.test('a shopper whose profile is deleted is shown out', async (t) => {
  const shopper = { tenantId: shop.tenantId, subject: 'shopper' };
  const { id } = await asBuyer(db, shopper, (client) =>
    one(client, `select * from api.register_buyer('Shopper')`),
  );
  const session = await openSession(db, 'buyer', shopper);
  await asMember(db, shop.owner, (client) => client.query('delete from api.customer where id = $1', [id]));
  await t.rejects(
    asRole(db.api, 'commerce_buyer', session, (client) => client.query('select id from api.buyer_profile')),
    { code: 'SCCTX' },
  );
  const { is_deleted } = await one<{ is_deleted: boolean }>(
    db.installer,
    'select is_deleted from commerce.buyer_profile where id = $1',
    [id],
  );
  t.equal(is_deleted, true, 'the profile went with the customer');
});

t.test('labels are bounded in number and in size', async (t) => {
  const add = (tags: string[]) =>
    asMember(db, shop.owner, (client) =>
      client.query(`insert into api.customer (display_name, tags) values ('Tagged', $1)`, [tags]),
    );
  await t.resolves(add(['vip', 'wholesale']));
  await t.rejects(add(Array(101).fill('x')), { code: '23514', constraint: 'customer_tags_count' });
  await t.rejects(add(['x'.repeat(70_000)]), { code: '23514', constraint: 'customer_tags_size' });
});
