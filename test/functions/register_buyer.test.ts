import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asAnonymous, asBuyer, asMember, asRole, asWorker, openSession } from '../support/session.ts';
import { addShopper, one, openShop, refused } from './shop.ts';

const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db);
const register = 'select * from api.register_buyer($1, $2, $3)';

t.test('a shopper registers, and the open session knows at once', async (t) => {
  const { rows } = await db.auth.query(
    `select session_id from internal.open_session($1, 'buyer', null, 'amina', 'Amina@Example.com')`,
    [shop.tenantId],
  );
  const session = rows[0].session_id;
  const buyer = await asRole(db.api, 'commerce_buyer', session, (client) =>
    one(client, register, ['  Amina Yusuf ', '+254712345678', 'sw']),
  );
  t.match(buyer, { full_name: 'Amina Yusuf', phone_number: '+254712345678', preferred_language: 'sw' });
  await asRole(db.api, 'commerce_buyer', session, async (client) => {
    t.match(await one(client, 'select id, full_name from api.buyer_profile'), { id: buyer.id });
    t.match(await one(client, `select * from api.start_order($1, 'storefront')`, [shop.sellerId]), {
      customer_id: buyer.id,
    });
  });
  t.match(
    await one(
      db.installer,
      `select c.phone_number, c.email, c.display_name, u.email as login, u.auth_subject
         from commerce.customer c join commerce.buyer_profile b on b.id = c.id join commerce.users u on u.id = b.user_id
        where c.id = $1`,
      [buyer.id],
    ),
    {
      phone_number: null,
      email: 'amina@example.com',
      display_name: 'Amina Yusuf',
      login: 'amina@example.com',
      auth_subject: 'amina',
    },
    'the telephone number is claimed, not proven: it is not the customer’s',
  );
  const later = await openSession(db, 'buyer', { tenantId: shop.tenantId, subject: 'amina' });
  await asRole(db.api, 'commerce_buyer', later, async (client) => {
    t.match(await one(client, 'select id from api.buyer_profile'), { id: buyer.id });
  });
});

t.test('a person who claims a number does not get its owner’s messages', async (t) => {
  const thief = { tenantId: shop.tenantId, subject: 'thief' };
  const { id } = await asBuyer(db, thief, (client) =>
    one(client, register, ['Thief', '+2348030000001', 'en']),
  );
  const { customer_id: customerId } = await asWorker(db, (client) =>
    one(client, `select * from internal.receive_message('whatsapp', $1, '2348030000001', 'm1', 'It is me')`, [
      shop.account,
    ]),
  );
  t.not(customerId, id);
});

t.test('one registration of two at once', async (t) => {
  const who = { tenantId: shop.tenantId, subject: 'double click' };
  const outcomes = await Promise.allSettled(
    Array.from({ length: 5 }, () =>
      asBuyer(db, who, (client) => one(client, register, ['Double', null, 'en'])),
    ),
  );
  t.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
  t.ok(outcomes.every((outcome) => outcome.status === 'fulfilled' || outcome.reason.code === 'SCDUP'));
  const { n } = await one<{ n: number }>(
    db.installer,
    `select count(*)::integer as n from commerce.customer where display_name = 'Double'`,
  );
  t.equal(n, 1, 'the others left no customer behind');
});

t.test('the same person in two shops', async (t) => {
  const other = await openShop(db);
  const here = await addShopper(db, shop, 'commuter');
  const there = await addShopper(db, other, 'commuter');
  t.not(here.customerId, there.customerId);
});

t.test('staff may shop too', async (t) => {
  const { rows } = await db.installer.query(
    'select id from commerce.users where tenant_id = $1 and auth_subject = $2',
    [shop.tenantId, shop.owner.subject],
  );
  const buyer = await asBuyer(db, shop.owner, (client) => one(client, register, ['The owner', null, 'en']));
  t.equal(buyer.user_id, rows[0].id, 'with the users row that is there');
  await refused(
    t,
    asBuyer(db, shop.owner, (client) => client.query(register, ['The owner', null, 'en'])),
    'SCDUP',
    {
      field: 'subject',
    },
  );
});

t.test('what is refused', async (t) => {
  const who = { tenantId: shop.tenantId, subject: 'careless' };
  const asCareless = (values: unknown[]) => asBuyer(db, who, (client) => client.query(register, values));
  for (const name of [null, ' ', 'x'.repeat(201)]) {
    await refused(t, asCareless([name, null, 'en']), 'SCVAL', { field: 'full_name' });
  }
  for (const phone of ['', '0803', '+0803000000', '+234803 000']) {
    await refused(t, asCareless(['Name', phone, 'en']), 'SCVAL', { field: 'phone_number' });
  }
  for (const language of [null, '', 'English', 'en_GB', 'aaa-bbbbbbbb-bbbbbbbb-bbbbbbbb-bbbbbbbb']) {
    await refused(t, asCareless(['Name', null, language]), 'SCVAL', { field: 'preferred_language' });
  }
  const { rows } = await db.auth.query(
    `select session_id from internal.open_session($1, 'buyer', null, 'twin', $2)`,
    [shop.tenantId, `owner@${shop.owner.subject}.example`],
  );
  await refused(
    t,
    asRole(db.api, 'commerce_buyer', rows[0].session_id, (client) =>
      client.query(register, ['Twin', null, 'en']),
    ),
    'SCDUP',
    { field: 'email' },
  );
  await refused(
    t,
    asMember(db, shop.owner, (client) => client.query(register, ['Name', null, 'en'])),
    '42501',
  );
  await refused(
    t,
    asAnonymous(db, shop.owner, (client) => client.query(register, ['Name', null, 'en'])),
    '42501',
  );
});
