import type pg from 'pg';
import t from 'tap';
import { costsOf, inCurrency, unitsOf } from '../functions/basket-oracle.ts';
import { addProduct, addShopper, openShop, type Shop, type Shopper } from '../functions/shop.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type Dice, diceOf, pick } from '../support/dice.ts';
import { asBuyer, asMember, asWorker } from '../support/session.ts';

/**
 * Random sequences of operations by several concurrent clients on the same few orders and products. Any
 * single operation may be refused, with a code of ours; what must hold is looked at after every one.
 */
const all = process.env.LONG ? 5_000 : 300;
/** I/N: the I-th of N pieces, for runs of a bearable length. */
const [piece = 1, pieces = 1] = (process.env.PROPERTY_PIECE ?? '1/1').split('/').map(Number);
const firstSequence = Math.floor(((piece - 1) * all) / pieces);
const sequences = Math.floor((piece * all) / pieces) - firstSequence;
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

/** A basket with a fee and a code, placed at the total that was read. */
async function newBasket(scene: Scene, dice: Dice, client: pg.PoolClient): Promise<void> {
  let { rows } = await client.query(`select * from api.start_order($1, 'storefront', $2)`, [
    scene.shop.sellerId,
    scene.shopper.customerId,
  ]);
  const [{ id }] = rows;
  const change = async (call: string, ...values: unknown[]) => {
    rows = (await client.query(`select * from api.${call}`, [id, rows[0].version, ...values])).rows;
  };
  for (const product of scene.products) await change('set_order_line($1, $3, $4, $2)', product, 1 + dice(3));
  await change(`set_order_charges($1, $3, $4, 'agreed', $2)`, dice(400), dice(2) === 0 ? null : dice(300));
  await change(`set_order_fee($1, 'cash_on_delivery', $3, 0.16, $2)`, dice(90));
  if (dice(3) > 0) await change('set_discount_code($1, $3, $2)', pick(dice, ['TENTH', 'SUM', 'BELT']));
  const totals = [{ currency_code: 'NGN', total_amount: rows[0].total_amount }];
  await change(
    'place_order($3, $1, $2, p_expected_totals => $4)',
    `key ${scene.key++}`,
    JSON.stringify(totals),
  );
  scene.orders.push(id);
}

