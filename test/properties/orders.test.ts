import type pg from 'pg';
import t from 'tap';
import { addProduct, addShopper, openShop, type Shop, type Shopper } from '../functions/shop.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type Dice, diceOf, pick } from '../support/dice.ts';
import { asBuyer, asMember, asWorker } from '../support/session.ts';

/**
 * Random sequences of operations by several concurrent clients on the same few orders and products. Any
 * single operation may be refused, with a code of ours; what must hold is looked at after every one.
 */
const sequences = process.env.LONG ? 5_000 : 200;
const seed = Number(process.env.PROPERTY_SEED ?? 20_261_123);
const clientsAtOnce = 4;
const stepsOfAClient = 8;

type Scene = {
  db: TestDatabase;
  shop: Shop;
  shopper: Shopper;
  products: string[];
  orders: string[];
  key: number;
};
type Work = (client: pg.PoolClient) => Promise<unknown>;

/** Reads a row as the caller sees it, and goes on only if there is one. */
async function withRow(
  client: pg.PoolClient,
  sql: string,
  values: unknown[],
  next: (row: pg.QueryResultRow) => Promise<unknown>,
) {
  const { rows } = await client.query(sql, values);
  if (rows[0] !== undefined) await next(rows[0]);
}

const anOrder = (scene: Scene, dice: Dice) => pick(dice, scene.orders);

/** An order function of the shop that takes the order's id and version. */
const step =
  (call: string) =>
  (scene: Scene, dice: Dice): Work =>
  async (client) =>
    withRow(client, 'select id, version from api.orders where id = $1', [anOrder(scene, dice)], (order) =>
      client.query(`select api.${call}`, [order.id, order.version]),
    );

const returnStep =
  (call: string, status: string) =>
  (scene: Scene, dice: Dice): Work =>
  async (client) =>
    withRow(
      client,
      `select id, version from api.order_returns where order_id = $1 and status = '${status}' limit 1`,
      [anOrder(scene, dice)],
      (found) => client.query(`select api.${call}`, [found.id, found.version]),
    );

async function newOrder(scene: Scene, dice: Dice, client: pg.PoolClient): Promise<void> {
  const lines = scene.products
    .filter(() => dice(2) === 0)
    .map((product_id) => ({ product_id, quantity: 1 + dice(4) }));
  if (lines.length === 0) return;
  const { rows } = await client.query(
    `select id from api.place_order($1, p_lines => $2, p_customer_id => $3, p_channel => 'whatsapp')`,
    [`key ${scene.key++}`, JSON.stringify(lines), scene.shopper.customerId],
  );
  scene.orders.push(...rows.map(({ id }) => id));
}

async function pay(scene: Scene, dice: Dice, client: pg.PoolClient): Promise<void> {
  await withRow(
    client,
    'select id, total_amount - paid_amount as owed from api.orders where id = $1',
    [anOrder(scene, dice)],
    (order) =>
      client.query(`select api.create_payment($1, 'mobile_money', 'mpesa', $2, $3)`, [
        order.id,
        dice(3) === 0 ? Math.max(1, Math.floor(Number(order.owed) / 2)) : order.owed,
        `${scene.shop.tenantId} ${scene.key++}`,
      ]),
  );
}

async function returnGoods(scene: Scene, dice: Dice, client: pg.PoolClient): Promise<void> {
  const orderId = anOrder(scene, dice);
  const { rows } = await client.query('select id, quantity from api.order_items where order_id = $1', [
    orderId,
  ]);
  const lines = rows.map(({ id, quantity }) => ({
    order_item_id: id,
    quantity: 1 + dice(quantity),
    reason: 'damaged',
  }));
  await client.query(`select api.request_return($1, $2, 'damaged', $3)`, [
    orderId,
    JSON.stringify(lines),
    `return ${scene.key++}`,
  ]);
}

async function receiveGoods(scene: Scene, dice: Dice, client: pg.PoolClient): Promise<void> {
  await withRow(
    client,
    `select id, version from api.order_returns where order_id = $1 and status in ('approved', 'in_transit') limit 1`,
    [anOrder(scene, dice)],
    async (found) => {
      const { rows } = await client.query(
        'select order_item_id, quantity from api.order_return_items where order_return_id = $1',
        [found.id],
      );
      const lines = rows.map(({ order_item_id, quantity }) => {
        const accepted = dice(quantity + 1);
        return { order_item_id, accepted_quantity: accepted, restocked_quantity: dice(accepted + 1) };
      });
      await client.query('select api.receive_return($1, $2, $3)', [
        found.id,
        JSON.stringify(lines),
        found.version,
      ]);
    },
  );
}

