import type pg from 'pg';
import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asBuyer, asMember, asWorker } from '../support/session.ts';
import { addProduct, addShopper, ledgerAgrees, one, openShop, type Row, refused, type Shop } from './shop.ts';

/** Money that comes late, comes otherwise than was asked for, or comes for what is no more. */
const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db);
const shopper = await addShopper(db, shop, 'shopper');
const product = await addProduct(db, shop, { stock: 1000 });

const asOwner = <T>(work: (client: pg.PoolClient) => Promise<T>) => asMember(db, shop.owner, work);
let keys = 0;
const key = () => `key ${++keys}`;

async function order({ owner }: Shop = shop, customerId = shopper.customerId, of = product): Promise<Row> {
  return asMember(db, owner, (client) =>
    one(
      client,
      `select * from api.place_order($1, p_lines => $2, p_customer_id => $3, p_channel => 'whatsapp')`,
      [key(), JSON.stringify([{ product_id: of, quantity: 1 }]), customerId],
    ),
  );
}

async function pay(
  of: Row,
  type = 'card',
  reference: string | null = null,
  by = shop.owner,
): Promise<string> {
  const { id } = await asMember(db, by, (client) =>
    one(client, 'select id from api.create_payment($1, $2, $3, $4, $5, null, $6)', [
      of.id,
      type,
      'paystack',
      of.total_amount,
      key(),
      reference,
    ]),
  );
  return id;
}

const result = (reference: string, amount: unknown = null, tenantId: string | null = null) =>
  asWorker(db, (client) =>
    one<Row & { tenant_id: string; status: string }>(
      client,
      `select * from internal.record_payment_result('paystack', $1, 'succeeded', p_amount => $2, p_tenant_id => $3)`,
      [reference, amount, tenantId],
    ),
  );
const expire = () =>
  asWorker(db, (client) =>
    one<{ payments: number } & Row>(client, 'select internal.expire_payments($1) as payments', [
      shop.tenantId,
    ]),
  );
const expireOrders = () =>
  asWorker(db, async (client) => {
    const { n } = await one<{ n: number } & Row>(
      client,
      `select internal.expire_unpaid_orders($1, '0') as n`,
      [shop.tenantId],
    );
    return n;
  });
const cancel = ({ id }: Row) =>
  asOwner((client) =>
    client.query(
      'select from api.orders as o cross join lateral api.cancel_order(o.id, $2, o.version) where o.id = $1',
      [id, 'sold out'],
    ),
  );
const orderNow = ({ id }: Row) => one(db.installer, 'select * from commerce.orders where id = $1', [id]);
const payment = (id: string) => one(db.installer, 'select * from commerce.payment where id = $1', [id]);
const refundsOf = async ({ id }: Row) =>
  (await db.installer.query('select status, amount from commerce.refund where order_id = $1', [id])).rows;

t.test('no key of a client keeps an order from being cancelled', async (t) => {
  const paid = await order();
  const id = await pay(paid);
  await result(id);
  await asOwner((client) => client.query('select api.request_refund($1, 1, $2)', [id, `cancelled ${id}`]));
  await cancel(paid);
  t.match(await refundsOf(paid), [{ amount: '1.00' }, { amount: '999.00' }]);
});

t.test('a payment that was cancelled with its order counts what arrives all the same', async (t) => {
  const gone = await order();
  const id = await pay(gone);
  await cancel(gone);
  t.match(await result(id), { status: 'succeeded', outcome: 'refund_opened' });
  t.match(await refundsOf(gone), [{ status: 'pending', amount: '1000.00' }]);
  const once = await payment(id);
  t.match(await result(id, '1000'), { outcome: 'repeated' });
  t.strictSame(await payment(id), once, 'a repeat changes nothing');
});

t.test('money for a cancelled order is to be given back, once', async (t) => {
  const gone = await order();
  const id = await pay(gone);
  await db.installer.query(
    'update commerce.payment set expires_at = now(), version = version where id = $1',
    [id],
  );
  await expire();
  await cancel(gone);
  for (let n = 0; n < 2; n += 1) t.match(await result(id, '1000'), { status: 'succeeded' });
  t.match(await refundsOf(gone), [{ status: 'pending', amount: '1000.00' }]);
  t.equal((await refundsOf(gone)).length, 1);
});

t.test('a reference that two merchants have: the webhook says whose it is', async (t) => {
  const other = await openShop(db);
  const { customerId } = await addShopper(db, other, 'other');
  const theirs = await pay(
    await order(other, customerId, await addProduct(db, other, { stock: 1 })),
    'card',
    'pi_1',
    other.owner,
  );
  const ours = await pay(await order(), 'card', 'pi_1');
  t.match(await result('pi_1'), { outcome: 'waiting', payment_id: null }, 'it names neither');
  t.match(await result('pi_1', null, shop.tenantId), { tenant_id: shop.tenantId, status: 'succeeded' });
  t.match([(await payment(ours)).status, (await payment(theirs)).status], ['succeeded', 'pending']);

  const placed = await order();
  const create = asBuyer(db, shopper, (client) =>
    client.query(`select api.create_payment($1, 'card', 'paystack', 1000, 'own', null, 'pi_2')`, [placed.id]),
  );
  await refused(t, create, 'SCVAL', { field: 'provider_reference' });
});

