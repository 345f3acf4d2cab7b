import type pg from 'pg';
import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asBuyer, asMember, asWorker } from '../support/session.ts';
import { addProduct, addShopper, one, openShop, type Row, refused, type Shop, type Shopper } from './shop.ts';

/** The rules of money that a line of money-histories.md cannot tell: time, other currencies, requests, bad input. */
const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db);
const asOwner = <T>(work: (client: pg.PoolClient) => Promise<T>) => asMember(db, shop.owner, work);
let keys = 0;
const key = () => `rule ${keys++}`;

async function order(of: Shop, shopper: Shopper, { price = '100', currency = 'NGN' } = {}): Promise<Row> {
  const product = await addProduct(db, of, { price, stock: 1, currency_code: currency });
  return asMember(db, of.owner, (client) =>
    one(
      client,
      `select * from api.place_order($1, p_lines => $2, p_customer_id => $3, p_channel => 'whatsapp')`,
      [key(), JSON.stringify([{ product_id: product, quantity: 1 }]), shopper.customerId],
    ),
  );
}
const pay = (of: Shop, { id }: Row, type = 'card') =>
  asMember(db, of.owner, (client) =>
    one(client, `select * from api.create_payment($1, $2, 'stripe', 100, $3)`, [id, type, key()]),
  );
const report = (of: Row, status: string, amount: string | null = null, currency: string | null = null) =>
  asWorker(db, (client) =>
    one<Row & { outcome: string }>(
      client,
      `select * from internal.record_payment_result('stripe', $1, $2, p_amount => $3, p_currency_code => $4,
         p_provider_event_id => $5)`,
      [of.id, status, amount, currency, key()],
    ),
  );
const now = (view: string, { id }: { id: string }) =>
  asOwner((client) => one(client, `select * from api.${view} where id = $1`, [id]));
const moneyToSettle = async () =>
  (
    await asOwner((client) =>
      client.query<Row & { kind: string; amount: string; currency_code: string }>(
        'select * from api.money_to_settle()',
      ),
    )
  ).rows;
/** As if it had been so in the first place: what is only ever added to cannot be changed by anybody. */
const pretend = async (sql: string, values: unknown[]) => {
  const client = await db.installer.connect();
  try {
    await client.query('begin; set local session_replication_role = replica');
    await client.query(sql, values);
    await client.query('commit');
  } finally {
    client.release();
  }
};

t.test('store credit expires by the setting, also what comes back to it', async (t) => {
  const shopper = await addShopper(db, shop, 'saver');
  const bought = await order(shop, shopper);
  const grant = () =>
    asOwner((client) =>
      one(client, `select * from api.grant_credit($1, 40, 'NGN', 'sorry', $2)`, [shopper.customerId, key()]),
    );
  const { id: lasting, expires_at: never } = await grant();
  t.equal(never, null, 'without a setting it is for ever');
  await db.installer.query(
    `update commerce.tenant set settings = settings || '{"storeCreditDays": 30}', version = version where id = $1`,
    [shop.tenantId],
  );
  const { id: passing, expires_at: end } = await grant();
  t.ok(end, 'with it, it has an end');
  const spend = (amount: number) =>
    asBuyer(db, shopper, (client) =>
      one(client, 'select * from api.spend_credit($1, $2, $3)', [bought.id, amount, key()]),
    );
  const { id: spent } = await spend(30);
  const left = async () =>
    (
      await asBuyer(db, shopper, (client) =>
        client.query(
          `select coalesce(granted_by_id, id) as grant, sum(amount) as left from api.customer_credit
            group by 1 order by 2`,
        ),
      )
    ).rows;
  t.same(
    await left(),
    [
      { grant: passing, left: '10.00' },
      { grant: lasting, left: '40.00' },
    ],
    'what expires first is spent first',
  );

  await pretend('update commerce.customer_credit set expires_at = now() where id = $1', [passing]);
  await refused(t, spend(41), 'SCAMT', { field: 'amount', limit: '40.00' });
  const expire = () =>
    asWorker(db, (client) =>
      one<{ n: number }>(client, 'select internal.expire_store_credit($1) as n', [shop.tenantId]),
    );
  t.same(await expire(), { n: 1 });
  t.same(await expire(), { n: 0 }, 'once');
  t.same(await left(), [
    { grant: passing, left: '0.00' },
    { grant: lasting, left: '40.00' },
  ]);
  await asOwner((client) => client.query('select api.request_refund($1, 30, $2)', [spent, key()]));
  t.match(await left(), [{ left: '30.00' }, { left: '40.00' }], 'a refund goes back to where it came from');
  t.same(await expire(), { n: 1 }, 'and ends with it');
  t.match(await left(), [{ left: '0.00' }, { left: '40.00' }]);
});

