import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asAnonymous, asBuyer, asMember, asWorker } from '../support/session.ts';
import { addProduct, addSeller, addShopper, openShop, refused } from './shop.ts';

const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db, { currency: 'KES' });
const secondSeller = await addSeller(db, shop);

const phone = await addProduct(db, shop, {
  name: 'Samsung Galaxy A15',
  price: '21999',
  sku: 'SAM-15',
  stock: 3,
});
const charger = await addProduct(db, shop, {
  name: 'USB-C charger',
  short_description: 'Charges a Samsung phone in an hour',
  price: '2499',
});
const cover = await addProduct(db, shop, {
  name: 'Phone cover',
  description: 'Fits the Samsung Galaxy A15',
  price: '899',
  sellerId: secondSeller,
  track_inventory: false,
});
await addProduct(db, shop, { name: 'Samsung television', price: '50000', is_active: false });
const inChat = await addProduct(db, shop, {
  name: 'Samsung earphones',
  price: '1500',
  visible_channels: ['whatsapp'],
});
const deleted = await addProduct(db, shop, { name: 'Samsung fridge', price: '90000' });
await asMember(db, shop.owner, (client) => client.query('delete from api.products where id = $1', [deleted]));

const other = await openShop(db);
await addProduct(db, other, { name: 'Samsung Galaxy of another shop' });

type Found = { product_id: string; is_available: boolean; rank: number; cursor: string; name: string };
type Filter = {
  query?: string | null;
  channel?: string | null;
  seller?: string | null;
  min?: string | null;
  max?: string | null;
  first?: number | null;
  after?: string | null;
};

const sql = 'select * from api.search_products($1, $2, $3, $4, $5, $6, $7)';
const values = ({ query, channel, seller, min, max, first = 20, after }: Filter) => [
  query,
  channel,
  seller,
  min,
  max,
  first,
  after,
];
const search = (filter: Filter): Promise<Found[]> =>
  asMember(db, shop.owner, async (client) => (await client.query<Found>(sql, values(filter))).rows);
const ids = (rows: Found[]) => rows.map(({ product_id }) => product_id);

t.test('names before short descriptions before descriptions', async (t) => {
  const rows = await search({ query: 'samsung' });
  t.strictSame(new Set(ids(rows.slice(0, 2))), new Set([phone, inChat]));
  t.strictSame(ids(rows.slice(2)), [charger, cover]);
  t.match(
    rows.find(({ product_id }) => product_id === phone),
    {
      name: 'Samsung Galaxy A15',
      price: '21999.00',
      currency_code: 'NGN',
      seller_id: shop.sellerId,
      is_available: true,
    },
  );
  t.equal(rows.find(({ product_id }) => product_id === charger)?.is_available, false, 'out of stock');
  t.equal(rows.find(({ product_id }) => product_id === cover)?.is_available, true, 'no stock is counted');
});

t.test('the words of a web search', async (t) => {
  t.strictSame(ids(await search({ query: 'SAM-15' })), [phone]);
  t.strictSame(ids(await search({ query: '"galaxy a15" -fits' })), [phone]);
  t.strictSame(new Set(ids(await search({ query: 'charger or cover' }))), new Set([charger, cover]));
});

t.test('typing errors are forgiven when no word is found', async (t) => {
  t.ok(ids(await search({ query: 'samsng galaxi' })).includes(phone));
  t.strictSame(ids(await search({ query: 'chargr' })), [charger]);
  t.strictSame(await search({ query: 'bicycle' }), []);
  for (const query of ['!!!', '% _ \\', `'); drop table`, '(((', '"', 'x'.repeat(200)]) {
    t.strictSame(await search({ query }), [], query);
  }
});

t.test('filters', async (t) => {
  t.strictSame(ids(await search({ query: 'samsung', seller: secondSeller })), [cover]);
  t.strictSame(ids(await search({ min: '2000', max: '3000' })), [charger]);
  t.strictSame(new Set(ids(await search({ max: '1500' }))), new Set([cover, inChat]));
  t.notOk(ids(await search({ channel: 'storefront' })).includes(inChat));
  t.ok(ids(await search({ channel: 'whatsapp' })).includes(inChat));
  t.strictSame(
    ids(await search({})),
    [inChat, cover, charger, phone],
    'without a query the newest come first',
  );
});

t.test('pages cover every row once, in every kind of search', async (t) => {
  const many = await openShop(db);
  await asMember(db, many.owner, (client) =>
    client.query(
      `insert into api.products (seller_id, name, price, currency_code)
       select $1, 'Ankara fabric ' || case when n % 3 = 0 then 'ankara ' else '' end || n, n, 'NGN'
         from generate_series(1, 45) as n`,
      [many.sellerId],
    ),
  );
  for (const query of [null, 'ankara', 'ankra']) {
    const seen: Found[] = [];
    let after: string | null = null;
    do {
      const rows: Found[] = await asMember(
        db,
        many.owner,
        async (client) => (await client.query<Found>(sql, values({ query, first: 10, after }))).rows,
      );
      seen.push(...rows);
      after = rows.at(-1)?.cursor ?? null;
    } while (after !== null);
    t.equal(seen.length, 45, `${query}`);
    t.equal(new Set(ids(seen)).size, 45);
    const ranks = seen.map(({ rank }) => rank);
    t.strictSame(
      ranks,
      ranks.toSorted((a, b) => b - a),
      'best first',
    );
  }
});

t.test('which products each role sees', async (t) => {
  const shopper = await addShopper(db, shop, 'shopper');
  const asVisitor = await asAnonymous(
    db,
    shop.owner,
    async (client) => (await client.query(sql, values({}))).rows,
  );
  const asShopper = await asBuyer(db, shopper, async (client) => (await client.query(sql, values({}))).rows);
  t.strictSame(ids(asVisitor), [cover, charger, phone], 'a visitor sees what the storefront shows');
  t.strictSame(ids(asShopper), [cover, charger, phone]);
  t.equal(
    (await asMember(db, other.owner, (client) => client.query(sql, values({ query: 'samsung' })))).rowCount,
    1,
  );
  t.strictSame(await search({ seller: other.sellerId }), []);
  await refused(
    t,
    asWorker(db, (client) => client.query(sql, values({}))),
    'SCTEN',
  );
});

t.test('what is refused', async (t) => {
  const cursor = (await search({ query: 'samsung', first: 1 }))[0]?.cursor;
  const made = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');
  for (const [filter, field] of [
    [{ query: 'x'.repeat(201) }, 'query'],
    [{ channel: 'pigeon' }, 'channel'],
    [{ min: '2', max: '1' }, 'price_min'],
    [{ first: 0 }, 'first'],
    [{ first: 101 }, 'first'],
    [{ first: null }, 'first'],
    [{ after: '' }, 'after'],
    [{ after: '%%%' }, 'after'],
    [{ after: made('x') }, 'after'],
    [{ after: made(['browse', 'x', phone]) }, 'after'],
    [{ after: made(['browse', 0, 'x']) }, 'after'],
    [{ after: made(['browse', 0]) }, 'after'],
    [{ after: made(['browse', '1e999', phone]) }, 'after'],
    [{ after: Buffer.from([0xff, 0xfe]).toString('base64') }, 'after'],
    [{ after: cursor }, 'after'],
  ] as [Filter, string][]) {
    await refused(t, search(filter), 'SCVAL', { field });
  }
});
