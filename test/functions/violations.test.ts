import type pg from 'pg';
import t, { type Test } from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asAnonymous, asBuyer, asMember, asWorker } from '../support/session.ts';
import { addProduct, addShopper, asRead, one, openShop, type Row, refused, type Shop } from './shop.ts';

/** What a violation forbids: nothing after a warning, more after a restriction, most after a ban. */
const db = await createTestDatabase(t, { template: 'empty' });

type Scene = Awaited<ReturnType<typeof open>>;
const barring = ['restrict', 'temp_ban', 'perm_ban'];
const bans = ['temp_ban', 'perm_ban'];
const actions = ['warning', ...barring];

/** A marketplace: a seller beside the owner, with a product on sale and one that is not, and a shopper. */
async function open() {
  const shop = await openShop(db);
  const seller = await asMember(db, shop.owner, (client) =>
    one<Row & { user_id: string }>(
      client,
      `select id, user_id, 1 as version from api.create_seller('Second', 'second')`,
    ),
  );
  const product = await addProduct(db, shop, { sellerId: seller.id, stock: 10, sku: 'ON-SALE' });
  const hidden = await addProduct(db, shop, { sellerId: seller.id, sku: 'HIDDEN', is_active: false });
  const shopper = await addShopper(db, shop, `shopper of ${shop.account}`);
  return { shop, seller, product, hidden, shopper };
}

const issue = (shop: Shop, userId: string | undefined, action: string) =>
  asMember(db, shop.owner, (client) =>
    one(
      client,
      `select *, 1 as version from api.issue_violation($1, 'policy', 'high', $2, 'broke a rule', $3)`,
      [userId, action, action === 'temp_ban' ? new Date(Date.now() + 86_400_000) : null],
    ),
  );
const lift = (shop: Shop, id: string) =>
  asMember(db, shop.owner, (client) => client.query(`select api.resolve_violation($1, 'forgiven')`, [id]));

let keys = 0;
const line = (product: string) => JSON.stringify([{ product_id: product, quantity: 1 }]);
const buy =
  ({ product, shopper }: Scene) =>
  (client: pg.PoolClient) =>
    one(
      client,
      `select * from api.place_order($1, p_lines => $2, p_expected_totals => ${asRead('$2')}, p_customer_id => $3, p_channel => 'storefront')`,
      [`order ${keys++}`, line(product), shopper.customerId],
    );
const publish =
  ({ hidden }: Scene) =>
  (client: pg.PoolClient) =>
    client.query('update api.products set is_active = true, version = version where id = $1', [hidden]);

/** What a visitor is shown of the seller's product. */
const shown = ({ shop, product }: Scene) =>
  asAnonymous(db, shop, async (client) => ({
    listed: (await client.query('select from api.products where id = $1', [product])).rowCount,
    found: (await client.query(`select from api.search_products('dress') where product_id = $1`, [product]))
      .rowCount,
    available: (await one<{ is: boolean }>(client, 'select api.product_is_available($1) as is', [product]))
      .is,
  }));
const onSale = { listed: 1, found: 1, available: true };
const gone = { listed: 0, found: 0, available: false };

