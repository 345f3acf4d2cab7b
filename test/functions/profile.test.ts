import t from 'tap';
import { createTestDatabase, isBlocked } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { asAnonymous, asBuyer, asMember, asWorker } from '../support/session.ts';
import { addShopper, one, openShop, type Row, refused, type Shop, type Shopper } from './shop.ts';

const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db);
const other = await openShop(db);
const update = 'select * from api.update_my_profile($1, $2, $3, $4, $5)';

const userOf = ({ tenantId, subject }: Shop['owner']) =>
  one(db.installer, 'select * from commerce.users where tenant_id = $1 and auth_subject = $2', [
    tenantId,
    subject,
  ]);

t.test('a shopper’s three rows change together', async (t) => {
  const shopper = await addShopper(db, shop, 'ngozi');
  const { id } = await userOf(shopper);
  const result = await asBuyer(db, shopper, (client) =>
    one(client, update, [' Ngozi Obi ', '+2348031234567', 'ig', 1, 'USD']),
  );
  t.strictSame(result, {
    user_id: id,
    display_name: 'Ngozi Obi',
    phone_number: '+2348031234567',
    preferred_language: 'ig',
    default_currency: 'USD',
    version: 2,
  });
  t.match(await userOf(shopper), {
    display_name: 'Ngozi Obi',
    phone_number: '+2348031234567',
    locale: 'ig',
    version: 2,
    auth_subject: 'ngozi',
  });
  t.match(
    await one(
      db.installer,
      `select c.display_name, c.preferred_language, c.phone_number as proven, b.full_name, b.phone_number,
              b.preferred_language as language, b.default_currency, b.version, c.version as customer_version
         from commerce.customer c join commerce.buyer_profile b on b.id = c.id where c.id = $1`,
      [shopper.customerId],
    ),
    {
      display_name: 'Ngozi Obi',
      preferred_language: 'ig',
      proven: null,
      full_name: 'Ngozi Obi',
      phone_number: '+2348031234567',
      language: 'ig',
      default_currency: 'USD',
      version: 2,
      customer_version: 2,
    },
    'the telephone number is claimed, not proven: it is not the customer’s',
  );
  t.match(await asBuyer(db, shopper, (client) => one(client, update, ['Ngozi', null, 'en', 2, null])), {
    phone_number: null,
    default_currency: null,
    version: 3,
  });
  await asBuyer(db, shopper, async (client) => {
    t.match(await one(client, 'select full_name, phone_number, default_currency from api.buyer_profile'), {
      full_name: 'Ngozi',
      phone_number: null,
      default_currency: null,
    });
  });
});

t.test('staff have their users row, also those who may do nothing else', async (t) => {
  await db.installer.query(
    `with person as (insert into commerce.users (tenant_id, auth_subject) values ($1, 'viewer') returning id)
     insert into commerce.team_members (tenant_id, user_id, role) select $1, id, 'viewer' from person`,
    [shop.tenantId],
  );
  const viewer = { tenantId: shop.tenantId, subject: 'viewer' };
  t.match(
    await asMember(db, viewer, (client) => one(client, update, ['Vi', '+442071234567', 'en-GB', 1, null])),
    {
      display_name: 'Vi',
      default_currency: null,
    },
  );
  t.match(await userOf(viewer), { display_name: 'Vi', locale: 'en-GB', version: 2 });
  await refused(
    t,
    asMember(db, viewer, (client) => client.query(update, ['Vi', null, 'en', 2, 'USD'])),
    'SCVAL',
    { field: 'default_currency' },
  );
});

