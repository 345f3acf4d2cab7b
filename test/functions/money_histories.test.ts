import { readFileSync } from 'node:fs';
import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asBuyer, asMember, asWorker } from '../support/session.ts';
import { addProduct, addShopper, one, openShop, type Row, refused, type Shopper } from './shop.ts';

/** Plays every line of money-histories.md through the public doors, and holds it to the end written there. */
const histories = readFileSync(new URL('money-histories.md', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => /^\| \d/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, no = '', happens = '', status = '', paid, refunded, due, report, waits, sees = '']) => ({
    no,
    happens,
    end: {
      status,
      paid: Number(paid),
      refunded: Number(refunded),
      due: Number(due),
      report: Number(report),
      waits: Number(waits),
      sees,
    },
  }));

const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db);
const asOwner = <T>(work: Parameters<typeof asMember<T>>[2]) => asMember(db, shop.owner, work);
let keys = 0;
const key = () => `history ${keys++}`;

type Order = { id: string };
type History = {
  shopper: Shopper;
  order: Order;
  payments: Record<string, string>;
  /** The other orders of the shopper. */
  others: string[];
  /** The step is about the last of them. */
  isOther?: true;
  returned?: Row;
  /** The provider's id of its next report, which staff know. */
  named?: string | undefined;
  /** The provider's id of its last report. */
  event?: string;
  parcel?: Row;
  last: () => Promise<unknown>;
};

const current = <T extends Row = Row>(view: string, id: string) =>
  asOwner((client) => one<T>(client, `select * from api.${view} where id = $1`, [id]));

async function place(
  { shopper }: Pick<History, 'shopper'>,
  price: number,
  pieces: number,
  tax: number,
  currency = 'NGN',
) {
  const product = await addProduct(db, shop, {
    price: String(price),
    currency_code: currency,
    stock: pieces + 10,
    tax_rate: String(tax / 100),
  });
  return asOwner((client) =>
    one(
      client,
      `select id, version from api.place_order($1, p_lines => $2, p_customer_id => $3, p_channel => 'whatsapp')`,
      [key(), JSON.stringify([{ product_id: product, quantity: pieces }]), shopper.customerId],
    ),
  );
}

async function another(history: History, price: number, currency?: string): Promise<Order> {
  const other = await place(history, price, 1, 0, currency);
  history.others.push(other.id);
  return other;
}

/** What the other orders add to the reports, by their own amounts. */
async function othersNet({ others }: History): Promise<number> {
  let net = 0;
  for (const id of others) {
    const {
      status,
      worth_amount: worth,
      refunded_amount: refunded,
      due_amount: due,
    } = await current('orders', id);
    if (status !== 'cancelled') net += Number(worth) - Math.min(Number(refunded), Math.max(Number(due), 0));
  }
  return net;
}