for (const action of actions) {
  t.test(`a seller after ${action}`, async (t) => {
    const scene = await open();
    const { shop, seller } = scene;
    const { id } = await issue(shop, seller.user_id, action);
    const isBarred = barring.includes(action);
    const isBanned = bans.includes(action);
    const tries: [string, (client: pg.PoolClient) => Promise<unknown>][] = [
      ['publishes', publish(scene)],
      [
        'adds on sale',
        (client) =>
          client.query(
            `insert into api.products (seller_id, name, price, currency_code) values ($1, 'New', 1, 'NGN')`,
            [seller.id],
          ),
      ],
    ];
    for (const [what, work] of tries) {
      const attempt = asMember(db, shop.owner, work);
      if (isBarred) await refused(t, attempt, 'SCPRM');
      else await t.resolves(attempt, what);
    }
    const { rows } = await asMember(db, shop.owner, (client) =>
      client.query('select outcome, code from api.import_products($1, $2)', [
        JSON.stringify([{ sku: `NEW-${action}`, name: 'New', price: '1', currency_code: 'NGN' }]),
        seller.id,
      ]),
    );
    t.match(rows, [isBarred ? { outcome: 'failed', code: 'SCPRM' } : { outcome: 'created', code: null }]);
    await t.resolves(
      asMember(db, shop.owner, (client) =>
        client.query(
          `insert into api.products (seller_id, name, price, currency_code, is_active) values ($1, 'Draft', 1, 'NGN', false)`,
          [seller.id],
        ),
      ),
      'a product that is not on sale is written all the same',
    );

    t.same(await shown(scene), isBanned ? gone : onSale);
    for (const [who, attempt] of [
      ['a shopper', () => asBuyer(db, scene.shopper, buy(scene))],
      ['staff', () => asMember(db, shop.owner, buy(scene))],
    ] as const) {
      if (isBanned) await refused(t, attempt(), 'SCVAL', { field: 'lines[0].product_id' });
      else await t.resolves(attempt(), `${who} orders`);
    }

    await lift(shop, id);
    t.same(await shown(scene), onSale, 'shown again once it is lifted');
    await t.resolves(asMember(db, shop.owner, publish(scene)));
    await t.resolves(asBuyer(db, scene.shopper, buy(scene)));
  });

  t.test(`a shopper after ${action}`, async (t) => {
    const scene = await open();
    const { shop, shopper } = scene;
    const before = await asBuyer(db, shopper, buy(scene));
    await asMember(db, shop.owner, (client) =>
      client.query(`select api.connect_channel('web_chat', 'Chat', $1)`, [shop.account]),
    );
    const write = (client: pg.PoolClient) =>
      one(client, `select * from api.start_conversation($1, 'Hello')`, [`hello ${keys++}`]);
    const { thread_id: thread } = await asBuyer(db, shopper, write);
    const { user_id: userId } = await one<{ user_id: string }>(
      db.installer,
      'select user_id from commerce.buyer_profile where id = $1',
      [shopper.customerId],
    );
    const { id } = await issue(shop, userId, action);
    const expect = async (t: Test, is: boolean, attempt: Promise<unknown>) =>
      is ? refused(t, attempt, 'SCPRM') : t.resolves(attempt);
    await expect(t, barring.includes(action), asBuyer(db, shopper, buy(scene)));
    await expect(t, bans.includes(action), asBuyer(db, shopper, write));
    await expect(
      t,
      bans.includes(action),
      asBuyer(db, shopper, (client) =>
        client.query(`select api.send_message($1, $2, 'Well?')`, [thread, `well ${keys++}`]),
      ),
    );
    // What is under way goes on, and staff may order for anybody.
    await t.resolves(
      asBuyer(db, shopper, (client) =>
        client.query(`select api.create_payment($1, 'card', 'paystack', 1, $2)`, [
          before.id,
          `pay ${keys++}`,
        ]),
      ),
    );
    await t.resolves(asMember(db, shop.owner, buy(scene)));
    await lift(shop, id);
    await t.resolves(asBuyer(db, shopper, buy(scene)));
    await t.resolves(asBuyer(db, shopper, write));
  });
}