async function refund(scene: Scene, dice: Dice, client: pg.PoolClient): Promise<void> {
  await withRow(
    client,
    `select id, amount from api.payment where order_id = $1 and status = 'succeeded' order by id limit 1`,
    [anOrder(scene, dice)],
    (payment) =>
      client.query('select api.request_refund($1, $2, $3)', [
        payment.id,
        Math.max(1, Math.floor((Number(payment.amount) * (1 + dice(4))) / 4)),
        `refund ${scene.key++}`,
      ]),
  );
}

async function discount(scene: Scene, dice: Dice, client: pg.PoolClient): Promise<void> {
  await withRow(client, 'select id, version from api.orders where id = $1', [anOrder(scene, dice)], (order) =>
    client.query('select api.set_order_charges($1, $2, $3, $4, $5)', [
      order.id,
      dice(500),
      dice(1500),
      'loyal',
      order.version,
    ]),
  );
}

type Operation = (scene: Scene, dice: Dice) => Work;
const whole =
  (work: (scene: Scene, dice: Dice, client: pg.PoolClient) => Promise<void>): Operation =>
  (scene, dice) =>
  (client) =>
    work(scene, dice, client);

const byStaff: Operation[] = [
  whole(newOrder),
  whole(newOrder),
  step('confirm_order($1, $2)'),
  step('start_processing($1, $2)'),
  step(`ship_order($1, 'DHL', 'T1', $2)`),
  step(`ship_order($1, 'DHL', 'T1', $2)`),
  step('deliver_order($1, $2)'),
  step('deliver_order($1, $2)'),
  step(`cancel_order($1, 'changed', $2)`),
  whole(discount),
  whole(pay),
  whole(pay),
  whole(returnGoods),
  whole(receiveGoods),
  whole(refund),
  returnStep('approve_return($1, $2)', 'requested'),
  returnStep(`reject_return($1, 'worn', $2)`, 'requested'),
  returnStep('close_return($1, $2)', 'received'),
];
const byBuyer: Operation[] = [
  whole(pay),
  whole(returnGoods),
  step(`cancel_order($1, 'mind', $2)`),
  returnStep('cancel_return($1, $2)', 'requested'),
];

const webhookResults = ['succeeded', 'succeeded', 'failed', 'expired', 'authorized'];
async function webhook(scene: Scene, dice: Dice, client: pg.PoolClient): Promise<void> {
  const open = await scene.db.installer.query(
    `select provider_reference as reference from commerce.payment where tenant_id = $1 order by random() limit 1`,
    [scene.shop.tenantId],
  );
  if (open.rows[0] !== undefined) {
    await client.query(`select from internal.record_payment_result('mpesa', $1, $2)`, [
      open.rows[0].reference,
      pick(dice, webhookResults),
    ]);
  }
}
async function refundWebhook(scene: Scene, dice: Dice, client: pg.PoolClient): Promise<void> {
  const open = await scene.db.installer.query(
    `select id from commerce.refund where tenant_id = $1 and status in ('pending', 'failed') order by random() limit 1`,
    [scene.shop.tenantId],
  );
  if (open.rows[0] !== undefined) {
    await client.query(`select internal.record_refund_result($1, $2)`, [
      open.rows[0].id,
      pick(dice, ['succeeded', 'failed']),
    ]);
  }
}
const byMachine: Operation[] = [
  whole(webhook),
  whole(webhook),
  whole(refundWebhook),
  (scene) => (client) =>
    client.query(`select internal.expire_unpaid_orders($1, interval '0')`, [scene.shop.tenantId]),
];

async function operate(scene: Scene, dice: Dice): Promise<string> {
  const { db, shop, shopper } = scene;
  const actor = dice(10);
  const work =
    actor < 6
      ? asMember(db, shop.owner, pick(dice, byStaff)(scene, dice))
      : actor < 8
        ? asBuyer(db, shopper, pick(dice, byBuyer)(scene, dice))
        : asWorker(db, pick(dice, byMachine)(scene, dice));
  return work.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? String(error),
  );
}