t.test('leaving a payment asks its provider to cancel it, until the provider answers', async (t) => {
  const shopper = await addShopper(db, shop, 'undecided');
  const asked = async () =>
    (
      await asOwner((client) =>
        client.query('select id from api.payment where cancel_requested_at is not null'),
      )
    ).rows.map(({ id }) => id);
  const leave = ({ id }: Row) =>
    asBuyer(db, shopper, (client) =>
      one(
        client,
        'select left_.* from api.payment as p cross join lateral api.leave_payment(p.id, p.version) as left_ where p.id = $1',
        [id],
      ),
    );
  const bought = await order(shop, shopper);
  const cash = await pay(shop, bought, 'cash_on_delivery');
  t.match(await leave(cash), { status: 'cancelled' });
  t.same(await asked(), [], 'nobody has to be asked about cash');
  const card = await pay(shop, bought);
  t.match(await leave(card), { status: 'cancelled' });
  t.same(await asked(), [card.id]);
  await refused(t, leave(card), 'SCTRN');
  const other = await pay(shop, bought, 'bank_transfer');
  t.match(await report(card, 'cancelled'), { outcome: 'recorded' });
  t.same(await asked(), [], 'the provider has answered');
  t.match(await report(card, 'captured', '100'), { outcome: 'counted' }, 'money that comes all the same');
  t.match(await now('orders', bought), { payment_status: 'paid', due_amount: '0.00' });
  t.match(await report(other, 'captured', '100'), { outcome: 'overpaid' });
});

t.test(
  'cash on delivery does not expire, nor does what waits for it or for goods to come back',
  async (t) => {
    const shopper = await addShopper(db, shop, 'patient');
    const bought = await order(shop, shopper);
    const cash = await pay(shop, bought, 'cash_on_delivery');
    t.equal(cash.expires_at, null);
    const sent = await order(shop, shopper);
    await pay(shop, sent);
    await asOwner(async (client) => {
      for (const call of [
        'confirm_order($1, $2)',
        'start_processing($1, $2)',
        `ship_order($1, 'DHL', 'T', $2)`,
        'deliver_order($1, $2)',
      ]) {
        const { version } = await one(client, 'select version from api.orders where id = $1', [sent.id]);
        await client.query(`select api.${call}`, [sent.id, version]);
      }
    });
    const instead = await order(shop, shopper);
    const forgotten = await order(shop, shopper);
    await asOwner(async (client) => {
      const { id: line } = await one(client, 'select id from api.order_items where order_id = $1', [sent.id]);
      const back = await one(client, `select * from api.request_return($1, $2, 'damaged', $3)`, [
        sent.id,
        JSON.stringify([{ order_item_id: line, quantity: 1, reason: 'damaged' }]),
        key(),
      ]);
      await client.query('select api.exchange_return($1, $2, $3)', [back.id, instead.id, back.version]);
    });
    await pretend(`update commerce.orders set placed_at = now() - interval '1 year' where tenant_id = $1`, [
      shop.tenantId,
    ]);
    await asWorker(db, async (client) => {
      await client.query('select internal.expire_payments($1)', [shop.tenantId]);
      await client.query('select internal.expire_unpaid_orders($1)', [shop.tenantId]);
    });
    t.match(await now('payment', cash), { status: 'pending' });
    t.match(await now('orders', bought), { status: 'pending' });
    t.match(await now('orders', instead), { status: 'pending' });
    t.match(await now('orders', forgotten), { status: 'cancelled' }, 'what waits for nothing ends');
  },
);