async function step(history: History, words: string): Promise<unknown> {
  const { order, payments, shopper } = history;
  const [verb = '', ...rest] = words.split(' ');
  const paymentId = (name: string | undefined) => {
    const id = payments[name ?? ''];
    if (id === undefined) throw new Error(`no payment ${name} in "${words}"`);
    return id;
  };
  const onOrder = (call: string, values: unknown[] = []) =>
    asOwner((client) =>
      client.query(`select from api.orders as o cross join lateral api.${call} where o.id = $1`, [
        order.id,
        ...values,
      ]),
    );
  const onPayment = (call: string, name: string | undefined, values: unknown[] = []) =>
    asOwner((client) =>
      client.query(`select from api.payment as p cross join lateral api.${call} where p.id = $1`, [
        paymentId(name),
        ...values,
      ]),
    );
  switch (verb) {
    case 'refused:':
      return step(history, rest.join(' ')).then(
        () => t.fail(`${words}: it was not refused`),
        (error: { code?: string }) => t.match(error.code, /^SC/, words),
      );
    case 'ask': {
      const [name = '', amount, cash] = rest;
      if (amount === 'both') {
        const attempts = await asBuyer(db, shopper, (client) =>
          client.query<{ id: string }>(`select id from api.pay_orders($1, 'mobile_money', 'mpesa', $2)`, [
            [order.id, history.others.at(-1)],
            key(),
          ]),
        );
        payments[name] = attempts.rows[0]?.id ?? '';
        payments[`${name}2`] = attempts.rows[1]?.id ?? '';
        return;
      }
      const { id } = await asBuyer(db, shopper, (client) =>
        one(client, 'select id from api.create_payment($1, $2, $3, $4, $5)', [
          order.id,
          cash === undefined ? 'mobile_money' : 'cash_on_delivery',
          cash === undefined ? 'mpesa' : 'till',
          amount,
          key(),
        ]),
      );
      payments[name] = id;
      return;
    }
    case 'again':
      return history.last();
    case 'verify':
      return onPayment('verify_manual_payment(p.id, true, null, p.version, $2)', rest[0], [rest[1] ?? null]);
    case 'correct':
      return onPayment(`correct_payment(p.id, $2, 'counted again', p.version)`, rest[0], [rest[1]]);
    case 'leave':
      return asBuyer(db, shopper, (client) =>
        client.query(
          'select from api.payment as p cross join lateral api.leave_payment(p.id, p.version) where p.id = $1',
          [paymentId(rest[0])],
        ),
      );
    case 'refund': {
      const how = rest.slice(2);
      return asOwner((client) =>
        client.query(
          `select api.request_refund($1, $2, $3, p_method => $4, p_part => $5, p_currency_code => $6, p_order_id => $7)`,
          [
            paymentId(rest[0]),
            rest[1],
            key(),
            how.find((word) => ['manual', 'store_credit'].includes(word)) ?? 'original_payment',
            how.find((word) => ['goods', 'tax', 'shipping', 'fee'].includes(word)) ?? null,
            how.find((word) => /^[A-Z]{3}$/.test(word)) ?? null,
            history.isOther ? order.id : null,
          ],
        ),
      );
    }
    case 'refunds': {
      const { rows } = await asOwner((client) =>
        client.query(`select id, method from api.refund where order_id = $1 and status = $2`, [
          order.id,
          rest[0] === 'bounce' ? 'succeeded' : 'pending',
        ]),
      );
      for (const { id, method } of rows) {
        if (method === 'manual')
          await asOwner((client) => client.query('select api.complete_refund($1)', [id]));
        else {
          await asWorker(db, (client) =>
            client.query('select internal.record_refund_result($1, $2, $3)', [
              shop.tenantId,
              id,
              rest[0] === 'succeed' ? 'succeeded' : 'failed',
            ]),
          );
        }
      }
      return;
    }
    case 'retry':
      return asOwner((client) =>
        client.query(
          `select api.retry_refund(id) from api.refund where order_id = $1 and status = 'failed'`,
          [order.id],
        ),
      );
    case 'giveup':
      return asOwner((client) =>
        client.query(
          `select api.cancel_refund(id) from api.refund where order_id = $1 and status in ('pending', 'failed')`,
          [order.id],
        ),
      );
    case 'lose':
      return onOrder(`write_off_loss(o.id, $2, 'lost', $3)`, [rest[0], key()]);
    case 'report':
      if (rest[3] === 'named') history.named = key();
      return onPayment(`report_payment(p.id, $2, $3, 'read there', p.version, $4)`, rest[0], [
        rest[1],
        rest[2],
        history.named ?? null,
      ]);
    case 'withdraw':
      return asOwner((client) =>
        client.query(
          `select api.withdraw_credit(id, 'in error') from api.customer_credit where customer_id = $1 and kind = 'granted'`,
          [shopper.customerId],
        ),
      );
    case 'stray':
      return asWorker(db, (client) =>
        client.query(
          `select from internal.record_payment_result('till', $1, 'captured', p_amount => $2, p_currency_code => 'NGN',
             p_tenant_id => $3)`,
          [key(), rest[0], shop.tenantId],
        ),
      );
    case 'assign':
      return asOwner((client) =>
        client.query(
          `select api.assign_inbound_event(id, $1, 'bank_transfer') from api.money_to_settle()
            where kind = 'unknown_reference'`,
          [order.id],
        ),
      );
    case 'cancel':
      return onOrder(`cancel_order(o.id, 'sold out', o.version)`);
    case 'deliver':
      for (const call of ['confirm_order(o.id, o.version)', 'start_processing(o.id, o.version)'])
        await onOrder(call);
      await onOrder(`ship_order(o.id, 'DHL', 'T1', o.version)`);
      return onOrder('deliver_order(o.id, o.version)');
    case 'return':
      await step(history, `want ${rest[0]}`);
      return step(history, `came ${rest[0]}`);
    case 'want':
    case 'came': {
      const line = await asOwner((client) =>
        one(client, 'select id from api.order_items where order_id = $1', [order.id]),
      );
      history.returned = await asOwner(async (client) => {
        if (verb === 'want') {
          const { id, version } = await one(
            client,
            `select * from api.request_return($1, $2, 'damaged', $3)`,
            [
              order.id,
              JSON.stringify([{ order_item_id: line.id, quantity: Number(rest[0]), reason: 'damaged' }]),
              key(),
            ],
          );
          return one(client, 'select * from api.approve_return($1, $2)', [id, version]);
        }
        return one(client, 'select * from api.receive_return($1, $2, $3)', [
          history.returned?.id,
          JSON.stringify([
            { order_item_id: line.id, accepted_quantity: Number(rest[0]), restocked_quantity: 0 },
          ]),
          history.returned?.version,
        ]);
      });
      return;
    }
    case 'lines':
      return onOrder(
        `correct_order_lines(o.id, 'asked for', o.version, (
           select jsonb_build_array(jsonb_build_object('order_item_id', i.id, 'quantity', $2::integer))
             from api.order_items as i where i.order_id = o.id))`,
        [rest[0]],
      );
    case 'add': {
      const product = await addProduct(db, shop, { price: rest[0] ?? '', stock: 1 });
      return onOrder(`correct_order_lines(o.id, 'asked for', o.version, p_new_lines => $2)`, [
        JSON.stringify([{ product_id: product, quantity: 1 }]),
      ]);
    }
    case 'send': {
      const { status } = await current('orders', order.id);
      if (status === 'pending') {
        await onOrder('confirm_order(o.id, o.version)');
        await onOrder('start_processing(o.id, o.version)');
      }
      history.parcel = await asOwner((client) =>
        one(
          client,
          `select s.id, s.version
             from api.orders as o
            cross join lateral api.pack_order(o.id, o.version, (
              select jsonb_build_array(jsonb_build_object('order_item_id', i.id, 'quantity', $2::integer))
                from api.order_items as i where i.order_id = o.id)) as p
            cross join lateral api.ship_fulfillment(p.id, 'DHL', 'T1', p.version) as s
            where o.id = $1`,
          [order.id, rest[0]],
        ),
      );
      return;
    }
    case 'arrive':
      return asOwner((client) =>
        client.query('select api.deliver_fulfillment($1, $2)', [history.parcel?.id, history.parcel?.version]),
      );
    case 'refuse':
    case 'lost':
      history.returned = await asOwner(async (client) => {
        await client.query('select api.fail_fulfillment($1, $2, $3)', [
          history.parcel?.id,
          verb === 'lost' ? 'lost' : 'refused',
          history.parcel?.version,
        ]);
        return one(client, 'select * from api.order_returns where fulfillment_id = $1', [history.parcel?.id]);
      });
      return;
    case 'exchange': {
      if (rest[0] !== 'again') await another(history, Number(rest[0]));
      history.returned = await asOwner((client) =>
        one(client, 'select * from api.exchange_return($1, $2, $3)', [
          history.returned?.id,
          history.others.at(-1),
          history.returned?.version,
        ]),
      );
      return;
    }
    case 'and':
      return another(history, Number(rest[0]));
    case 'dollars': {
      const other = await another(history, Number(rest[1]), 'USD');
      return asOwner((client) =>
        client.query(`select api.allocate_money($1, $2, $3, 'for that', $4, null, 'USD')`, [
          paymentId(rest[0]),
          other.id,
          rest[1],
          key(),
        ]),
      );
    }
    case 'other': {
      if (rest[0] !== 'due') {
        const id = history.others.at(-1) ?? '';
        return step(Object.assign(Object.create(history), { order: { id }, isOther: true }), rest.join(' '));
      }
      const { due_amount: due } = await current('orders', history.others.at(-1) ?? '');
      return t.equal(Number(due), Number(rest[1]), `${words}: of the other order`);
    }
    case 'adjust':
      return asOwner((client) =>
        client.query('select api.adjust_order($1, $2, $3, $4, $5)', [
          order.id,
          rest[0],
          rest[1] ?? 'goods',
          'goodwill',
          key(),
        ]),
      );
    case 'move': {
      const other = await another(history, 100);
      await asOwner((client) =>
        client.query(`select api.allocate_money($1, $2, $3, 'paid twice', $4)`, [
          paymentId(rest[0]),
          other.id,
          rest[1],
          key(),
        ]),
      );
      const { paid_amount: paid } = await current('orders', other.id);
      return t.equal(Number(paid), Number(rest[1]), 'the other order is paid with it');
    }
    case 'credit':
      return asOwner((client) =>
        client.query(`select api.grant_credit($1, $2, 'NGN', 'sorry', $3)`, [
          shopper.customerId,
          rest[0],
          key(),
        ]),
      );
    case 'spend':
      return asBuyer(db, shopper, (client) =>
        client.query('select api.spend_credit($1, $2, $3)', [order.id, rest[0], key()]),
      );
  }
  // A report of the provider: A captured 60 USD.
  const { provider, provider_reference: reference } = await current('payment', paymentId(verb));
  const same = rest.at(-1) === 'same' ? rest.pop() && history.event : undefined;
  const event = same ?? history.named ?? key();
  history.named = undefined;
  history.event = event;
  const [status, amount, currency] = rest;
  history.last = () =>
    asWorker(db, (client) =>
      client.query(
        `select from internal.record_payment_result($1, $2, $3, p_amount => $4, p_currency_code => $5,
           p_provider_event_id => $6)`,
        [provider, reference, status, amount ?? null, currency ?? null, event],
      ),
    );
  return history.last();
}