t.test('what is refused of a profile', async (t) => {
  const shopper = await addShopper(db, shop, 'picky');
  const there = await addShopper(db, other, 'picky');
  const change = (values: unknown[]) => asBuyer(db, shopper, (client) => client.query(update, values));
  for (const name of [null, ' ', 'x'.repeat(201)]) {
    await refused(t, change([name, null, 'en', 1, null]), 'SCVAL', { field: 'display_name' });
  }
  await refused(t, change(['P', '0803', 'en', 1, null]), 'SCVAL', { field: 'phone_number' });
  for (const language of [null, 'English', 'en_GB']) {
    await refused(t, change(['P', null, language, 1, null]), 'SCVAL', { field: 'preferred_language' });
  }
  // XXX is ISO 4217's code for no currency.
  for (const currency of ['XXX', 'usd', '']) {
    await refused(t, change(['P', null, 'en', 1, currency]), 'SCVAL', { field: 'default_currency' });
  }
  await refused(t, change(['P', null, 'en', null, null]), 'SCVRQ');
  await refused(t, change(['P', null, 'en', 2, null]), 'SCVER', { expected: 2, actual: 1 });
  const stranger = { tenantId: shop.tenantId, subject: 'stranger' };
  await refused(
    t,
    asBuyer(db, stranger, (client) => client.query(update, ['S', null, 'en', 1, null])),
    'SCPRM',
  );
  await refused(
    t,
    asAnonymous(db, shop, (client) => client.query(update, ['S', null, 'en', 1, null])),
    '42501',
  );
  await refused(
    t,
    asWorker(db, (client) => client.query(update, ['S', null, 'en', 1, null])),
    '42501',
  );
  t.match(await userOf(shopper), { display_name: 'picky', version: 1 });
  const both = await Promise.allSettled([
    change(['A', null, 'en', 1, null]),
    change(['B', null, 'en', 1, null]),
  ]);
  t.equal(both.filter(({ status }) => status === 'fulfilled').length, 1, 'no change is lost to another');
  t.match(
    await userOf(there),
    { display_name: 'picky', version: 1 },
    'the same person elsewhere is another row',
  );
});

const saveAddress = `select * from api.save_address($1, 'Ada', '1 Marina', 'Lagos', 'NG')`;
const saveMethod = `select * from api.save_payment_method('mobile_money', 'mtn', $1)`;

for (const { what, save, value, remove, view } of [
  {
    what: 'address',
    save: saveAddress,
    value: 'shipping',
    remove: 'select api.remove_address($1)',
    view: 'address_book',
  },
  {
    what: 'payment_method',
    save: saveMethod,
    value: Buffer.alloc(32),
    remove: 'select api.remove_payment_method($1)',
    view: 'saved_payment_method',
  },
]) {
  const add = (who: Shopper, beforeCommit: () => Promise<unknown> = async () => {}) =>
    asBuyer(db, who, async (client) => {
      const row = await one(client, save, [value]);
      await beforeCommit();
      return row;
    });
  const take = (who: Shopper, row: Row | string) =>
    asBuyer(db, who, (client) => client.query(remove, [typeof row === 'string' ? row : row.id]));
  const left = (who: Shopper) =>
    asBuyer(db, who, async (client) => {
      const { rows } = await client.query<Row & { is_default: boolean }>(
        `select id, is_default from api.${view} order by id`,
      );
      return rows.map(({ id, is_default }) => ({ id, is_default }));
    });

  t.test(`${what}: what is removed hands its place on`, async (t) => {
    const shopper = await addShopper(db, shop, `mover-${what}`);
    const [first, second, third] = [await add(shopper), await add(shopper), await add(shopper)];
    await take(shopper, second);
    t.strictSame(await left(shopper), [
      { id: first.id, is_default: true },
      { id: third.id, is_default: false },
    ]);
    await take(shopper, first);
    t.strictSame(await left(shopper), [{ id: third.id, is_default: true }], 'the newest takes its place');
    await take(shopper, third);
    t.strictSame(await left(shopper), []);
    await asMember(db, shop.owner, (client) => client.query('select api.restore($1, $2)', [view, first.id]));
    const next = await add(shopper);
    await asMember(db, shop.owner, (client) => client.query('select api.restore($1, $2)', [view, third.id]));
    t.strictSame(
      (await left(shopper)).filter(({ is_default }) => is_default),
      [{ id: next.id, is_default: true }],
      'restored, none pushes another from its place',
    );
  });

  t.test(`${what}: of six at once one is the default`, async (t) => {
    const shopper = await addShopper(db, shop, `hasty-${what}`);
    let next: Promise<Row[]> = Promise.resolve([]);
    const first = await add(shopper, async () => {
      next = Promise.all(Array.from({ length: 5 }, () => add(shopper)));
      t.ok(await eventually(() => isBlocked(db)), 'the others wait for the first');
    });
    const added = [first, ...(await next)];
    const defaults = async () => (await left(shopper)).filter(({ is_default }) => is_default);
    t.equal((await defaults()).length, 1);
    const [only] = await defaults();
    await Promise.all([...added.map((each) => take(shopper, each)), add(shopper)]);
    t.not((await defaults())[0]?.id, only?.id);
    t.equal((await defaults()).length, 1, 'also of the last one that is left');
  });

  t.test(`${what}: one’s own only`, async (t) => {
    const mine = await addShopper(db, shop, `mine-${what}`);
    const yours = await addShopper(db, shop, `yours-${what}`);
    const abroad = await addShopper(db, other, `mine-${what}`);
    const row = await add(mine);
    for (const who of [yours, abroad]) {
      await refused(t, take(who, row), 'SCNTF', { field: /_id$/ });
    }
    await refused(t, take(mine, '00000000-0000-7000-8000-000000000000'), 'SCNTF');
    const stranger = { tenantId: shop.tenantId, subject: `nobody-${what}` };
    await refused(
      t,
      asBuyer(db, stranger, (client) => client.query(remove, [row.id])),
      'SCPRM',
    );
    await refused(
      t,
      asMember(db, shop.owner, (client) => client.query(remove, [row.id])),
      '42501',
    );
    await refused(
      t,
      asAnonymous(db, shop, (client) => client.query(remove, [row.id])),
      '42501',
    );
    t.equal((await left(mine)).length, 1);
    await take(mine, row);
    await refused(t, take(mine, row), 'SCNTF');
  });

  t.test(`${what}: two removed at once leave one default`, async (t) => {
    for (let round = 0; round < 4; round++) {
      const shopper = await addShopper(db, shop, `racer-${what}-${round}`);
      const rows = [await add(shopper), await add(shopper), await add(shopper)];
      await Promise.all(rows.slice(0, 2).map((row) => take(shopper, row)));
      t.strictSame(await left(shopper), [{ id: rows[2]?.id, is_default: true }]);
    }
  });
}