t.test(
  'money in another currency waits for staff, who use it for an order in it or give it back',
  async (t) => {
    const shopper = await addShopper(db, shop, 'traveller');
    const asked = await order(shop, shopper);
    const attempt = await pay(shop, asked);
    t.match(await report(attempt, 'captured', '70.50', 'USD'), { outcome: 'unallocated' });
    t.match(await now('orders', asked), { payment_status: 'pending', paid_amount: '0.00' });
    const waits = async () =>
      (await moneyToSettle()).filter(({ payment_id: id }) => id === attempt.id).map(({ amount }) => amount);
    t.same(await waits(), ['70.50']);
    const dollars = await order(shop, shopper, { price: '50.00', currency: 'USD' });
    const use = (to: Row, amount: string) =>
      asOwner((client) =>
        one(client, `select * from api.allocate_money($1, $2, $3, 'for that', $4, null, 'USD')`, [
          attempt.id,
          to.id,
          amount,
          key(),
        ]),
      );
    await refused(t, use(asked, '1'), 'SCVAL', { field: 'order_id' });
    await refused(t, use(dollars, '70.51'), 'SCAMT', { field: 'amount', limit: '70.50' });
    t.match(await use(dollars, '50'), { payment_status: 'paid', due_amount: '0.00' });
    t.same(await waits(), ['20.50']);
    const { id } = await asOwner((client) =>
      one(
        client,
        `select id from api.request_refund($1, 20.50, $2, p_method => 'manual', p_currency_code => 'USD')`,
        [attempt.id, key()],
      ),
    );
    await asOwner((client) => client.query('select api.complete_refund($1)', [id]));
    t.same(await waits(), []);
    t.match(
      await report(attempt, 'captured', '100', 'NGN'),
      { outcome: 'counted' },
      'what was asked for counts still',
    );
  },
);

t.test('one payment at the provider, paid in parts, is shared out in the order of the basket', async (t) => {
  const shopper = await addShopper(db, shop, 'sharer');
  const orders = [await order(shop, shopper), await order(shop, shopper, { price: '50' })];
  const { rows: attempts } = await asBuyer(db, shopper, (client) =>
    client.query(`select * from api.pay_orders($1, 'card', 'stripe', $2)`, [
      orders.map(({ id }) => id),
      key(),
    ]),
  );
  const part = (amount: string) =>
    asWorker(db, async (client) => {
      const { rows } = await client.query(
        `select outcome from internal.record_payment_result('stripe', $1, 'captured', p_amount => $2, p_provider_event_id => $3)`,
        [attempts[0].id, amount, key()],
      );
      return rows.map(({ outcome }) => outcome);
    });
  const paid = async () => {
    const [first, second] = await Promise.all(orders.map((one) => now('orders', one)));
    return [first?.paid_amount, second?.paid_amount];
  };
  t.same(await part('60'), ['short', 'short']);
  t.same(await part('60'), ['counted', 'short']);
  t.same(await paid(), ['100.00', '20.00']);
  t.same(await part('30'), ['counted', 'counted']);
  t.same(await part('10'), ['counted', 'overpaid']);
  t.same(await paid(), ['100.00', '60.00']);
});