async function salesOfToday(): Promise<number> {
  const { net } = await asOwner((client) =>
    one<{ net: string }>(
      client,
      'select coalesce(sum(net_amount), 0) as net from api.sales_daily(current_date - 1, current_date + 1)',
    ),
  );
  return Number(net);
}

/** What the shopper is shown of the attempts to pay, of refunds, and of the store credit. */
async function seen({ shopper, order, payments }: History): Promise<string> {
  const names = new Map(Object.entries(payments).map(([name, id]) => [id, name]));
  const words = await asBuyer(db, shopper, async (client) => {
    const attempts = await client.query(
      'select id, payment_type, status from api.payment where order_id = $1 order by id',
      [order.id],
    );
    const refunds = await client.query(
      'select amount, currency_code, status from api.refund where order_id = $1 order by id',
      [order.id],
    );
    const { rows: credit } = await client.query(
      'select sum(amount) as left from api.customer_credit having sum(amount) > 0',
    );
    return [
      ...attempts.rows.map(({ id, payment_type: type, status }) => `${names.get(id) ?? type} ${status}`),
      ...refunds.rows.map(
        ({ amount, currency_code: currency, status }) =>
          `${Number(amount)}${currency === 'NGN' ? '' : ` ${currency}`} back ${status}`,
      ),
      ...credit.map(({ left }) => `credit ${Number(left)}`),
    ];
  });
  return words.join(', ') || '-';
}