async function lastReference({ db, shop }: Scene): Promise<string> {
  const { rows } = await db.installer.query<{ reference: string }>(
    'select provider_reference as reference from commerce.payment where tenant_id = $1 order by id desc limit 1',
    [shop.tenantId],
  );
  return rows[0]?.reference ?? '';
}

/** Takes the first order some way towards its buyer, so that short sequences see late states as well. */
async function advance(scene: Scene, stages: number): Promise<void> {
  const last: Dice = (sides) => sides - 1;
  const { db, shop } = scene;
  const stagesOfAnOrder: (() => Promise<unknown>)[] = [
    () => asMember(db, shop.owner, (client) => pay(scene, last, client)),
    () =>
      asWorker(db, async (client) =>
        client.query(`select internal.record_payment_result('mpesa', $1, 'succeeded')`, [
          await lastReference(scene),
        ]),
      ),
    ...byStaff.slice(2, 5).map((operation) => () => asMember(db, shop.owner, operation(scene, last))),
    () => asMember(db, shop.owner, step('deliver_order($1, $2)')(scene, last)),
    () => asMember(db, shop.owner, (client) => returnGoods(scene, last, client)),
    () => asMember(db, shop.owner, returnStep('approve_return($1, $2)', 'requested')(scene, last)),
  ];
  for (const stage of stagesOfAnOrder.slice(0, stages + 1)) await stage();
}

/** Every query names offenders of the merchant $1: no row means that the invariant holds. */
const invariants: Record<string, string> = {
  'stock equals its ledger, and is not negative': `
    select p.id from commerce.products p
     where p.tenant_id = $1 and (p.inventory_count < 0 or p.inventory_count <>
       (select coalesce(sum(m.delta), 0) from commerce.inventory_movement m where m.tenant_id = $1 and m.product_id = p.id))`,
  'totals are the sums of the lines': `
    select o.id from commerce.orders o
      join lateral (select coalesce(sum(subtotal), 0) s, coalesce(sum(discount_amount), 0) d, coalesce(sum(tax_amount), 0) t
                      from commerce.order_items i where i.tenant_id = $1 and i.order_id = o.id) l on true
     where o.tenant_id = $1
       and (o.subtotal_amount, o.discount_amount, o.tax_amount) is distinct from (l.s, l.d, l.t)
        or o.tenant_id = $1 and o.total_amount <> o.subtotal_amount - o.discount_amount + o.shipping_amount + o.tax_amount`,
  'what is given back was paid, payment by payment': `
    select p.id from commerce.payment p
      join lateral (select coalesce(sum(r.amount), 0) as given from commerce.refund r
                     where r.tenant_id = $1 and r.payment_id = p.id and r.status in ('pending', 'succeeded')) r on true
     where p.tenant_id = $1 and r.given > case when p.status = 'succeeded' then p.amount else 0 end`,
  'what came back was delivered': `
    select i.id from commerce.order_items i
      join lateral (select coalesce(sum(b.accepted_quantity), 0) as accepted,
                           coalesce(sum(coalesce(b.accepted_quantity, b.quantity)) filter (where r.status not in ('rejected', 'cancelled')), 0) as live
                      from commerce.order_return_items b join commerce.order_returns r on r.tenant_id = $1 and r.id = b.order_return_id
                     where b.tenant_id = $1 and b.order_item_id = i.id) b on true
     where i.tenant_id = $1 and (b.live > i.quantity or i.returned_quantity <> b.accepted)`,
  'an order has at most one open payment': `
    select order_id from commerce.payment
     where tenant_id = $1 and status in ('pending', 'requires_action', 'authorized') group by order_id having count(*) > 1`,
  'payment_status and amounts are what payments and refunds say': `
    select o.id, o.payment_status from commerce.orders o
      join lateral (select coalesce(sum(amount) filter (where status = 'succeeded'), 0) as paid,
                           coalesce(bool_or(status in ('pending', 'requires_action')), false) as waits,
                           coalesce(bool_or(status = 'authorized'), false) as holds,
                           coalesce(bool_or(status = 'failed'), false) as failed
                      from commerce.payment p where p.tenant_id = $1 and p.order_id = o.id) p on true
      join lateral (select coalesce(sum(amount), 0) as given from commerce.refund r
                     where r.tenant_id = $1 and r.order_id = o.id and r.status = 'succeeded') r on true
     where o.tenant_id = $1
       and (o.paid_amount <> p.paid or o.refunded_amount <> r.given or o.payment_status <> case
         when r.given > 0 and r.given >= p.paid then 'refunded'
         when r.given > 0 then 'partially_refunded'
         when p.paid > 0 and p.paid >= o.total_amount then 'paid'
         when p.paid > 0 then 'partially_paid'
         when p.holds then 'authorized'
         when p.waits then 'pending'
         when p.failed then 'failed'
         else 'unpaid' end)`,
  'the status of an order is the last of its history': `
    select o.id from commerce.orders o
     where o.tenant_id = $1 and o.status is distinct from (
       select h.to_value from commerce.order_status_history h
        where h.tenant_id = $1 and h.order_id = o.id and h.field = 'status' order by h.created_at desc, h.id desc limit 1)`,
  'every change of status stands in the log': `
    select h.id from commerce.order_status_history h
     where h.tenant_id = $1 and h.field = 'status' and h.from_value is not null and not exists (
       select from audit.log l where l.tenant_id = $1 and l.table_name = 'orders' and l.record_key = h.order_id::text
          and l.new_values ->> 'status' = h.to_value)`,
};

