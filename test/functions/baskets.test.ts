import { readFileSync } from 'node:fs';
import type pg from 'pg';
import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { diceOf, pick } from '../support/dice.ts';
import { asBuyer, asMember, asWorker } from '../support/session.ts';
import { costsOf, inCurrency, type Rules, unitsOf } from './basket-oracle.ts';
import {
  addProduct,
  addSeller,
  addShopper,
  one,
  openShop,
  type Row,
  refused,
  type Shop,
  type Shopper,
} from './shop.ts';

/** Baskets, filled by the shop and its shopper, against books kept by hand and against a second computation. */
const db = await createTestDatabase(t, { template: 'empty' });
let number = 0;

/** What a basket costs, as the database writes it. */
type Books = {
  goods: string;
  discounts: string[];
  taxes: string[];
  fees: string;
  moreTax: string;
  total: string;
};

async function booksOf(client: pg.PoolClient, orderId: string): Promise<Books> {
  const order = await one(
    client,
    `select subtotal_amount, fee_amount, shipping_tax_amount + fee_tax_amount as more_tax, total_amount,
            discount_amount, tax_amount from api.orders where id = $1`,
    [orderId],
  );
  const { rows } = await client.query<{ discount_amount: string; tax_amount: string }>(
    'select discount_amount, tax_amount from api.order_items where order_id = $1 order by line_number',
    [orderId],
  );
  return {
    goods: String(order.subtotal_amount),
    discounts: rows.map((line) => line.discount_amount),
    taxes: rows.map((line) => line.tax_amount),
    fees: String(order.fee_amount),
    moreTax: String(order.more_tax),
    total: String(order.total_amount),
  };
}

async function openShopOf(currency: string, included: boolean, shippingTax: string): Promise<Shop> {
  const shop = await openShop(db, { currency });
  await asMember(db, shop.owner, (client) =>
    client.query(
      'update api.tenant set prices_include_tax = $1, shipping_tax_rate = $2::numeric / 100, version = version',
      [included, shippingTax],
    ),
  );
  return shop;
}

/** A basket and what may be done to it; it remembers the version that was read last. */
class Basket {
  order: Row;
  readonly shop: Shop;
  readonly shopper: Shopper;

  constructor(shop: Shop, shopper: Shopper, order: Row) {
    this.shop = shop;
    this.shopper = shopper;
    this.order = order;
  }

  static async begin(shop: Shop): Promise<Basket> {
    number += 1;
    const shopper = await addShopper(db, shop, `shopper ${number}`);
    const order = await asBuyer(db, shopper, (client) =>
      one(client, `select * from api.start_order($1, 'storefront')`, [shop.sellerId]),
    );
    return new Basket(shop, shopper, order);
  }

  async #change(sql: string, values: unknown[], isStaff: boolean): Promise<void> {
    const work = (client: pg.PoolClient) =>
      one(client, `select * from api.${sql}`, [this.order.id, this.order.version, ...values]);
    this.order = isStaff ? await asMember(db, this.shop.owner, work) : await asBuyer(db, this.shopper, work);
  }

  put(product: string, quantity: unknown): Promise<void> {
    return this.#change('set_order_line($1, $3, $4, $2)', [product, quantity], false);
  }

  take(product: string): Promise<void> {
    return this.#change('remove_order_line($1, $3, $2)', [product], false);
  }

  charge(shipping: string, amount: string | null, rate: string | null): Promise<void> {
    return this.#change(`set_order_charges($1, $3, $4, 'agreed', $2, $5)`, [shipping, amount, rate], true);
  }

  fee(kind: string, amount: string, taxRate: string): Promise<void> {
    return this.#change('set_order_fee($1, $3, $4, $5, $2)', [kind, amount, taxRate], true);
  }

  code(code: string | null): Promise<void> {
    return this.#change('set_discount_code($1, $3, $2)', [code], false);
  }

  place(): Promise<void> {
    const total = { currency_code: this.order.currency_code, total_amount: this.order.total_amount };
    return this.#change(
      'place_order($3, $1, $2, p_expected_totals => $4)',
      [`basket ${this.order.id}`, JSON.stringify([total])],
      false,
    );
  }

  books(): Promise<Books> {
    return asMember(db, this.shop.owner, (client) => booksOf(client, this.order.id));
  }
}

async function addDiscount(shop: Shop, columns: Record<string, unknown>): Promise<string> {
  number += 1;
  const values: Record<string, unknown> = { code: `CODE-${number}`, ...columns };
  const names = Object.keys(values);
  await asMember(db, shop.owner, (client) =>
    client.query(
      `insert into api.discount (${names.join(', ')}) values (${names.map((_, at) => `$${at + 1}`).join(', ')})`,
      Object.values(values),
    ),
  );
  return String(values.code);
}