async function play(happens: string, no: string): Promise<History> {
  const [first = '', ...steps] = happens.split(';').map((words) => words.trim());
  const [, price, pieces = '1', tax = '0', shipping] =
    /^order (\d+)(?: x(\d+))?(?: tax (\d+))?(?: shipping (\d+))?$/.exec(first) ?? [];
  const shopper = await addShopper(db, shop, `shopper ${no}`);
  const order = await place({ shopper }, Number(price), Number(pieces), Number(tax));
  const history: History = { shopper, order, payments: {}, others: [], last: async () => {} };
  if (shipping !== undefined) {
    await asOwner((client) =>
      client.query(`select api.set_order_charges($1, $2, 0, 'shipping', $3)`, [
        order.id,
        shipping,
        order.version,
      ]),
    );
  }
  for (const words of steps) await step(history, words);
  return history;
}

t.test(`${histories.length} histories`, async (t) => {
  t.ok(histories.length >= 100);
  for (const { no, happens, end } of histories) {
    const before = await salesOfToday();
    const history = await play(happens, no);
    const { order, shopper } = history;
    const net = await othersNet(history);
    const found = await current('orders', order.id);
    const { waits } = await asOwner((client) =>
      one<{ waits: string }>(
        client,
        'select coalesce(sum(amount), 0) as waits from api.money_to_settle() where order_id = $1',
        [order.id],
      ),
    );
    t.same(
      {
        status: found.payment_status,
        paid: Number(found.paid_amount),
        refunded: Number(found.refunded_amount),
        due: Number(found.due_amount),
        report: (await salesOfToday()) - before - net,
        waits: Number(waits),
        sees: await seen(history),
      },
      end,
      `${no}: ${happens}`,
    );
    const shown = await asBuyer(db, shopper, (client) =>
      one(client, 'select payment_status, due_amount from api.orders where id = $1', [order.id]),
    );
    t.same(
      [shown.payment_status, shown.due_amount],
      [found.payment_status, found.due_amount],
      'the shopper sees the same',
    );
    const { rows: value } = await asOwner((client) =>
      client.query('select net_amount, refunded_amount from api.customer_value where id = $1', [
        shopper.customerId,
      ]),
    );
    t.equal(Number(value[0]?.net_amount ?? 0), end.report + net, 'and is worth what the report says');
  }
  const { rows: wrong } = await asWorker(db, (client) =>
    client.query('select * from internal.check_money($1)', [shop.tenantId]),
  );
  t.same(wrong, [], 'all money adds up');
});