t.test('nobody can report what became of store credit', async (t) => {
  const shopper = await addShopper(db, shop, 'creditor');
  const bought = await order(shop, shopper);
  await asOwner((client) =>
    client.query(`select api.grant_credit($1, 100, 'NGN', 'sorry', $2)`, [shopper.customerId, key()]),
  );
  const { id, provider } = await asBuyer(db, shopper, (client) =>
    one(client, 'select * from api.spend_credit($1, 100, $2)', [bought.id, key()]),
  );
  for (const status of ['captured', 'refunded', 'disputed', 'dispute_lost', 'refund_failed']) {
    const result = await asWorker(db, (client) =>
      one<Row & { outcome: string }>(
        client,
        'select * from internal.record_payment_result($1, $2, $3, p_amount => 100, p_tenant_id => $4)',
        [provider, id, status, shop.tenantId],
      ),
    );
    t.match(result, { outcome: 'waiting', payment_id: null }, `${status} is of a reference that nobody has`);
  }
  await refused(
    t,
    asOwner((client) => client.query(`select api.set_payment_reference($1, 'x')`, [id])),
    'SCVAL',
    { field: 'payment_id' },
  );
  const refund = await asOwner((client) =>
    one(client, 'select id from api.request_refund($1, 100, $2)', [id, key()]),
  );
  for (const status of ['failed', 'succeeded']) {
    const { became } = await asWorker(db, (client) =>
      one<Row & { became: string }>(client, 'select internal.record_refund_result($1, $2, $3) as became', [
        shop.tenantId,
        refund.id,
        status,
      ]),
    );
    t.equal(became, 'succeeded', 'the refund was done at once');
  }
  t.match(await now('orders', bought), { payment_status: 'refunded', refunded_amount: '100.00' });
  const { rows: wrong } = await asWorker(db, (client) =>
    client.query('select * from internal.check_money($1)', [shop.tenantId]),
  );
  t.same(wrong, []);
});

t.test('what a provider reports before its reference is known', async (t) => {
  const shopper = await addShopper(db, shop, 'early bird');
  const early = (reference: string, amount: string, currency: string | null = 'NGN') =>
    asWorker(db, (client) =>
      one<Row & { outcome: string }>(
        client,
        `select * from internal.record_payment_result('stripe', $1, 'captured', p_amount => $2,
           p_currency_code => $3, p_tenant_id => $4)`,
        [reference, amount, currency, shop.tenantId],
      ),
    );
  const bought = await order(shop, shopper);
  const attempt = await pay(shop, bought);
  const setReference = (reference: string) =>
    asOwner((client) =>
      one(client, 'select * from api.set_payment_reference($1, $2)', [attempt.id, reference]),
    );
  t.match(await early('early 1', '60'), { outcome: 'waiting' });
  t.match(await early('early 1', '60.00'), { outcome: 'repeated' });
  t.match(await early('early 1', '100'), { outcome: 'waiting' });
  t.match(await early('early 1', '7.125', null), { outcome: 'waiting' }, 'no amount of naira');
  t.match(
    await setReference('early 1'),
    { captured_amount: '100.00' },
    'without an id, it is the total so far',
  );
  t.match(await now('orders', bought), { payment_status: 'paid', due_amount: '0.00' });
  const waits = async () =>
    (await moneyToSettle()).filter(({ kind, amount }) => kind === 'unknown_reference' && amount === '7.125');
  const [odd] = await waits();
  t.ok(odd, 'what cannot be its currency waits for staff');
  await refused(
    t,
    asOwner((client) =>
      client.query(`select api.assign_inbound_event($1, $2, 'card')`, [odd?.id, bought.id]),
    ),
    'SCVAL',
    { field: 'order_id' },
  );
  await asOwner((client) => client.query(`select api.return_inbound_event($1, 'sent back')`, [odd?.id]));
  t.match(await early('early 2', '7.125', null), { outcome: 'waiting' });
  const dinars = await order(shop, shopper, { price: '7.125', currency: 'KWD' });
  const [even] = await waits();
  await asOwner((client) =>
    client.query(`select api.assign_inbound_event($1, $2, 'card')`, [even?.id, dinars.id]),
  );
  t.match(await now('orders', dinars), { payment_status: 'paid', due_amount: '0.000' });
});