const histories = readFileSync(new URL('basket-histories.md', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => /^\| \d/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(
    ([
      ,
      no = '',
      shop = '',
      basket = '',
      goods = '',
      discounts = '',
      taxes = '',
      fees = '',
      more = '',
      total = '',
    ]) => ({
      no,
      shop,
      basket,
      books: {
        goods,
        discounts: discounts.split(', '),
        taxes: taxes.split(', '),
        fees,
        moreTax: more,
        total,
      },
    }),
  );

/** Percent as the database writes a share. */
const share = (percent: string) => String(Number(percent) / 100);

async function fill(shop: Shop, basket: Basket, currency: string, steps: string): Promise<void> {
  const products: string[] = [];
  let charges: [shipping: string, amount: string | null, rate: string | null] = ['0', null, null];
  const later: (() => Promise<void>)[] = [];
  for (const step of steps.split('; ')) {
    const line = /^(\d+) x ([\d.]+) at ([\d.]+)$/.exec(step);
    const fee = /^fee (\w+) ([\d.]+) at ([\d.]+)$/.exec(step);
    const code = /^code ([\d.]+)(%?)(?: from ([\d.]+))?(?: on (\d+))?$/.exec(step);
    const staff = /^staff ([\d.]+)(%?)$/.exec(step);
    const shipping = /^shipping ([\d.]+)$/.exec(step);
    if (line) {
      const [, quantity, price = '', rate = ''] = line;
      const product = await addProduct(db, shop, {
        price,
        tax_rate: share(rate),
        stock: 9,
        currency_code: currency,
      });
      products.push(product);
      await basket.put(product, quantity);
    } else if (fee) {
      const [, kind = '', amount = '', rate = ''] = fee;
      later.push(() => basket.fee(kind, amount, share(rate)));
    } else if (code) {
      const [, much = '', percent, minimum, only] = code;
      later.push(async () =>
        basket.code(
          await addDiscount(shop, {
            [percent ? 'rate' : 'amount']: percent ? share(much) : much,
            currency_code: currency,
            minimum_amount: minimum,
            product_id: only && products[Number(only) - 1],
          }),
        ),
      );
    } else if (staff) {
      const [, much = '', percent] = staff;
      charges = [charges[0], percent ? null : much, percent ? share(much) : null];
    } else if (shipping) {
      charges = [shipping[1] ?? '', charges[1], charges[2]];
    } else throw new Error(`basket-histories.md: what does "${step}" mean?`);
  }
  await basket.charge(...charges);
  for (const step of later) await step();
}

t.test(`${histories.length} baskets cost what the books say`, async (t) => {
  t.ok(histories.length >= 26, 'every line of the table is read');
  for (const { no, shop: name, basket: steps, books } of histories) {
    const [currency = '', kind, shippingTax = ''] = name.split(' ');
    const shop = await openShopOf(currency, kind === 'contain', shippingTax);
    const basket = await Basket.begin(shop);
    await fill(shop, basket, currency, steps);
    t.strictSame(await basket.books(), books, `${no}: ${name}: ${steps}`);
    await basket.place();
    t.strictSame(await basket.books(), books, `${no}, placed`);
    t.match(basket.order, { status: 'pending', total_amount: books.total });
    const parts = await asMember(db, shop.owner, (client) =>
      one(client, 'select worth_amount, due_amount from api.orders where id = $1', [basket.order.id]),
    );
    t.match(parts, { worth_amount: books.total, due_amount: books.total }, `${no}, owed`);
  }
});

const sequences = process.env.LONG ? 400 : 25;
const seed = Number(process.env.PROPERTY_SEED ?? 20_261_129);
const currencies = [
  ['JPY', 0],
  ['UGX', 0],
  ['XOF', 0],
  ['USD', 2],
  ['NGN', 2],
  ['KWD', 3],
] as const;

t.test(`${sequences} random baskets cost what is computed a second time, seed ${seed}`, async (t) => {
  for (let sequence = 0; sequence < sequences; sequence++) {
    const dice = diceOf(seed + sequence);
    const [currency, decimals] = pick(dice, currencies);
    const money = (units: bigint) => inCurrency(units, decimals);
    const rateOf = (rate: bigint) => inCurrency(rate, 4);
    const anyRate = () => BigInt(pick(dice, [0, 1, 500, 750, 825, 1600, 1800, 2000, 3333, 9999]));
    const anyUnits = () => BigInt(1 + dice(pick(dice, [9, 100, 10_000, 1_000_000])));
    const included = dice(2) === 0;
    const shippingTaxRate = anyRate();
    const shop = await openShopOf(currency, included, inCurrency(shippingTaxRate, 2));
    const basket = await Basket.begin(shop);

    const goods = await Promise.all(
      Array.from({ length: 4 }, async (_, product) => {
        const price = anyUnits();
        const taxRate = anyRate();
        const id = await addProduct(db, shop, {
          price: money(price),
          tax_rate: rateOf(taxRate),
          currency_code: currency,
          stock: 100,
        });
        return { id, product, price, taxRate };
      }),
    );
    const scope = dice(2) === 0 ? undefined : dice(4);
    const minimum = dice(2) === 0 ? 0n : anyUnits();
    const [amount, rate] = dice(2) === 0 ? [anyUnits(), undefined] : [undefined, BigInt(1 + dice(10_000))];
    const code = await addDiscount(shop, {
      currency_code: currency,
      minimum_amount: money(minimum),
      product_id: scope === undefined ? null : goods[scope]?.id,
      amount: amount === undefined ? null : money(amount),
      rate: rate === undefined ? null : rateOf(rate),
    });

    let rules: Rules = {
      lines: [],
      included,
      staff: { rate: 0n },
      code: null,
      shipping: 0n,
      shippingTaxRate,
      fees: [],
    };
    const fees = new Map<string, { amount: bigint; taxRate: bigint }>();
    const steps = [
      async () => {
        const chosen = pick(dice, goods);
        const quantity = BigInt(1 + dice(9));
        await basket.put(chosen.id, String(quantity));
        const line = { product: chosen.product, quantity, price: chosen.price, taxRate: chosen.taxRate };
        const others = rules.lines.findIndex(({ product }) => product === chosen.product);
        rules = {
          ...rules,
          lines: others < 0 ? [...rules.lines, line] : rules.lines.with(others, line),
        };
      },
      async () => {
        const [first] = rules.lines;
        if (first === undefined || rules.lines.length < 2) return;
        await basket.take(goods[first.product]?.id ?? '');
        rules = { ...rules, lines: rules.lines.slice(1) };
      },
      async () => {
        const shipping = anyUnits();
        const byRate = dice(2) === 0;
        const staffRate = BigInt(dice(10_001));
        const { subtotal } = costsOf(rules);
        const staffSum = (subtotal * BigInt(dice(5))) / 4n;
        await basket.charge(
          money(shipping),
          byRate ? null : money(staffSum),
          byRate ? rateOf(staffRate) : null,
        );
        rules = {
          ...rules,
          shipping,
          staff: byRate ? { rate: staffRate } : { sum: staffSum, basis: subtotal },
        };
      },
      async () => {
        const kind = pick(dice, ['cash_on_delivery', 'service', 'packaging', 'insurance']);
        const fee = { amount: dice(4) === 0 ? 0n : anyUnits(), taxRate: anyRate() };
        await basket.fee(kind, money(fee.amount), rateOf(fee.taxRate));
        fees.set(kind, fee);
        rules = { ...rules, fees: [...fees.values()] };
      },
      async () => {
        if (rules.code !== null) {
          await basket.code(null);
          rules = { ...rules, code: null };
          return;
        }
        const mayHold =
          costsOf(rules).subtotal >= minimum &&
          rules.lines.some(({ product }) => product === (scope ?? product));
        const held = await basket.code(code).then(
          () => true,
          ({ code: refusal }) => {
            t.equal(refusal, 'SCDSC');
            return false;
          },
        );
        t.equal(held, mayHold, `whether the code holds, sequence ${sequence}`);
        if (held) {
          rules = {
            ...rules,
            code: {
              minimum,
              ...(amount === undefined ? {} : { amount }),
              ...(rate === undefined ? {} : { rate }),
              ...(scope === undefined ? {} : { product: scope }),
            },
          };
        }
      },
    ];
    await steps[0]?.();
    for (let at = 0; at < 10; at++) {
      await pick(dice, steps)();
      const costs = costsOf(rules);
      const books = await basket.books();
      t.strictSame(
        books,
        {
          goods: money(costs.subtotal),
          discounts: costs.discounts.map(money),
          taxes: costs.taxes.map(money),
          fees: money(costs.fees),
          moreTax: money(costs.shippingTax + costs.feeTax),
          total: money(costs.total),
        },
        `sequence ${sequence}, step ${at}, ${currency} ${included ? 'with' : 'without'} tax`,
      );
      t.equal(unitsOf(books.total, decimals), costs.total, 'to the last unit');
    }
  }
});

/** A basket of 2 x 100 at 10 percent, with shipping of 10: 230.00 in all, as the shopper has read it. */
async function readBasket(shop: Shop): Promise<{ basket: Basket; product: string }> {
  const basket = await Basket.begin(shop);
  const product = await addProduct(db, shop, { price: '100', tax_rate: '0.1', stock: 50 });
  await basket.put(product, 2);
  await basket.charge('10', null, null);
  t.match(basket.order, { total_amount: '230.00' });
  return { basket, product };
}

t.test('nobody pays what they have not read: a basket', async (t) => {
  const changeShop = (shop: Shop, sql: string, values: unknown[] = []) =>
    asMember(db, shop.owner, (client) => client.query(sql, values));
  const line = {
    seen_unit_price: '100.00',
    unit_price: '100.00',
    seen_tax_rate: '0.1000',
    tax_rate: '0.1000',
  };
  const changes: Record<
    string,
    {
      change: (shop: Shop, read: { basket: Basket; product: string }) => Promise<unknown>;
      code: string;
      detail: object;
    }
  > = {
    'the price of a line': {
      change: (shop, { product }) =>
        changeShop(shop, 'update api.products set price = 120, version = version where id = $1', [product]),
      code: 'SCPRC',
      detail: { lines: [{ ...line, unit_price: '120.00' }] },
    },
    'the tax rate of a line': {
      change: (shop, { product }) =>
        changeShop(shop, 'update api.products set tax_rate = 0.2, version = version where id = $1', [
          product,
        ]),
      code: 'SCPRC',
      detail: { lines: [{ ...line, tax_rate: '0.2000' }] },
    },
    'the tax on shipping': {
      change: (shop) => changeShop(shop, 'update api.tenant set shipping_tax_rate = 0.2, version = version'),
      code: 'SCPRC',
      detail: { taxes: { seen_shipping_tax_rate: '0.0000', shipping_tax_rate: '0.2000' } },
    },
    'whether prices contain the tax': {
      change: (shop) =>
        changeShop(shop, 'update api.tenant set prices_include_tax = true, version = version'),
      code: 'SCPRC',
      detail: { taxes: { seen_prices_include_tax: false, prices_include_tax: true } },
    },
    'the currency of a product': {
      change: (shop, { product }) =>
        changeShop(shop, `update api.products set currency_code = 'USD', version = version where id = $1`, [
          product,
        ]),
      code: 'SCVAL',
      detail: { field: 'lines[0].product_id' },
    },
    'what staff charge for shipping': {
      change: async (shop, { basket: { order } }) => {
        await changeShop(shop, `select api.set_order_charges($1, 11, null, 'far', $2)`, [
          order.id,
          order.version,
        ]);
      },
      code: 'SCVER',
      detail: {},
    },
    'the discount that staff give': {
      change: (shop, { basket: { order } }) =>
        changeShop(shop, `select api.set_order_charges($1, 10, 0, 'no more', $2)`, [order.id, order.version]),
      code: 'SCVER',
      detail: {},
    },
    'a fee': {
      change: (shop, { basket: { order } }) =>
        changeShop(shop, `select api.set_order_fee($1, 'service', 1, 0, $2)`, [order.id, order.version]),
      code: 'SCVER',
      detail: {},
    },
  };
  for (const [name, { change, code, detail }] of Object.entries(changes)) {
    const shop = await openShop(db);
    const read = await readBasket(shop);
    await change(shop, read);
    await refused(t, read.basket.place(), code, detail);
    t.match(
      await one(db.installer, 'select status, total_amount from commerce.orders where id = $1', [
        read.basket.order.id,
      ]),
      { status: 'draft' },
      `${name}: nothing is placed`,
    );
    t.match(
      await one(db.installer, 'select inventory_count from commerce.products where id = $1', [read.product]),
      { inventory_count: 50 },
      `${name}: and no stock is taken`,
    );
  }
});

t.test('a refreshed basket follows the shop, and says so', async (t) => {
  const shop = await openShop(db);
  const { basket } = await readBasket(shop);
  await asMember(db, shop.owner, (client) =>
    client.query(
      'update api.tenant set prices_include_tax = true, shipping_tax_rate = 0.25, version = version',
    ),
  );
  basket.order = await asBuyer(db, basket.shopper, (client) =>
    one(client, 'select * from api.refresh_basket($1, $2)', [basket.order.id, basket.order.version]),
  );
  // 200 contain 18.18 of tax at 10 %, 10 contain 2.00 at 25 %.
  t.match(basket.order, {
    total_amount: '210.00',
    tax_amount: '18.18',
    shipping_tax_amount: '2.00',
    prices_include_tax: true,
  });
  await basket.place();
  await asMember(db, shop.owner, (client) =>
    client.query(
      'update api.tenant set prices_include_tax = false, shipping_tax_rate = 0.5, version = version',
    ),
  );
  await basket.charge('20', null, null);
  t.match(
    basket.order,
    { total_amount: '220.00', shipping_tax_amount: '4.00' },
    'at the rate that was agreed',
  );
});

t.test('nobody pays what they have not read: lines at once, at every door', async (t) => {
  const shop = await openShop(db);
  const dollars = await addProduct(db, shop, {
    price: '3',
    stock: 9,
    currency_code: 'USD',
    sellerId: await addSeller(db, shop, 'dollars'),
  });
  const naira = await addProduct(db, shop, { price: '100', tax_rate: '0.1', stock: 9 });
  const shopper = await addShopper(db, shop, 'at once');
  const lines = JSON.stringify([
    { product_id: naira, quantity: 2 },
    { product_id: dollars, quantity: 1 },
  ]);
  const stale = JSON.stringify([
    { product_id: naira, quantity: 2 },
    { product_id: dollars, quantity: 1, unit_price: '2.5' },
  ]);
  const place =
    (totals: unknown, ordered = lines) =>
    (client: pg.PoolClient) => {
      number += 1;
      return client.query(
        `select * from api.place_order($1, p_lines => $2, p_channel => 'storefront', p_customer_id => $3, p_expected_totals => $4)`,
        [`once ${number}`, ordered, shopper.customerId, totals === undefined ? null : JSON.stringify(totals)],
      );
    };
  const seen = [
    { currency_code: 'USD', total_amount: '3' },
    { currency_code: 'NGN', total_amount: '220.00' },
  ];
  const doors = {
    shopper: (work: (client: pg.PoolClient) => Promise<unknown>) => asBuyer(db, shopper, work),
    staff: (work: (client: pg.PoolClient) => Promise<unknown>) => asMember(db, shop.owner, work),
  };
  await refused(t, doors.shopper(place(undefined)), 'SCVAL', { field: 'expected_totals' });
  for (const [door, through] of Object.entries(doors)) {
    await refused(
      t,
      through(place([{ currency_code: 'NGN', total_amount: '219.99' }, seen[0]], stale)),
      'SCPRC',
      {
        totals: [{ currency_code: 'NGN', seen_total_amount: '219.99', total_amount: '220.00' }],
        lines: [
          {
            product_id: naira,
            seen_unit_price: null,
            unit_price: '100.00',
            seen_tax_rate: null,
            tax_rate: '0.1000',
          },
          {
            product_id: dollars,
            seen_unit_price: '2.5',
            unit_price: '3.00',
            seen_tax_rate: null,
            tax_rate: '0.0000',
          },
        ],
      },
    );
    await refused(t, through(place([seen[1]])), 'SCPRC', {
      totals: [{ currency_code: 'USD', seen_total_amount: null, total_amount: '3.00' }],
    });
    for (const [totals, field] of [
      [[], 'expected_totals'],
      [{}, 'expected_totals'],
      [[1], 'expected_totals[0]'],
      [[{ total_amount: '1' }], 'expected_totals[0].currency_code'],
      [[{ currency_code: 'NGN' }], 'expected_totals[0].total_amount'],
      [[{ currency_code: 'NGN', total_amount: 'much' }], 'expected_totals[0].total_amount'],
    ] as const) {
      await refused(t, through(place(totals)), 'SCVAL', { field });
    }
    await t.resolves(through(place(seen)), `${door}: what was read is what is paid`);
  }
});

t.test('a sum in one currency takes nothing off a basket that has another by now', async (t) => {
  const shop = await openShop(db);
  const naira = await addProduct(db, shop, { price: '1000', stock: 9 });
  const dollars = await addProduct(db, shop, { price: '10', currency_code: 'USD', stock: 9 });
  const basket = await Basket.begin(shop);
  await basket.put(naira, 1);
  await basket.code(await addDiscount(shop, { amount: 4, currency_code: 'NGN' }));
  t.match(basket.order, { discount_amount: '4.00', total_amount: '996.00' });
  await basket.take(naira);
  await basket.put(dollars, 1);
  t.match(basket.order, { currency_code: 'USD', discount_amount: '0.00', total_amount: '10.00' });
  await refused(t, basket.place(), 'SCDSC', { reason: 'currency' });
});

t.test('a discount code holds within its limits', async (t) => {
  const shop = await openShop(db);
  const other = await addSeller(db, shop, 'other');
  const cheap = await addProduct(db, shop, { price: '10', stock: 99 });
  const dear = await addProduct(db, shop, { price: '100', stock: 99 });
  const basket = await Basket.begin(shop);
  await basket.put(cheap, 1);
  const refusals: Record<string, Record<string, unknown>> = {
    ended: { rate: 0.1, ends_at: new Date(Date.now() - 1000) },
    not_started: { rate: 0.1, starts_at: new Date(Date.now() + 3_600_000) },
    minimum: { rate: 0.1, minimum_amount: '10.01', currency_code: 'NGN' },
    currency: { amount: 1, currency_code: 'USD' },
    seller: { rate: 0.1, seller_id: other },
    products: { rate: 0.1, product_id: dear },
    used_up: { rate: 0.1, max_uses: 0 },
    used_by_customer: { rate: 0.1, max_uses_per_customer: 0 },
  };
  for (const [reason, columns] of Object.entries(refusals)) {
    await refused(t, basket.code(await addDiscount(shop, columns)), 'SCDSC', { field: 'code', reason });
  }
  for (const code of [await addDiscount(shop, { rate: 0.1, is_active: false }), 'UNHEARD-OF', '']) {
    await refused(t, basket.code(code), 'SCNTF', { field: 'code' });
  }
  await refused(t, basket.code('X'.repeat(41)), 'SCVAL', { field: 'code' });
  t.match(basket.order, { total_amount: '10.00' }, 'nothing of it changed the basket');

  const once = await addDiscount(shop, {
    rate: 0.5,
    max_uses: 1,
    minimum_amount: '10',
    currency_code: 'NGN',
  });
  const used = async () =>
    (
      await one<{ used: number }>(
        db.installer,
        'select used_count as used from commerce.discount where code = $1',
        [once],
      )
    ).used;
  await basket.code(` ${once.toLowerCase()} `);
  t.match(basket.order, { discount_code: once, discount_amount: '5.00', total_amount: '5.00' });
  const second = await Basket.begin(shop);
  await second.put(dear, 1);
  await second.code(once);
  t.equal(await used(), 0, 'a basket has not used it');
  await basket.place();
  t.equal(await used(), 1);
  await refused(t, second.place(), 'SCDSC', { reason: 'used_up' });
  await refused(t, (await Basket.begin(shop)).code(once), 'SCDSC', {});

  const cancel = (order: Row) =>
    asMember(db, shop.owner, (client) =>
      client.query(`select api.cancel_order($1, 'changed', $2)`, [order.id, order.version]),
    );
  await cancel(basket.order);
  t.equal(await used(), 0, 'a cancelled order gives its use back');
  await second.place();
  t.equal(await used(), 1);
  t.match(second.order, { total_amount: '50.00' });
  await asWorker(db, (client) =>
    client.query(`select internal.expire_unpaid_orders($1, interval '0')`, [shop.tenantId]),
  );
  t.equal(await used(), 0, 'so does one that expires');

  const third = await Basket.begin(shop);
  await third.put(dear, 1);
  await third.code(once);
  await third.put(dear, 2);
  t.match(third.order, { discount_amount: '100.00' }, 'it follows the basket');
  await asMember(db, shop.owner, (client) =>
    client.query('update api.discount set ends_at = now(), version = version where code = $1', [once]),
  );
  await refused(t, third.place(), 'SCDSC', { reason: 'ended' });
  await third.code(null);
  t.match(third.order, { discount_code: null, discount_amount: '0.00', total_amount: '200.00' });
  const draft = third.order;
  await cancel(draft);
  t.equal(await used(), 0, 'a basket that is given up has used nothing');

  await refused(
    t,
    asMember(db, shop.owner, (client) =>
      client.query('update api.discount set rate = 0.9, version = version'),
    ),
    '42501',
  );
  await refused(
    t,
    asMember(db, shop.owner, (client) =>
      client.query(`insert into api.discount (code, rate) values ($1, 0.1)`, [once]),
    ),
    '23505',
  );
});

t.test('a discount code for lines that are ordered at once', async (t) => {
  const shop = await openShop(db);
  const other = await addSeller(db, shop, 'other');
  const mine = await addProduct(db, shop, { price: '100', tax_rate: '0.1', stock: 99 });
  const theirs = await addProduct(db, shop, { price: '40', stock: 99, sellerId: other });
  const shopper = await addShopper(db, shop, 'with a code');
  const place = async (code: string | null, products: string[], total: string): Promise<Row[]> => {
    number += 1;
    const lines = JSON.stringify(products.map((product) => ({ product_id: product, quantity: 1 })));
    const totals = JSON.stringify([{ currency_code: 'NGN', total_amount: total }]);
    const { rows } = await asBuyer(db, shopper, (client) =>
      client.query(
        `select * from api.place_order($1, p_lines => $2, p_channel => 'storefront', p_expected_totals => $3, p_discount_code => $4)`,
        [`code ${number}`, lines, totals, code],
      ),
    );
    return rows.sort((a, b) => Number(b.total_amount) - Number(a.total_amount));
  };
  const used = async (code: string) =>
    (
      await one<{ used: number }>(
        db.installer,
        'select used_count as used from commerce.discount where code = $1',
        [code],
      )
    ).used;

  const half = await addDiscount(shop, { rate: 0.5, max_uses: 3 });
  t.match(await place(` ${half.toLowerCase()} `, [mine], '55'), [
    { discount_code: half, discount_amount: '50.00', tax_amount: '5.00', total_amount: '55.00' },
  ]);
  t.equal(await used(half), 1);
  t.match(await place(half, [mine, theirs], '75'), [
    { discount_code: half, total_amount: '55.00' },
    { discount_code: half, total_amount: '20.00' },
  ]);
  t.equal(await used(half), 3, 'each order has used it');
  await refused(t, place(half, [mine], '55'), 'SCDSC', { reason: 'used_up' });

  const theirCode = await addDiscount(shop, { rate: 0.25, seller_id: other, max_uses: 2 });
  t.match(await place(theirCode, [mine, theirs], '140'), [
    { discount_code: null, total_amount: '110.00' },
    { discount_code: theirCode, total_amount: '30.00' },
  ]);
  await refused(t, place(theirCode, [mine], '110'), 'SCDSC', { reason: 'seller' });
  await refused(t, place(theirCode, [theirs], '40'), 'SCPRC', {
    totals: [{ seen_total_amount: '40', total_amount: '30.00' }],
  });
  t.equal(await used(theirCode), 1, 'what is refused has used nothing');

  await refused(t, place('UNHEARD-OF', [mine], '110'), 'SCNTF', { field: 'discount_code' });
  for (const code of ['', 'X'.repeat(41)])
    await refused(t, place(code, [mine], '110'), 'SCVAL', { field: 'discount_code' });
  const { basket } = await readBasket(shop);
  await refused(
    t,
    asBuyer(db, basket.shopper, (client) =>
      client.query('select api.place_order($1, $2, $3, p_discount_code => $4)', [
        'of a basket',
        basket.order.id,
        basket.order.version,
        half,
      ]),
    ),
    'SCVAL',
    { field: 'discount_code' },
  );
});

t.test('fees come, change and go until the shop confirms', async (t) => {
  const shop = await openShop(db);
  const { basket } = await readBasket(shop);
  await basket.fee('cash_on_delivery', '5', '0.1');
  t.match(basket.order, { fee_amount: '5.00', fee_tax_amount: '0.50', total_amount: '235.50' });
  await basket.fee('cash_on_delivery', '6', '0');
  t.match(
    basket.order,
    { fee_amount: '6.00', fee_tax_amount: '0.00', total_amount: '236.00' },
    'one of each kind',
  );
  await basket.fee('service', '1', '0');
  await basket.fee('cash_on_delivery', '0', '0');
  t.match(basket.order, { fee_amount: '1.00', total_amount: '231.00' });
  for (const [kind, amount, rate, code, field] of [
    ['tip', '1', '0', 'SCVAL', 'kind'],
    ['service', '-1', '0', 'SCAMT', 'amount'],
    ['service', '0.001', '0', 'SCAMT', 'amount'],
    ['service', '1', '1', 'SCVAL', 'tax_rate'],
    ['service', '1', '-0.1', 'SCVAL', 'tax_rate'],
    ['service', '1', '0.00001', 'SCVAL', 'tax_rate'],
    ['service', '1', 'NaN', 'SCVAL', 'tax_rate'],
  ] as const) {
    await refused(t, basket.fee(kind, amount, rate), code, { field });
  }
  await basket.place();
  await basket.fee('packaging', '2', '0.1');
  t.match(basket.order, { status: 'pending', total_amount: '233.20', due_amount: '233.20' });
  t.match(
    await asBuyer(
      db,
      basket.shopper,
      async (client) =>
        (
          await client.query(
            'select kind, amount, tax_amount from api.order_charge where order_id = $1 order by kind',
            [basket.order.id],
          )
        ).rows,
    ),
    [
      { kind: 'packaging', amount: '2.00', tax_amount: '0.20' },
      { kind: 'service', amount: '1.00', tax_amount: '0.00' },
    ],
    'the shopper sees what they pay for',
  );
  basket.order = await asMember(db, shop.owner, (client) =>
    one(client, 'select * from api.confirm_order($1, $2)', [basket.order.id, basket.order.version]),
  );
  await refused(t, basket.fee('service', '9', '0'), 'SCIMM');
});

t.test('an empty basket that has charges keeps its currency', async (t) => {
  const shop = await openShop(db);
  const basket = await Basket.begin(shop);
  await basket.charge('500', null, null);
  const dollars = await addProduct(db, shop, { currency_code: 'USD', price: '9.99' });
  await refused(t, basket.put(dollars, 1), 'SCVAL', { field: 'product_id' });
});

t.test('what comes back, and what reports say, of prices with and without tax in them', async (t) => {
  for (const [included, price, goods, report] of [
    [
      false,
      '100',
      '80.00',
      { gross_amount: '200.00', tax_amount: '18.00', included_tax_amount: '0.00', net_amount: '211.00' },
    ],
    [
      true,
      '110',
      '80.00',
      { gross_amount: '220.00', tax_amount: '18.00', included_tax_amount: '18.00', net_amount: '211.00' },
    ],
  ] as const) {
    const shop = await openShopOf('NGN', included, '25');
    const basket = await Basket.begin(shop);
    const product = await addProduct(db, shop, { price, tax_rate: '0.1', stock: 5 });
    await basket.put(product, 2);
    // 20 % off: 160 and 16 of tax. Shipping of 8 and 2 of tax. 25 of fees without tax.
    await basket.charge(included ? '10' : '8', null, '0.2');
    await basket.fee('service', '25', '0');
    await basket.place();
    t.match(basket.order, { total_amount: '211.00' });
    await asMember(db, shop.owner, async (client) => {
      t.match(
        (await client.query(`select * from api.sales_daily(current_date - 1, current_date + 1)`)).rows,
        [{ ...report, shipping_amount: included ? '10.00' : '8.00', fee_amount: '25.00' }],
        'the report',
      );
      const paid = await one(
        client,
        `select * from api.create_payment($1, 'bank_transfer', 'bank', 211, 'all')`,
        [basket.order.id],
      );
      await client.query('select api.verify_manual_payment($1, true, null, $2)', [paid.id, paid.version]);
      const { rows } = await client.query('select part, amount from api.refundable_parts($1)', [
        basket.order.id,
      ]);
      t.strictSame(
        rows,
        [
          { part: 'goods', amount: '160.00' },
          { part: 'tax', amount: '18.00' },
          { part: 'shipping', amount: '8.00' },
          { part: 'fee', amount: '25.00' },
        ],
        'tax is a part of its own, wherever it stands',
      );
      for (const call of [
        'confirm_order($1, $2)',
        'start_processing($1, $2)',
        `ship_order($1, 'DHL', 'T', $2)`,
        'deliver_order($1, $2)',
      ]) {
        const { id, version } = await one(client, 'select id, version from api.orders where id = $1', [
          basket.order.id,
        ]);
        await client.query(`select api.${call}`, [id, version]);
      }
      const { id: itemId } = await one(client, 'select id from api.order_items where order_id = $1', [
        basket.order.id,
      ]);
      let returned = await one(client, `select * from api.request_return($1, $2, 'damaged', 'one')`, [
        basket.order.id,
        JSON.stringify([{ order_item_id: itemId, quantity: 1, reason: 'damaged' }]),
      ]);
      returned = await one(client, 'select * from api.approve_return($1, $2)', [
        returned.id,
        returned.version,
      ]);
      await client.query('select api.receive_return($1, $2, $3)', [
        returned.id,
        JSON.stringify([{ order_item_id: itemId, accepted_quantity: 1, restocked_quantity: 0 }]),
        returned.version,
      ]);
      t.match(
        await one(
          client,
          'select refund_amount - refund_tax_amount as goods, refund_tax_amount as tax from api.order_return_items',
        ),
        { goods, tax: '8.00' },
        'half of the goods came back, and half of their tax',
      );
      t.match(
        await one(client, 'select returned_amount, worth_amount, due_amount from api.orders where id = $1', [
          basket.order.id,
        ]),
        { returned_amount: '88.00', worth_amount: '123.00' },
      );
    });
    t.strictSame(
      (await db.installer.query('select * from internal.check_money()')).rows,
      [],
      'all money adds up',
    );
  }
});