t.test('one payment at the provider covers the orders of a split basket', async (t) => {
  const shopper = await addShopper(db, shop, 'splitter');
  const orders = [await place({ shopper }, 100, 1, 0), await place({ shopper }, 50, 1, 0)];
  const ids = orders.map(({ id }) => id);
  const attempts = await asBuyer(db, shopper, async (client) => {
    const { rows } = await client.query(`select * from api.pay_orders($1, 'card', 'paystack', 'split')`, [
      ids,
    ]);
    return rows;
  });
  const [{ id: reference }] = attempts;
  const report = (amount: number, event: string) =>
    asWorker(db, async (client) => {
      const { rows } = await client.query(
        `select outcome from internal.record_payment_result('paystack', $1, 'succeeded', p_amount => $2, p_provider_event_id => $3)`,
        [reference, amount, event],
      );
      return rows.map(({ outcome }) => outcome);
    });
  t.same(await report(150, 'e1'), ['counted', 'counted']);
  t.same(await report(150, 'e1'), ['repeated', 'repeated']);
  for (const id of ids) t.match(await current('orders', id), { payment_status: 'paid' });
});

t.test('money that comes before its reference is known waits, and counts once it is set', async (t) => {
  const shopper = await addShopper(db, shop, 'early');
  const order = await place({ shopper }, 100, 1, 0);
  const report = () =>
    asWorker(db, (client) =>
      one<Row & { outcome: string }>(
        client,
        `select * from internal.record_payment_result('stripe', 'pi_early', 'succeeded', p_amount => 100,
           p_tenant_id => $1, p_currency_code => 'NGN', p_provider_event_id => 'evt_1')`,
        [shop.tenantId],
      ),
    );
  t.match(await report(), { outcome: 'waiting', payment_id: null });
  t.match(await report(), { outcome: 'repeated' });
  const { id } = await asBuyer(db, shopper, (client) =>
    one(client, `select id from api.create_payment($1, 'card', 'stripe', 100, 'early')`, [order.id]),
  );
  const set = await asOwner((client) =>
    one(client, `select * from api.set_payment_reference($1, 'pi_early')`, [id]),
  );
  t.match(set, { status: 'succeeded', captured_amount: '100.00' });
  t.match(await report(), { outcome: 'repeated' });
  t.match(await current('orders', order.id), { payment_status: 'paid', due_amount: '0.00' });
});