async function pay(scene: Scene, dice: Dice, client: pg.PoolClient): Promise<void> {
  await withRow(
    client,
    'select id, due_amount as owed from api.orders where id = $1',
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

type Operation = (scene: Scene, dice: Dice) => Work;
const whole =
  (work: (scene: Scene, dice: Dice, client: pg.PoolClient) => Promise<void>): Operation =>
  (scene, dice) =>
  (client) =>
    work(scene, dice, client);

async function refund(scene: Scene, dice: Dice, client: pg.PoolClient): Promise<void> {
  await withRow(
    client,
    `select id, captured_amount from api.payment where order_id = $1 and captured_amount > 0 order by random() limit 1`,
    [anOrder(scene, dice)],
    (payment) =>
      client.query('select api.request_refund($1, $2, $3, p_method => $4, p_part => $5)', [
        payment.id,
        Math.max(1, Math.floor((Number(payment.captured_amount) * (1 + dice(4))) / 4)),
        `refund ${scene.key++}`,
        pick(dice, ['original_payment', 'store_credit', 'manual']),
        pick(dice, [null, null, null, 'goods', 'tax', 'fee']),
      ]),
  );
}

/** A call about a payment of some order, by staff or the shopper. */
const onPayment = (call: string): Operation =>
  whole((scene, dice, client) =>
    withRow(
      client,
      'select id, version, order_id, amount from api.payment where order_id = $1 order by random() limit 1',
      [anOrder(scene, dice)],
      (payment) =>
        client.query(
          `select api.${call} from (select $1::uuid as payment, $2::integer as version, $3::uuid as to_order,
                                           $4::text as key, $5::numeric as amount) as given`,
          [
            payment.id,
            payment.version,
            anOrder(scene, dice),
            `money ${scene.key++}`,
            Math.max(1, Math.floor(Number(payment.amount) / (1 + dice(3)))),
          ],
        ),
    ),
  );

const onOrder = (call: string): Operation =>
  whole(async (scene, dice, client) => {
    await client.query(
      `select api.${call} from (select $1::uuid as to_order, $2::uuid as customer, $3::text as key,
                                       $4::numeric as amount) as given`,
      [anOrder(scene, dice), scene.shopper.customerId, `money ${scene.key++}`, 1 + dice(500)],
    );
  });

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

/** An order in one of these states, now and then any other. */
const orderIn = (scene: Scene, dice: Dice, statuses: string): [sql: string, values: unknown[]] =>
  dice(4) === 0
    ? ['select id, version from api.orders where id = $1', [anOrder(scene, dice)]]
    : [
        'select id, version from api.orders where status = any ($1) order by random() limit 1',
        [statuses.split(' ')],
      ];

async function correctLines(scene: Scene, dice: Dice, client: pg.PoolClient): Promise<void> {
  await withRow(client, ...orderIn(scene, dice, 'pending confirmed processing'), async (order) => {
    const { rows } = await client.query('select id from api.order_items where order_id = $1', [order.id]);
    const lines = rows.filter(() => dice(3) > 0).map(({ id }) => ({ order_item_id: id, quantity: dice(5) }));
    const added = dice(3) === 0 ? [{ product_id: pick(dice, scene.products), quantity: 1 + dice(2) }] : [];
    await client.query(`select api.correct_order_lines($1, 'asked for', $2, $3, $4)`, [
      order.id,
      order.version,
      JSON.stringify(lines),
      JSON.stringify(added),
    ]);
  });
}

/** Packs a parcel, and takes it some way further. */
async function packUnits(scene: Scene, dice: Dice, client: pg.PoolClient): Promise<void> {
  await withRow(client, ...orderIn(scene, dice, 'processing'), async (order) => {
    const { rows } = await client.query('select id, quantity from api.order_items where order_id = $1', [
      order.id,
    ]);
    const lines = rows
      .filter(({ quantity }) => quantity > 0)
      .slice(0, 1)
      .map(({ id, quantity }) => ({ order_item_id: id, quantity: 1 + dice(quantity) }));
    const method = pick(dice, ['shipping', 'shipping', 'pickup']);
    const packed = await client.query('select id, version from api.pack_order($1, $2, $3, $4)', [
      order.id,
      order.version,
      dice(4) === 0 ? null : JSON.stringify(lines),
      method,
    ]);
    let [parcel] = packed.rows;
    const further =
      method === 'pickup'
        ? ['ready_fulfillment($1, $2)', 'collect_fulfillment($1, $2)']
        : [
            `ship_fulfillment($1, 'DHL', 'T1', $2)`,
            pick(dice, ['deliver_fulfillment($1, $2)', `fail_fulfillment($1, 'refused', $2)`]),
          ];
    for (const call of further.slice(0, dice(3))) {
      const went = await client.query(`select id, version from api.${call}`, [parcel.id, parcel.version]);
      parcel = went.rows[0];
    }
  });
}

/** A call about a parcel that is in one of these states. */
const onParcel = (call: string, statuses: string): Operation =>
  whole((_scene, _dice, client) =>
    withRow(
      client,
      `select f.id, f.version,
              (select jsonb_agg(jsonb_build_object('order_item_id', l.order_item_id, 'restocked_quantity', 1))
                 from api.fulfillment_item l where l.fulfillment_id = f.id) as lines
         from api.fulfillment f where f.status = any ($1) order by random() limit 1`,
      [statuses.split(' ')],
      (parcel) =>
        client.query(
          `select api.${call} from (select $1::uuid as parcel, $2::integer as version, $3::jsonb as lines) as given`,
          [parcel.id, parcel.version, JSON.stringify(parcel.lines)],
        ),
    ),
  );

const reportsOfStaff = ['disputed', 'dispute_won', 'dispute_lost', 'refunded', 'refund_failed'];

/** Staff record what the provider has reported already, by its id: they have read the same event there. */
async function repeatOfStaff(_scene: Scene, dice: Dice, client: pg.PoolClient): Promise<void> {
  await withRow(
    client,
    `select e.payment_id, e.kind, e.amount, p.version, e.provider_event_id
       from api.payment_event as e join api.payment as p on p.id = e.payment_id
      where e.source = 'webhook' and e.amount > 0 and e.kind = any ($1) and e.provider_event_id is not null
      order by random() limit 1`,
    [reportsOfStaff],
    (event) =>
      client.query(`select api.report_payment($1, $2, $3, 'read there', $4, $5)`, [
        event.payment_id,
        event.kind,
        dice(4) === 0 ? 1 : event.amount,
        event.version,
        event.provider_event_id,
      ]),
  );
}

const byStaff: Operation[] = [
  whole(newOrder),
  whole(newOrder),
  whole(newBasket),
  whole(newBasket),
  step('confirm_order($1, $2)'),
  step('start_processing($1, $2)'),
  step(`ship_order($1, 'DHL', 'T1', $2)`),
  step(`ship_order($1, 'DHL', 'T1', $2)`),
  step('deliver_order($1, $2)'),
  step('deliver_order($1, $2)'),
  step('start_processing($1, $2)'),
  step('confirm_order($1, $2)'),
  step(`cancel_order($1, 'changed', $2)`),
  whole(discount),
  whole(correctLines),
  whole(correctLines),
  whole(packUnits),
  whole(packUnits),
  onParcel(`ship_fulfillment(parcel, 'DHL', 'T2', version)`, 'packed'),
  onParcel(`ship_fulfillment(parcel, 'DHL', 'T2', version)`, 'packed'),
  onParcel('deliver_fulfillment(parcel, version)', 'shipped packed'),
  onParcel('ready_fulfillment(parcel, version)', 'packed'),
  onParcel('collect_fulfillment(parcel, version)', 'ready_for_pickup'),
  onParcel('cancel_fulfillment(parcel, version)', 'packed ready_for_pickup shipped'),
  onParcel(`fail_fulfillment(parcel, 'refused', version, lines)`, 'shipped'),
  onParcel(`fail_fulfillment(parcel, 'returned', version)`, 'shipped'),
  onParcel(`fail_fulfillment(parcel, 'lost', version)`, 'shipped delivered'),
  onParcel(`correct_tracking(parcel, 'GIG', 'T3', version)`, 'shipped delivered packed'),
  onOrder(
    `correct_order_address(to_order, '[{"kind": "shipping", "recipient_name": "Ada", "street_address": "1 Allen Avenue", "city": "Lagos", "country": "NG"}]', 'a slip', (select version from api.orders where id = to_order))`,
  ),
  whole(pay),
  whole(pay),
  whole(returnGoods),
  whole(receiveGoods),
  whole(refund),
  onPayment('verify_manual_payment(payment, true, null, version, amount)'),
  onPayment(`correct_payment(payment, amount, 'counted again', version)`),
  onPayment('leave_payment(payment, version)'),
  onPayment(`allocate_money(payment, to_order, amount, 'moved', key)`),
  onOrder(`adjust_order(to_order, -amount, 'goods', 'goodwill', key)`),
  onOrder(`adjust_order(to_order, amount, 'fee', 'wrapping', key)`),
  onOrder(`grant_credit(customer, amount, 'NGN', 'sorry', key)`),
  onOrder('spend_credit(to_order, amount, key)'),
  onOrder(`write_off_loss(to_order, amount, 'written off', key)`),
  (scene, dice) =>
    onPayment(
      `report_payment(payment, '${pick(dice, reportsOfStaff)}', amount, 'read', version, ${pick(dice, ['null', 'null', `'event ${dice(6)}'`])})`,
    )(scene, dice),
  whole(repeatOfStaff),
  whole((scene, _dice, client) =>
    withRow(
      client,
      `select id from api.customer_credit where customer_id = $1 and kind = 'granted' order by random() limit 1`,
      [scene.shopper.customerId],
      (grant) => client.query(`select api.withdraw_credit($1, 'given in error')`, [grant.id]),
    ),
  ),
  whole((scene, dice, client) =>
    withRow(
      client,
      `select id from api.refund where order_id = $1 and status in ('pending', 'failed') order by random() limit 1`,
      [anOrder(scene, dice)],
      (found) =>
        client.query(`select api.${pick(dice, ['complete_refund', 'cancel_refund', 'retry_refund'])}($1)`, [
          found.id,
        ]),
    ),
  ),
  whole((scene, dice, client) =>
    withRow(
      client,
      'select id, version from api.order_returns where order_id = $1 order by random() limit 1',
      [anOrder(scene, dice)],
      (found) =>
        client.query('select api.exchange_return($1, $2, $3)', [
          found.id,
          anOrder(scene, dice),
          found.version,
        ]),
    ),
  ),
  returnStep('approve_return($1, $2)', 'requested'),
  returnStep(`reject_return($1, 'worn', $2)`, 'requested'),
  returnStep('close_return($1, $2)', 'received'),
];
const byBuyer: Operation[] = [
  whole(pay),
  onPayment('leave_payment(payment, version)'),
  onOrder('spend_credit(to_order, amount, key)'),
  whole(returnGoods),
  step(`cancel_order($1, 'mind', $2)`),
  returnStep('cancel_return($1, $2)', 'requested'),
];

/** What a provider reports, of any payment in any order, some of it again. */
const reports = [
  ...['captured', 'captured', 'captured', 'succeeded', 'authorized', 'failed', 'expired', 'cancelled'],
  ...['refunded', 'refund_failed', 'disputed', 'dispute_won', 'dispute_lost', 'requires_action'],
];
async function webhook(scene: Scene, dice: Dice, client: pg.PoolClient): Promise<void> {
  const open = await scene.db.installer.query(
    `select provider_reference as reference, amount from commerce.payment
      where tenant_id = $1 and provider = 'mpesa' order by random() limit 1`,
    [scene.shop.tenantId],
  );
  const [payment] = open.rows;
  if (payment === undefined) return;
  const whose = dice(20) === 0 ? `unknown ${dice(3)}` : payment.reference;
  await client.query(
    `select from internal.record_payment_result('mpesa', $1, $2, p_amount => $3, p_tenant_id => $4,
       p_currency_code => $5, p_provider_event_id => $6)`,
    [
      whose,
      pick(dice, reports),
      pick(dice, [null, payment.amount, payment.amount, Math.max(1, Math.floor(payment.amount / 2))]),
      scene.shop.tenantId,
      dice(15) === 0 ? 'USD' : 'NGN',
      pick(dice, [null, `event ${dice(6)}`, `event ${dice(6)}`]),
    ],
  );
}
async function refundWebhook(scene: Scene, dice: Dice, client: pg.PoolClient): Promise<void> {
  const open = await scene.db.installer.query(
    `select id from commerce.refund where tenant_id = $1 and status in ('pending', 'failed') order by random() limit 1`,
    [scene.shop.tenantId],
  );
  if (open.rows[0] !== undefined) {
    await client.query('select internal.record_refund_result($1, $2, $3)', [
      scene.shop.tenantId,
      open.rows[0].id,
      pick(dice, ['succeeded', 'failed']),
    ]);
  }
}
/** The provider reports what staff have reported already: once, twice, or by two of its servers at once. */
async function confirmation(scene: Scene, dice: Dice, client: pg.PoolClient): Promise<void> {
  const { rows } = await scene.db.installer.query(
    `select p.provider, p.provider_reference as reference, e.id, e.amount, e.currency_code,
            case e.kind when 'corrected' then 'captured' else e.kind end as kind
       from commerce.payment_event as e join commerce.payment as p on p.tenant_id = $1 and p.id = e.payment_id
      where e.tenant_id = $1 and e.source = 'staff' and e.amount > 0
      order by random() limit 1`,
    [scene.shop.tenantId],
  );
  const [report] = rows;
  if (report === undefined) return;
  await client.query(
    `select from internal.record_payment_result($1, $2, $3, p_amount => $4, p_tenant_id => $5, p_currency_code => $6,
       p_provider_event_id => $7)`,
    [
      report.provider,
      report.reference,
      report.kind,
      pick(dice, [report.amount, report.amount, report.amount, null]),
      scene.shop.tenantId,
      report.currency_code,
      pick(dice, [null, `confirms ${report.id}`, `confirms ${report.id}`]),
    ],
  );
}
const byMachine: Operation[] = [
  whole(confirmation),
  whole(webhook),
  whole(webhook),
  whole(refundWebhook),
  (scene) => (client) => client.query('select internal.expire_payments($1)', [scene.shop.tenantId]),
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
    ...byStaff.slice(4, 7).map((operation) => () => asMember(db, shop.owner, operation(scene, last))),
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
       and (o.subtotal_amount, o.discount_amount, o.tax_amount) is distinct from (l.s, l.d, l.t)`,
  'the total is lines, shipping and fees, and the taxes that they do not contain': `
    select o.id from commerce.orders o
      join lateral (select coalesce(sum(amount), 0) a, coalesce(sum(tax_amount), 0) t
                      from commerce.order_charge c where c.tenant_id = $1 and c.order_id = o.id) f on true
     where o.tenant_id = $1
       and ((o.fee_amount, o.fee_tax_amount) is distinct from (f.a, f.t)
         or o.total_amount <> o.subtotal_amount - o.discount_amount + o.shipping_amount + f.a
            + case when o.prices_include_tax then 0 else o.tax_amount + o.shipping_tax_amount + f.t end)`,
  'a discount code was used by the orders that have it, and no oftener than it may': `
    select d.code from commerce.discount d
      join lateral (select count(*) as n from commerce.orders o
                     where o.tenant_id = $1 and o.discount_code = d.code and o.status not in ('draft', 'cancelled')) u on true
     where d.tenant_id = $1 and (d.used_count <> u.n or u.n > d.max_uses)`,
  'what a provider confirms is a report of staff about the same fact': `
    select c.id from commerce.payment_event c
      join commerce.payment_event r on r.tenant_id = $1 and r.id = c.confirms_id
     where c.tenant_id = $1
       and not (c.source = 'webhook' and r.source = 'staff' and r.amount > 0 and c.amount = 0
                and c.payment_id = r.payment_id and c.currency_code = r.currency_code
                and (c.kind = r.kind or c.kind = 'captured' and r.kind = 'corrected'))`,
  'nobody is asked for money where nothing is due any more': `
    select p.id from commerce.payment p
      join commerce.orders o on o.tenant_id = $1 and o.id = p.order_id
     where p.tenant_id = $1 and p.status in ('pending', 'requires_action', 'authorized')
       and o.status in ('delivered', 'returned', 'cancelled') and o.due_amount <= 0`,
  'all money adds up': `
    select c.* from internal.check_money($1) c`,
  // What a provider did by itself, or reports of a refund that we had given up, is a fact: nothing of ours stops it.
  'what we promise to give back is there, unless the provider gave it back itself': `
    select p.id from commerce.payment p
      join lateral (select coalesce(sum(r.amount) filter (where r.status = 'pending'), 0) as open,
                           coalesce(bool_or(r.reason = 'refunded at the provider' or r.status = 'succeeded' and exists (
                             select from audit.log l
                              where l.tenant_id = $1 and l.table_name = 'refund' and l.record_key = r.id::text
                                and l.new_values ->> 'status' in ('failed', 'cancelled'))), false) as elsewhere
                      from commerce.refund r where r.tenant_id = $1 and r.payment_id = p.id) r on true
     where p.tenant_id = $1 and not r.elsewhere
       and not exists (select from commerce.payment_event e
                        where e.tenant_id = $1 and e.payment_id = p.id and e.kind like 'dispute%')
       and p.refunded_amount + r.open > p.captured_amount`,
  // A discount afterwards lowers taxes, and charges may change what shipping costs.
  'no goods and fees are promised back beyond their price, unless we had given the refund up': `
    select r.order_id, r.part from commerce.refund r
      join commerce.orders o on o.tenant_id = $1 and o.id = r.order_id
     where r.tenant_id = $1 and r.part in ('goods', 'fee') and r.status in ('pending', 'succeeded')
       and not exists (select from audit.log l
                        where l.tenant_id = $1 and l.table_name = 'refund' and l.record_key = r.id::text
                          and l.new_values ->> 'status' in ('failed', 'cancelled'))
       -- Nor where the lines were corrected after the refund.
       and not exists (select from commerce.order_status_history h
                        where h.tenant_id = $1 and h.order_id = r.order_id and h.field = 'lines')
     group by r.order_id, r.part
    having sum(r.amount) > max(case r.part when 'goods' then o.subtotal_amount else o.fee_amount end)
       + coalesce((select sum(j.amount) from commerce.order_adjustment j
                    where j.tenant_id = $1 and j.order_id = r.order_id and j.part = r.part and j.amount > 0), 0)`,
  'what came back was delivered': `
    select i.id from commerce.order_items i
      join lateral (select coalesce(sum(b.accepted_quantity), 0) as accepted,
                           coalesce(sum(coalesce(b.accepted_quantity, b.quantity)) filter (where r.status not in ('rejected', 'cancelled')), 0) as live
                      from commerce.order_return_items b join commerce.order_returns r on r.tenant_id = $1 and r.id = b.order_return_id
                     where b.tenant_id = $1 and b.order_item_id = i.id) b on true
     where i.tenant_id = $1 and (b.live > i.shipped_quantity or i.returned_quantity <> b.accepted)`,
  'reserved is what was taken and has not left': `
    select p.id from commerce.products p
     where p.tenant_id = $1 and p.reserved_count <> (
       select coalesce(sum(least(m.taken, i.quantity - i.shipped_quantity)), 0)
         from commerce.orders o
         join commerce.order_items i on i.tenant_id = $1 and i.order_id = o.id
        cross join lateral (select coalesce(-sum(delta), 0) as taken from commerce.inventory_movement m
                             where m.tenant_id = $1 and m.order_item_id = i.id and m.reason = 'sale') m
        where o.tenant_id = $1 and i.product_id = p.id and o.status in ('pending', 'confirmed', 'processing'))`,
  'what left is in parcels, and nothing is in two': `
    select i.id from commerce.order_items i
      join lateral (select coalesce(sum(l.quantity) filter (where f.shipped_at is not null or f.delivered_at is not null), 0) as gone,
                           coalesce(sum(l.quantity) filter (where f.status <> 'cancelled'), 0) as packed
                      from commerce.fulfillment_item l join commerce.fulfillment f on f.tenant_id = $1 and f.id = l.fulfillment_id
                     where l.tenant_id = $1 and l.order_item_id = i.id) f on true
     where i.tenant_id = $1 and (i.shipped_quantity <> f.gone or f.packed > i.quantity)`,
  'the states of an order are those of its parcels': `
    select o.id, o.status, o.fulfillment_status, u.* from commerce.orders o
      join lateral (select sum(quantity) as ordered, sum(shipped_quantity) as gone, sum(returned_quantity) as back,
                           exists (select from commerce.fulfillment f
                                    where f.tenant_id = $1 and f.order_id = o.id and f.status = 'shipped') as on_way
                      from commerce.order_items i where i.tenant_id = $1 and i.order_id = o.id) u on true
     where o.tenant_id = $1 and not case o.status
       when 'draft' then true
       when 'processing' then u.gone < u.ordered and
         o.fulfillment_status = case when u.gone > 0 then 'partially_fulfilled' else 'unfulfilled' end
       when 'shipped' then u.gone = u.ordered and u.on_way and o.fulfillment_status = 'fulfilled'
       when 'delivered' then u.gone = u.ordered and not u.on_way and u.back < u.ordered and o.fulfillment_status = 'delivered'
       when 'returned' then u.gone = u.ordered and u.back = u.ordered
       else u.gone = 0 and o.fulfillment_status = 'unfulfilled'
     end`,
  'an order of which all came back has given back its price': `
    select o.id from commerce.orders o
     where o.tenant_id = $1 and o.status = 'returned'
       and o.returned_amount <> (
         select sum(i.subtotal - i.discount_amount + case when o.prices_include_tax then 0 else i.tax_amount end)
           from commerce.order_items i where i.tenant_id = $1 and i.order_id = o.id)`,
  'an order has at most one open payment': `
    select order_id from commerce.payment
     where tenant_id = $1 and status in ('pending', 'requires_action', 'authorized') group by order_id having count(*) > 1`,
  'an order is due by what it is worth, less what came, plus what went back': `
    select o.id from commerce.orders o
      join lateral (select coalesce(sum(amount), 0) as adjusted from commerce.order_adjustment j
                     where j.tenant_id = $1 and j.order_id = o.id) j on true
      join lateral (select coalesce(sum(returned_amount), 0) as returned from commerce.order_returns b
                     where b.tenant_id = $1 and b.order_id = o.id) b on true
      join lateral (select coalesce(sum(amount), 0) as kept from commerce.money_allocation l
                     where l.tenant_id = $1 and l.order_id = o.id and l.account = 'order') l on true
     where o.tenant_id = $1
       and o.due_amount <> case when o.status in ('draft', 'cancelled') then 0
                                else greatest(o.total_amount + j.adjusted - b.returned, 0) end - l.kept`,
  'an order that is paid says so, and one that owes does not': `
    select o.id, o.payment_status, o.due_amount from commerce.orders o
     where o.tenant_id = $1
       and (o.payment_status in ('paid', 'partially_paid') and o.due_amount < 0
         or o.payment_status = 'paid' and o.due_amount <> 0
         or o.payment_status = 'overpaid' and o.due_amount >= 0
         or o.payment_status in ('unpaid', 'pending', 'failed', 'authorized', 'partially_authorized')
            and o.paid_amount <> o.refunded_amount)`,
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

/** Orders that cost other than a second computation says, from what was agreed. */
async function findMiscounted({ db, shop, products }: Scene): Promise<string[]> {
  const { rows: orders } = await db.installer.query(
    `select o.*, d.amount as code_amount, d.rate as code_rate, d.product_id as code_product
       from commerce.orders o left join commerce.discount d on d.tenant_id = $1 and d.code = o.discount_code
      where o.tenant_id = $1`,
    [shop.tenantId],
  );
  const broken: string[] = [];
  for (const order of orders) {
    const { rows: lines } = await db.installer.query(
      'select * from commerce.order_items where tenant_id = $1 and order_id = $2 order by line_number',
      [shop.tenantId, order.id],
    );
    const { rows: fees } = await db.installer.query(
      'select amount, tax_rate from commerce.order_charge where tenant_id = $1 and order_id = $2',
      [shop.tenantId, order.id],
    );
    const money = (amount: string) => unitsOf(amount, 2);
    const rate = (share: string) => unitsOf(share, 4);
    const costs = costsOf({
      lines: lines.map((line) => ({
        product: products.indexOf(line.product_id),
        quantity: BigInt(line.quantity),
        price: money(line.unit_price),
        taxRate: rate(line.tax_rate),
      })),
      included: order.prices_include_tax,
      staff:
        Number(order.discount_rate) > 0
          ? { rate: rate(order.discount_rate) }
          : { sum: money(order.discount_sum), basis: money(order.discount_basis) },
      code:
        order.discount_code === null
          ? null
          : {
              ...(order.code_amount === null ? {} : { amount: money(order.code_amount) }),
              ...(order.code_rate === null ? {} : { rate: rate(order.code_rate) }),
              ...(order.code_product === null ? {} : { product: products.indexOf(order.code_product) }),
            },
      shipping: money(order.shipping_amount),
      shippingTaxRate: rate(order.shipping_tax_rate),
      fees: fees.map((fee) => ({ amount: money(fee.amount), taxRate: rate(fee.tax_rate) })),
    });
    const said = [order.discount_amount, order.tax_amount, order.total_amount].join(' ');
    const right = [costs.discount, costs.lineTax, costs.total].map((units) => inCurrency(units, 2)).join(' ');
    if (said !== right) broken.push(`order ${order.id} says ${said}, and costs ${right}`);
  }
  return broken;
}

/** Each brings something nearer to zero: what is left to do, and what a person of the shop does about it. */
const settlements: [left: string, call: string][] = [
  [
    `select id, version from api.payment where status in ('pending', 'requires_action', 'authorized')`,
    'leave_payment($1, $2)',
  ],
  [`select id from api.refund where status = 'pending' and method = 'manual'`, 'complete_refund($1)'],
  [`select id from api.refund where status in ('pending', 'failed')`, 'cancel_refund($1)'],
  [
    `select id, version, disputed_amount from api.payment where disputed_amount > 0`,
    `report_payment($1, 'dispute_won', $3, 'closed', $2)`,
  ],
  [
    `select id from api.money_to_settle() where kind = 'unknown_reference'`,
    `return_inbound_event($1, 'sent back')`,
  ],
  [
    `select payment_id, amount, currency_code, order_id from api.money_to_settle() where kind = 'unallocated'`,
    `request_refund($1, $2, 'rest ' || gen_random_uuid(), p_method => 'manual', p_currency_code => $3, p_order_id => $4)`,
  ],
  [
    `select a.payment_id, least(sum(a.amount), -o.due_amount) as amount, o.id as order_id
       from api.orders as o join api.money_allocation as a on a.order_id = o.id and a.account = 'order'
      where o.due_amount < 0 group by a.payment_id, o.id, o.due_amount having sum(a.amount) > 0 order by 1, 3`,
    `request_refund($1, $2, 'rest ' || gen_random_uuid(), p_method => 'manual', p_order_id => $3)`,
  ],
  [
    `select order_id, amount, currency_code from api.money_to_settle() where kind = 'lost'`,
    `write_off_loss($1, $2, 'lost', 'rest ' || gen_random_uuid(), $3)`,
  ],
  [
    `select id, -least(due_amount, worth_amount) as amount from api.orders
      where due_amount > 0 and worth_amount > 0 and status <> 'draft'`,
    `adjust_order($1, $2, 'goods', 'will not be paid', 'rest ' || gen_random_uuid())`,
  ],
  [
    `select c.id from api.customer_credit as c where c.kind = 'granted'
        and c.amount + coalesce((select sum(s.amount) from api.customer_credit as s where s.granted_by_id = c.id), 0) > 0`,
    `withdraw_credit($1, 'the customer leaves')`,
  ],
];

/** Brings every balance to zero by what persons of the shop may do, one step after the other; tells what cannot be. */
async function settle({ db, shop }: Scene): Promise<string[]> {
  for (let steps = 0; steps < 500; steps++) {
    const next = await asMember(db, shop.owner, async (client) => {
      for (const [left, call] of settlements) {
        const { rows } = await client.query(`${left} limit 1`);
        if (rows[0] !== undefined) return { call, values: Object.values(rows[0]) };
      }
      return undefined;
    });
    if (next === undefined) break;
    const refusal = await asMember(db, shop.owner, (client) =>
      client.query(`select api.${next.call}`, next.values),
    ).then(
      () => undefined,
      (error: { code?: string; message?: string; detail?: string }) =>
        `${next.call} of ${next.values.join(', ')} is refused: ${error.code} ${error.message} ${error.detail}`,
    );
    if (refusal !== undefined) return [refusal];
  }
  const { rows } = await db.installer.query(
    `select to_jsonb(o)::text as left_over
       from (select 'order' as kind, id, due_amount as amount from commerce.orders where tenant_id = $1 and status <> 'draft' and due_amount <> 0
             union all
             select 'credit', customer_id, sum(amount) from commerce.customer_credit where tenant_id = $1 group by 2 having sum(amount) <> 0
             union all
             select 'unallocated', payment_id, sum(amount) from commerce.money_allocation
              where tenant_id = $1 and account = 'unallocated' group by 2 having sum(amount) <> 0) as o`,
    [shop.tenantId],
  );
  return rows.map(({ left_over: leftOver }) => `not zero: ${leftOver}`);
}

t.test(`${sequences} sequences from ${firstSequence}, seed ${seed}`, { timeout: 0 }, async (t) => {
  const db = await createTestDatabase(t, { template: 'empty' });
  const outcomes = new Map<string, number>();
  const broken: string[] = [];

  for (
    let sequence = firstSequence;
    sequence < firstSequence + sequences && broken.length === 0;
    sequence++
  ) {
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
    await asMember(db, shop.owner, async (client) => {
      await client.query(
        'update api.tenant set prices_include_tax = $1, shipping_tax_rate = 0.075, version = version',
        [dice(2) === 0],
      );
      await client.query(
        `insert into api.discount (code, rate, amount, currency_code, max_uses, product_id)
         values ('TENTH', 0.1, null, null, 2, null), ('SUM', null, 250.05, 'NGN', null, null),
                ('BELT', 0.5, null, null, 3, $1)`,
        [scene.products[1]],
      );
      await newOrder(scene, () => 0, client);
    });
    await advance(scene, dice(8));

    const client = async (): Promise<void> => {
      for (let step = 0; step < stepsOfAClient; step++) {
        const outcome = scene.orders.length === 0 ? 'done' : await operate(scene, dice);
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
        broken.push(...(await findBroken(scene)).map((found) => `sequence ${sequence}: ${found}`));
      }
    };
    await Promise.all(Array.from({ length: clientsAtOnce }, client));
    const left = [...(await settle(scene)), ...(await findBroken(scene)), ...(await findMiscounted(scene))];
    broken.push(...left.map((found) => `sequence ${sequence}, settled: ${found}`));
  }

  t.strictSame(broken, [], 'every invariant held');
  const { rows: reached } = await db.installer.query(`
    select (select count(*)::int from commerce.payment where status = 'succeeded') as payments,
           (select count(*)::int from commerce.refund where status = 'succeeded') as refunds,
           (select count(*)::int from commerce.payment_event where kind = 'refund_failed') as failed_refunds,
           (select count(distinct kind)::int from commerce.payment_event where confirms_id is not null) as kinds_confirmed,
           (select count(*)::int from commerce.order_returns where return_date is not null) as returns,
           (select count(*)::int from commerce.order_status_history where field = 'lines') as corrections,
           (select count(*)::int from commerce.fulfillment where status = 'delivered') as delivered,
           (select count(*)::int from commerce.fulfillment where status in ('refused', 'returned', 'lost')) as failed,
           (select count(*)::int from commerce.orders where status = 'cancelled') as cancelled,
           (select count(*)::int from commerce.orders where discount_code is not null and status <> 'draft') as by_code`);
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