t.test('another amount than was asked for counts, and a person corrects it', async (t) => {
  const kept = await order();
  const id = await pay(kept);
  const correct = (amount: number) =>
    asOwner((client) =>
      client.query(
        `select from api.payment as p cross join lateral api.correct_payment(p.id, $2, 'less', p.version)
          where p.id = $1`,
        [id, amount],
      ),
    );
  t.match(await result(id, '900'), { status: 'succeeded', outcome: 'short' });
  t.match(await orderNow(kept), { payment_status: 'partially_paid', due_amount: '100.00' });
  t.match(await result(id, '1000'), { outcome: 'counted' }, 'the total so far');
  t.match(await orderNow(kept), { payment_status: 'paid', due_amount: '0.00' });
  await correct(950);
  t.match(await orderNow(kept), { payment_status: 'partially_paid', paid_amount: '950.00' });
  await correct(0);
  t.match(await payment(id), { status: 'failed', captured_amount: '0.00' });
  await refused(t, correct(-1), 'SCAMT', { field: 'captured_amount' });
});

t.test('which orders expire, and which payments', async (t) => {
  await expireOrders();
  const failed = await order();
  const failedPayment = await pay(failed);
  await asWorker(db, (client) =>
    client.query(`select internal.record_payment_result('paystack', $1, 'failed')`, [failedPayment]),
  );
  const free = await order();
  await asOwner((client) =>
    client.query(`select api.set_order_charges($1, 0, $2, 'a gift', $3)`, [
      free.id,
      free.subtotal_amount,
      free.version,
    ]),
  );
  const proven = await order();
  const transfer = await pay(proven, 'bank_transfer');
  await db.installer.query(
    `with proof as (
       insert into commerce.storefront_asset (tenant_id, url, file_type, file_name)
       values ($2, 'https://files.example/proof.png', 'image', 'proof.png') returning id
     )
     update commerce.payment set expires_at = now(), proof_asset_id = proof.id, version = version from proof
      where payment.id = $1`,
    [transfer, shop.tenantId],
  );
  await expire();
  t.equal(await expireOrders(), 1);
  t.match(await orderNow(failed), { status: 'cancelled' }, 'an attempt that failed holds no stock');
  t.match(await orderNow(free), { status: 'pending' }, 'nothing is owed');
  t.match(await orderNow(proven), { status: 'pending' }, 'somebody has to look at the proof');
  t.match(await payment(transfer), { status: 'pending' });
  await ledgerAgrees(t, db, shop);
});

t.test('charges may fall below what an open payment brings: what is too much is given back', async (t) => {
  const dear = await order();
  const id = await pay(dear);
  await asOwner(async (client) =>
    client.query(`select api.set_order_charges($1, 0, 1, 'kind', $2)`, [
      dear.id,
      (await orderNow(dear)).version,
    ]),
  );
  t.match(await result(id), { outcome: 'overpaid' });
  t.match(await orderNow(dear), { payment_status: 'overpaid', due_amount: '-1.00' });
});

t.test('a return whose money came back before its goods is refunded when they arrive', async (t) => {
  const untracked = await addProduct(db, shop, { track_inventory: false });
  const sold = await order(shop, shopper.customerId, untracked);
  const id = await pay(sold);
  await result(id);
  for (const call of [
    'confirm_order($1, $2)',
    'start_processing($1, $2)',
    `ship_order($1, 'DHL', 'T', $2)`,
    'deliver_order($1, $2)',
  ]) {
    await asOwner(async (client) =>
      client.query(`select api.${call}`, [sold.id, (await orderNow(sold)).version]),
    );
  }
  const item = await one(db.installer, 'select id from commerce.order_items where order_id = $1', [sold.id]);
  const state = await asOwner(async (client) => {
    const back = await one(client, `select * from api.request_return($1, $2, 'damaged', 'back')`, [
      sold.id,
      JSON.stringify([{ order_item_id: item.id, quantity: 1, reason: 'damaged' }]),
    ]);
    return one(client, 'select * from api.approve_return($1, $2)', [back.id, back.version]);
  });
  const refund = await asOwner((client) =>
    one(client, `select * from api.request_refund($1, 1000, 'early', $2)`, [id, state.id]),
  );
  await asWorker(db, (client) =>
    client.query(`select internal.record_refund_result($1, $2, 'succeeded')`, [shop.tenantId, refund.id]),
  );
  const received = await asOwner((client) =>
    one(client, 'select * from api.receive_return($1, $2, $3)', [
      state.id,
      JSON.stringify([{ order_item_id: item.id, accepted_quantity: 1, restocked_quantity: 1 }]),
      state.version,
    ]),
  );
  t.match(received, { status: 'refunded' });
  const { inventory_count: stock } = await one(
    db.installer,
    'select inventory_count from commerce.products where id = $1',
    [untracked],
  );
  t.equal(stock, 0, 'what took nothing gives nothing back');
  await ledgerAgrees(t, db, shop);
});