t.test('money with a reference nobody knows is assigned to an order, or given back', async (t) => {
  const shopper = await addShopper(db, shop, 'stranger');
  const order = await place({ shopper }, 100, 1, 0);
  for (const reference of ['till-1', 'till-2']) {
    await asWorker(db, (client) =>
      client.query(
        `select from internal.record_payment_result('till', $1, 'succeeded', p_amount => 100,
           p_tenant_id => $2, p_currency_code => 'NGN')`,
        [reference, shop.tenantId],
      ),
    );
  }
  const { rows } = await asOwner((client) =>
    client.query(
      `select id, amount from api.money_to_settle() where kind = 'unknown_reference' order by since, id`,
    ),
  );
  t.match(rows, [{ amount: '100.00' }, { amount: '100.00' }]);
  await asOwner((client) =>
    client.query(`select api.assign_inbound_event($1, $2, 'bank_transfer')`, [rows[0].id, order.id]),
  );
  await asOwner((client) => client.query(`select api.return_inbound_event($1, 'sent back')`, [rows[1].id]));
  t.match(await current('orders', order.id), { payment_status: 'paid' });
  const { rows: left } = await asOwner((client) =>
    client.query(`select from api.money_to_settle() where kind = 'unknown_reference'`),
  );
  t.equal(left.length, 0);
});

// XXX is ISO 4217's code for no currency.
t.test('bad input is refused by name, and changes nothing', async (t) => {
  const shopper = await addShopper(db, shop, 'clumsy');
  const order = await place({ shopper }, 100, 1, 0);
  const { id: payment } = await asOwner((client) =>
    one(client, `select id from api.create_payment($1, 'cash_on_delivery', 'till', 100, 'clumsy')`, [
      order.id,
    ]),
  );
  const other = await openShop(db);
  const foreign = await addShopper(db, other, 'foreign');
  const before = await current('orders', order.id);
  const calls: [sql: string, values: unknown[], code: string, field?: string][] = [
    ...['-0.001', 'NaN', 'Infinity', '0', '-101'].map((amount): [string, unknown[], string] => [
      `select api.adjust_order($1, $2, 'goods', 'x', 'bad ${amount}')`,
      [order.id, amount],
      'SCAMT',
    ]),
    [`select api.adjust_order($1, -1, 'gift', 'x', 'bad part')`, [order.id], 'SCVAL', 'part'],
    [`select api.adjust_order($1, -1, 'goods', '', 'no reason')`, [order.id], 'SCVAL', 'reason'],
    [
      `select api.grant_credit($1, 1, 'XXX', 'x', 'bad currency')`,
      [shopper.customerId],
      'SCVAL',
      'currency_code',
    ],
    [`select api.grant_credit($1, -1, 'NGN', 'x', 'bad amount')`, [shopper.customerId], 'SCAMT', 'amount'],
    [`select api.grant_credit($1, 1, 'NGN', 'x', 'foreign')`, [foreign.customerId], 'SCNTF', 'customer_id'],
    [`select api.spend_credit($1, 1, 'nothing to spend')`, [order.id], 'SCAMT', 'amount'],
    [`select api.request_refund($1, 1, 'nothing came')`, [payment], 'SCAMT', 'amount'],
    [
      `select api.request_refund($1, 1, 'bad', p_currency_code => 'XXX')`,
      [payment],
      'SCVAL',
      'currency_code',
    ],
    [`select api.allocate_money($1, $2, 1, 'x', 'same order')`, [payment, order.id], 'SCVAL', 'order_id'],
    [`select api.set_payment_reference($1, '')`, [payment], 'SCVAL', 'provider_reference'],
    [`select api.pay_orders(array[]::uuid[], 'card', 'paystack', 'none')`, [], 'SCVAL', 'order_ids'],
    [`select api.complete_refund($1)`, [order.id], 'SCNTF', 'refund_id'],
  ];
  for (const [sql, values, code, field] of calls) {
    await refused(
      t,
      asOwner((client) => client.query(sql, values)),
      code,
      field === undefined ? undefined : { field },
    );
  }
  await refused(
    t,
    asWorker(db, (client) =>
      client.query(
        `select from internal.record_payment_result('till', $1, 'succeeded', p_amount => 1, p_currency_code => 'XXX')`,
        [payment],
      ),
    ),
    'SCVAL',
    { field: 'currency_code' },
  );
  t.same(await current('orders', order.id), before);
});