t.test('reports without an id are one, however their amount is written', async (t) => {
  const shopper = await addShopper(db, shop, 'repeater');
  const attempt = await pay(shop, await order(shop, shopper));
  await report(attempt, 'captured', '100');
  await asOwner((client) =>
    client.query(
      `select api.report_payment(p.id, 'disputed', 60, 'read there', p.version) from api.payment as p where p.id = $1`,
      [attempt.id],
    ),
  );
  for (const amount of ['60', '60.00', '60.0', '60']) {
    await asWorker(db, (client) =>
      client.query(`select from internal.record_payment_result('stripe', $1, 'disputed', p_amount => $2)`, [
        attempt.id,
        amount,
      ]),
    );
    t.match(await now('payment', attempt), { disputed_amount: '60.00' }, amount);
  }
});

const badAmounts = ['-1', 'NaN', 'Infinity', '0.001', '1e15', null];

t.test(
  'bad amounts, foreign ids and unknown currencies are refused by name, and change nothing',
  async (t) => {
    const shopper = await addShopper(db, shop, 'careful');
    const mine = await rows(shop, shopper);
    const other = await openShop(db);
    const theirs = await rows(other, await addShopper(db, other, 'foreign'));

    /** Each call, with its ids by name, and where the amount and the currency go. */
    const calls: { call: string; ids: Record<string, keyof typeof mine>; asWorker?: true; field?: string }[] =
      [
        { call: `adjust_order($order_id, $amount, 'goods', 'x', $key)`, ids: { order_id: 'order' } },
        {
          call: `allocate_money($payment_id, $order_id, $amount, 'x', $key, null, $currency)`,
          ids: { payment_id: 'payment', order_id: 'another' },
        },
        {
          call: `assign_inbound_event($inbound_event_id, $order_id, 'card')`,
          ids: { inbound_event_id: 'inbound', order_id: 'order' },
        },
        { call: 'cancel_refund($refund_id)', ids: { refund_id: 'refund' } },
        { call: 'complete_refund($refund_id)', ids: { refund_id: 'refund' } },
        {
          call: `correct_payment($payment_id, $amount, 'x', $version)`,
          ids: { payment_id: 'payment' },
          field: 'captured_amount',
        },
        { call: `create_payment($order_id, 'card', 'stripe', $amount, $key)`, ids: { order_id: 'order' } },
        {
          call: 'exchange_return($return_id, $order_id, $version)',
          ids: { return_id: 'returned' },
        },
        {
          call: `grant_credit($customer_id, $amount, coalesce($currency, 'NGN'), 'x', $key)`,
          ids: { customer_id: 'customer' },
        },
        { call: 'leave_payment($payment_id, $version)', ids: { payment_id: 'payment' } },
        { call: `pay_orders(array[$order_id]::uuid[], 'card', 'stripe', $key)`, ids: { order_id: 'order' } },
        { call: 'refundable_parts($order_id)', ids: { order_id: 'order' } },
        {
          call: `report_payment($payment_id, 'disputed', $amount, 'x', $version)`,
          ids: { payment_id: 'payment' },
        },
        {
          call: `request_refund($payment_id, $amount, $key, p_currency_code => $currency)`,
          ids: { payment_id: 'payment' },
        },
        { call: 'retry_refund($refund_id)', ids: { refund_id: 'refund' } },
        { call: `return_inbound_event($inbound_event_id, 'x')`, ids: { inbound_event_id: 'inbound' } },
        {
          call: `set_order_charges($order_id, $amount, 0, 'x', $version)`,
          ids: { order_id: 'order' },
          field: 'shipping_amount',
        },
        { call: `set_payment_reference($payment_id, 'x')`, ids: { payment_id: 'payment' } },
        { call: 'spend_credit($order_id, $amount, $key)', ids: { order_id: 'order' } },
        {
          call: `verify_manual_payment($payment_id, true, null, $version, coalesce($amount, -1))`,
          ids: { payment_id: 'cash' },
        },
        { call: `withdraw_credit($credit_id, 'x')`, ids: { credit_id: 'credit' } },
        {
          call: `write_off_loss($order_id, $amount, 'x', $key, $currency)`,
          ids: { order_id: 'order' },
        },
      ];

    const literal = (value: string | null, type: string) =>
      value === null ? `null::${type}` : `'${value}'::${type}`;
    const callOf = (
      { call, ids }: (typeof calls)[number],
      of: typeof mine,
      amount: string | null = '1',
      currency: string | null = null,
    ) =>
      asOwner(async (client) => {
        const named = Object.entries(ids).map(([name, what]) => [name, of[what]] as const);
        const id = named[0]?.[1] ?? '';
        const { rows: found } = await client.query(
          `select version from api.orders where id = $1 union all select version from api.payment where id = $1
         union all select version from api.order_returns where id = $1`,
          [id],
        );
        let sql = call
          .replace('$amount', literal(amount, 'numeric'))
          .replace('$currency', literal(currency, 'text'))
          .replace('$key', `'${key()}'`)
          .replace('$version', String(found[0]?.version ?? 1));
        for (const [name, value] of named) sql = sql.replace(`$${name}`, `'${value}'::uuid`);
        return client.query(`select api.${sql.replace('$order_id', `'${mine.another}'::uuid`)}`);
      });

    const state = async () => {
      const { rows: found } = await db.installer.query(
        `select (select jsonb_agg(to_jsonb(e) order by e.id) from commerce.payment_event as e) as events,
              (select jsonb_agg(to_jsonb(a) order by a.id) from commerce.money_allocation as a) as allocations,
              (select jsonb_agg(to_jsonb(c) order by c.id) from commerce.customer_credit as c) as credit,
              (select jsonb_agg(to_jsonb(j) order by j.id) from commerce.order_adjustment as j) as adjustments,
              (select jsonb_agg(to_jsonb(r) order by r.id) from commerce.refund as r) as refunds,
              (select jsonb_agg(to_jsonb(p) order by p.id) from commerce.payment as p) as payments,
              (select jsonb_agg(to_jsonb(o) order by o.id) from commerce.orders as o) as orders,
              (select jsonb_agg(to_jsonb(b) order by b.id) from commerce.order_returns as b) as returns`,
      );
      return found[0];
    };
    const before = await state();

    for (const each of calls) {
      const name = each.call.slice(0, each.call.indexOf('('));
      if (each.call.includes('$amount')) {
        // An adjustment may take something off.
        for (const amount of badAmounts.filter((bad) => name !== 'adjust_order' || bad !== '-1')) {
          await refused(t, callOf(each, mine, amount), 'SCAMT', { field: each.field ?? 'amount' });
        }
      }
      if (each.call.includes('$currency')) {
        await refused(t, callOf(each, mine, '1', 'XXX'), 'SCVAL', {
          field: name === 'allocate_money' ? 'order_id' : 'currency_code',
        });
      }
      for (const [id, what] of Object.entries(each.ids)) {
        const field = name === 'pay_orders' ? 'order_id' : id;
        await refused(t, callOf(each, { ...mine, [what]: theirs[what] }), 'SCNTF', { field });
      }
    }
    for (const [call, field] of [
      [`record_payment_result('stripe', $1, 'captured', p_amount => 'NaN')`, 'amount'],
      [`record_payment_result('stripe', $1, 'captured', p_amount => -1)`, 'amount'],
      [`record_payment_result('stripe', $1, 'captured', p_amount => 0.001)`, 'amount'],
      [
        `record_payment_result('stripe', $1, 'captured', p_amount => 1, p_currency_code => 'XXX')`,
        'currency_code',
      ],
      [`record_payment_result('stripe', $1, 'corrected', p_amount => 1)`, 'status'],
      [`record_payment_result('stripe', $1, 'eaten', p_amount => 1)`, 'status'],
      [
        `record_payment_result('stripe', $1, 'captured', p_amount => 1.5, p_currency_code => 'JPY')`,
        'amount',
      ],
      [`record_payment_result('stripe', $1, 'captured', p_provider_event_id => ' ')`, 'provider_event_id'],
      [
        `record_payment_result('stripe', $1, 'captured', p_tenant_id => '01900000-0000-7000-8000-000000000000')`,
        'tenant_id',
      ],
    ] as const) {
      await refused(
        t,
        asWorker(db, (client) => client.query(`select from internal.${call}`, [mine.payment])),
        { amount: 'SCAMT', tenant_id: 'SCNTF' }[field as string] ?? 'SCVAL',
        { field },
      );
    }
    for (const elsewhere of [theirs, { order: '01900000-0000-7000-8000-000000000000' }]) {
      for (const [call, field] of [
        [`request_refund($1, 1, $3, p_order_id => $2)`, 'order_id'],
        [`allocate_money($1, $4, 1, 'x', $3, $2)`, 'from_order_id'],
      ] as const) {
        const refusal = asOwner((client) =>
          client.query(`select api.${call}${call.includes('$4') ? '' : ' where $4::uuid is not null'}`, [
            mine.payment,
            elsewhere.order,
            key(),
            mine.another,
          ]),
        );
        await refused(t, refusal, 'SCNTF', { field });
      }
    }
    t.same(await state(), before, 'nothing was changed');
  },
);