t.test('a basket keeps what a banned seller sold, and is refused when it is placed', async (t) => {
  const scene = await open();
  const { shop, shopper, seller, product } = scene;
  const basket = await asBuyer(db, shopper, async (client) => {
    const { id, version } = await one(client, `select * from api.start_order($1, 'storefront')`, [seller.id]);
    return one(client, 'select * from api.set_order_line($1, $2, 2, $3)', [id, product, version]);
  });
  const { id } = await issue(shop, seller.user_id, 'perm_ban');
  const place = () =>
    asBuyer(db, shopper, (client) =>
      one(client, 'select * from api.place_order($1, $2, $3)', [
        `place ${keys++}`,
        basket.id,
        basket.version,
      ]),
    );
  await refused(t, place(), 'SCVAL', { field: 'lines[0].product_id', product_id: product });
  await refused(
    t,
    asBuyer(db, shopper, (client) =>
      client.query('select api.set_order_line($1, $2, 3, $3)', [basket.id, product, basket.version]),
    ),
    'SCVAL',
    { field: 'product_id' },
  );
  const { rows } = await asBuyer(db, shopper, (client) =>
    client.query('select quantity from api.order_items where order_id = $1', [basket.id]),
  );
  t.same(rows, [{ quantity: 2 }]);
  await lift(shop, id);
  t.match(await place(), { status: 'pending' });
});

t.test('an order of a seller who is banned later is sent, and its goods come back', async (t) => {
  const scene = await open();
  const { shop, seller, shopper } = scene;
  const order = await asBuyer(db, shopper, buy(scene));
  await issue(shop, seller.user_id, 'perm_ban');
  const correct = (given: { quantity?: number; product_id?: string }) =>
    asMember(db, shop.owner, async (client) => {
      const { id, version } = await one(
        client,
        'select i.id, o.version from api.order_items as i join api.orders as o on o.id = i.order_id where o.id = $1',
        [order.id],
      );
      const line = JSON.stringify([{ order_item_id: id, quantity: 1, ...given }]);
      await client.query('select api.correct_order_lines($1, $2, $3, $4, $5)', [
        order.id,
        'asked for',
        version,
        given.product_id === undefined ? line : '[]',
        given.product_id === undefined ? '[]' : line,
      ]);
    });
  await refused(t, correct({ quantity: 2 }), 'SCVAL', { field: 'lines[0].quantity' });
  await refused(t, correct({ product_id: scene.product }), 'SCVAL', { field: 'new_lines[0].product_id' });
  await t.resolves(correct({ quantity: 1 }), 'what was sold is sent, and not more');
  for (const call of [
    'confirm_order($1, $2)',
    'start_processing($1, $2)',
    `ship_order($1, 'DHL', 'T1', $2)`,
    'deliver_order($1, $2)',
  ]) {
    await asMember(db, shop.owner, async (client) => {
      const { version } = await one(client, 'select id, version from api.orders where id = $1', [order.id]);
      await client.query(`select api.${call}`, [order.id, version]);
    });
  }
  const { status } = await asBuyer(db, shopper, (client) =>
    one(client, 'select id, version, status from api.orders where id = $1', [order.id]),
  );
  t.equal(status, 'delivered');
});

t.test('a ban ends by itself, whether its job has come by or not', async (t) => {
  const scene = await open();
  const { shop, seller } = scene;
  const { id } = await issue(shop, seller.user_id, 'temp_ban');
  t.same(await shown(scene), gone);
  await db.installer.query(
    `update commerce.violations set start_at = now() - interval '2 days', end_at = now() - interval '1 day' where id = $1`,
    [id],
  );
  t.same(await shown(scene), onSale);
  await t.resolves(asMember(db, shop.owner, publish(scene)));
  await asWorker(db, (client) => client.query('select internal.expire_violations($1)', [shop.tenantId]));
  const { status } = await asMember(db, shop.owner, (client) =>
    one(client, 'select id, 1 as version, status from api.violations where id = $1', [id]),
  );
  t.equal(status, 'expired');
});

t.test("a ban is one merchant's, and shows nobody else's products less", async (t) => {
  const [scene, other] = [await open(), await open()];
  await issue(scene.shop, scene.seller.user_id, 'perm_ban');
  t.same(await shown(other), onSale);
  await refused(t, issue(scene.shop, other.seller.user_id, 'perm_ban'), 'SCNTF', { field: 'user_id' });
});