t.test('an address hands its place to one of its type', async (t) => {
  const shopper = await addShopper(db, shop, 'typed');
  const [home, bill] = await asBuyer(db, shopper, async (client) => [
    await one(client, saveAddress, ['shipping']),
    await one(client, saveAddress, ['billing']),
  ]);
  await asBuyer(db, shopper, (client) => client.query('select api.remove_address($1)', [home.id]));
  t.match(
    await asBuyer(db, shopper, (client) => one(client, 'select id, is_default from api.address_book')),
    { id: bill.id, is_default: true },
    'the other type keeps its own',
  );
});

t.test('a channel that is disconnected receives nothing, and its account is free', async (t) => {
  const place = await openShop(db);
  const disconnect = 'select api.disconnect_channel($1, $2)';
  const call = (values: unknown[], { owner }: Shop = place) =>
    asMember(db, owner, (client) => client.query(disconnect, values));
  const channel = await asMember(db, place.owner, (client) =>
    one(client, 'select id, version from api.channel'),
  );
  await refused(t, call([channel.id, null]), 'SCVRQ');
  await refused(t, call([channel.id, 9]), 'SCVER', { expected: 9, actual: channel.version });
  await refused(t, call([channel.id, channel.version], other), 'SCNTF', { field: 'channel_id' });
  await db.installer.query(
    `with person as (insert into commerce.users (tenant_id, auth_subject) values ($1, 'clerk') returning id)
     insert into commerce.team_members (tenant_id, user_id, role) select $1, id, 'manager' from person`,
    [place.tenantId],
  );
  await refused(
    t,
    asMember(db, { tenantId: place.tenantId, subject: 'clerk' }, (client) =>
      client.query(disconnect, [channel.id, channel.version]),
    ),
    'SCPRM',
    { permission: 'channels.manage' },
  );
  await refused(
    t,
    asBuyer(db, { tenantId: place.tenantId, subject: 'x' }, (client) =>
      client.query(disconnect, [channel.id, 1]),
    ),
    '42501',
  );

  const outcomes = await Promise.allSettled([1, 2, 3].map(() => call([channel.id, channel.version])));
  t.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
  t.ok(outcomes.every((outcome) => outcome.status === 'fulfilled' || outcome.reason.code === 'SCNTF'));
  await refused(
    t,
    asWorker(db, (client) =>
      client.query(`select internal.receive_message('whatsapp', $1, '234801', 'm1', 'Hello')`, [
        place.account,
      ]),
    ),
    'SCNTF',
  );
  t.match(
    await asMember(db, other.owner, (client) =>
      one(client, `select * from api.connect_channel('whatsapp', 'Ours now', $1)`, [place.account]),
    ),
    { tenant_id: other.tenantId },
  );
});