/** A row of each kind that the operations name, of one shop. */
async function rows(of: Shop, shopper: Shopper) {
  const work = <T>(what: (client: pg.PoolClient) => Promise<T>) => asMember(db, of.owner, what);
  const first = await order(of, shopper, { price: '300' });
  const another = await order(of, shopper);
  const payment = await pay(of, first);
  await report(payment, 'captured', '100');
  const cash = await pay(of, first, 'cash_on_delivery');
  const sent = await order(of, shopper);
  await asWorker(db, (client) =>
    client.query(
      `select from internal.record_payment_result('stripe', $1, 'captured', p_amount => 5, p_currency_code => 'NGN', p_tenant_id => $2)`,
      [key(), of.tenantId],
    ),
  );
  return work(async (client) => {
    const refund = await one(client, 'select id from api.request_refund($1, 1, $2)', [payment.id, key()]);
    const credit = await one(client, `select id from api.grant_credit($1, 5, 'NGN', 'sorry', $2)`, [
      shopper.customerId,
      key(),
    ]);
    const inbound = await one(
      client,
      `select id from api.inbound_event where status = 'received' and amount = 5`,
    );
    for (const call of [
      'confirm_order($1, $2)',
      'start_processing($1, $2)',
      `ship_order($1, 'DHL', 'T', $2)`,
      'deliver_order($1, $2)',
    ]) {
      const { version } = await one(client, 'select version from api.orders where id = $1', [sent.id]);
      await client.query(`select api.${call}`, [sent.id, version]);
    }
    const line = await one(client, 'select id from api.order_items where order_id = $1', [sent.id]);
    const returned = await one(client, `select id from api.request_return($1, $2, 'damaged', $3)`, [
      sent.id,
      JSON.stringify([{ order_item_id: line.id, quantity: 1, reason: 'damaged' }]),
      key(),
    ]);
    return {
      order: first.id,
      another: another.id,
      payment: payment.id,
      cash: cash.id,
      refund: refund.id,
      credit: credit.id,
      inbound: inbound.id,
      returned: returned.id,
      customer: shopper.customerId,
    };
  });
}