/** One statement, so one snapshot: the state that some commit has left behind. */
const everyInvariant = Object.entries(invariants)
  .map(
    ([name, offenders]) =>
      `select '${name}' as invariant, to_jsonb(o)::text as offender from (${offenders}) o`,
  )
  .join(' union all ');

async function findBroken({ db, shop }: Scene): Promise<string[]> {
  const { rows } = await db.installer.query<{ invariant: string; offender: string }>({
    name: 'every invariant',
    text: everyInvariant,
    values: [shop.tenantId],
  });
  return rows.map(({ invariant, offender }) => `${invariant}: ${offender}`);
}

t.test(`${sequences} sequences, seed ${seed}`, { timeout: 0 }, async (t) => {
  const db = await createTestDatabase(t, { template: 'empty' });
  const outcomes = new Map<string, number>();
  const broken: string[] = [];

  for (let sequence = 0; sequence < sequences && broken.length === 0; sequence++) {
    const dice = diceOf(seed + sequence);
    const shop = await openShop(db);
    const scene: Scene = {
      db,
      shop,
      shopper: await addShopper(db, shop, `shopper ${sequence}`),
      products: [
        await addProduct(db, shop, { price: '999.99', stock: 1 + dice(12), tax_rate: '0.075' }),
        await addProduct(db, shop, { price: '0.05', stock: 1 + dice(12), tax_rate: '0.16' }),
      ],
      orders: [],
      key: 0,
    };
    await asMember(db, shop.owner, (client) => newOrder(scene, () => 0, client));
    await advance(scene, dice(8));

    const client = async (): Promise<void> => {
      for (let step = 0; step < stepsOfAClient; step++) {
        const outcome = scene.orders.length === 0 ? 'done' : await operate(scene, dice);
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
        broken.push(...(await findBroken(scene)).map((found) => `sequence ${sequence}: ${found}`));
      }
    };
    await Promise.all(Array.from({ length: clientsAtOnce }, client));
  }

  t.strictSame(broken, [], 'every invariant held');
  const { rows: reached } = await db.installer.query(`
    select (select count(*)::int from commerce.payment where status = 'succeeded') as payments,
           (select count(*)::int from commerce.refund where status = 'succeeded') as refunds,
           (select count(*)::int from commerce.order_returns where return_date is not null) as returns,
           (select count(*)::int from commerce.orders where status = 'cancelled') as cancelled`);
  t.ok(
    Object.values(reached[0]).every((count) => Number(count) > 0),
    `the sequences go far: ${JSON.stringify(reached[0])}`,
  );
  const unexpected = [...outcomes.keys()].filter((code) => !/^(done|SC[A-Z]{3})$/.test(code));
  t.strictSame(unexpected, [], 'nothing failed but with a code of ours');
  t.ok(
    (outcomes.get('done') ?? 0) > sequences,
    `most operations did something: ${JSON.stringify(Object.fromEntries(outcomes))}`,
  );
});
