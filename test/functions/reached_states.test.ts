import { readFileSync } from 'node:fs';
import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asBuyer, asMember, asWorker, type Who } from '../support/session.ts';
import { addChatCustomer, addProduct, addShopper, one, openShop, type Row, type Shop } from './shop.ts';

/**
 * Every state of reached-states.md is reached by the operation that is written there. The operations are run one after
 * the other, each by a person or program that has it; after each one all states of all rows are read.
 */
const written = readFileSync(new URL('reached-states.md', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => /^\| [a-z_]+\.[a-z_]+ \|/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, column = '', state = '', operation = '']) => ({ column, state, operation }));

const db = await createTestDatabase(t, { template: 'empty' });

/** The closed sets that say where a row stands. */
const { rows: columns } = await db.installer.query<{ table: string; column: string; values: string[] }>(`
  select r.relname::text as table, a.attname::text as column,
         array(select m[1] from regexp_matches(pg_get_constraintdef(c.oid), '''([a-z_0-9]+)''', 'g') as m) as values
    from pg_constraint as c
    join pg_class as r on r.oid = c.conrelid
    join pg_attribute as a on a.attrelid = r.oid and a.attnum = c.conkey[1]
   where c.contype = 'c' and not r.relispartition and c.conname = r.relname || '_' || a.attname || '_set'
     and r.relnamespace = 'commerce'::regnamespace
     and a.attname ~ '(status|tier)$'
   order by 1, 2`);

const states = new Set<string>();
const reached = new Map<string, string>();
async function note(operation: string) {
  const { rows } = await db.installer.query<{ state: string }>(
    columns
      .map(
        ({ table, column }) =>
          `select distinct '${table}.${column} ' || ${column} as state from commerce.${table} where ${column} is not null`,
      )
      .join(' union all '),
  );
  for (const { state } of rows) if (!reached.has(state)) reached.set(state, operation);
}

/** The operation's name is that of the function that the SQL calls. */
const nameOf = (sql: string) => /(?:api|internal)\.([a-z_]+)\(/.exec(sql)?.[1] ?? sql;
type Door = <T extends Row = Row>(sql: string, values?: unknown[]) => Promise<T>;
const doorOf =
  (
    run: <T>(work: (client: Parameters<Parameters<typeof asMember>[2]>[0]) => Promise<T>) => Promise<T>,
  ): Door =>
  async <T extends Row>(sql: string, values: unknown[] = []) => {
    const { rows } = await run((client) => client.query<T>(sql, values));
    await note(nameOf(sql));
    return rows[0] as T;
  };
const worker = doorOf((work) => asWorker(db, work));
const memberOf = (who: Who) => doorOf((work) => asMember(db, who, work));
const buyerOf = (who: Who) => doorOf((work) => asBuyer(db, who, work));

const shop: Shop = await openShop(db);
await note('provision_tenant');
const { tenantId, account } = shop;
const owner = memberOf(shop.owner);
const ada = await addShopper(db, shop, 'ada');
const shopper = buyerOf(ada);
const product = await addProduct(db, shop, { stock: 100 });
const present = (table: string, id: string) =>
  one(db.installer, `select * from commerce.${table} where id = $1`, [id]);
let keys = 0;
const key = () => `key ${keys++}`;

/** What time brings, which a test cannot wait for. */
const later = (sql: string, values: unknown[]) => db.installer.query(sql, values);

async function place(): Promise<string> {
  const { id, version } = await shopper(`select * from api.start_order($1, 'storefront')`, [shop.sellerId]);
  const basket = await shopper('select * from api.set_order_line($1, $2, 2, $3)', [id, product, version]);
  await shopper('select * from api.place_order($1, $2, $3)', [key(), id, basket.version]);
  return id;
}
const step = async (door: Door, call: string, table: string, id: string, ...values: unknown[]) =>
  door(`select * from api.${call}`, [id, (await present(table, id)).version, ...values]);
const pay = (order: string) =>
  shopper(
    `select * from api.create_payment($1, 'mobile_money', 'mpesa', (select due_amount from api.orders where id = $1), $2)`,
    [order, key()],
  );
const report = (reference: string, status: string, amount: number | null = null) =>
  worker(
    `select from internal.record_payment_result('mpesa', $1, $2, p_amount => $3, p_provider_event_id => $4)`,
    [reference, status, amount, key()],
  );

t.test('an order is placed, paid, sent, and comes back', async () => {
  const order = await place();
  const first = await pay(order);
  await report(first.id, 'requires_action');
  await report(first.id, 'authorized', 500);
  await report(first.id, 'authorized', 2000);
  await report(first.id, 'captured', 500);
  const second = await pay(order);
  await report(second.id, 'failed');
  const third = await pay(order);
  await report(third.id, 'captured', 1500);
  await report(third.id, 'disputed', 100);
  await report(third.id, 'dispute_won', 100);
  const given = await owner('select * from api.request_refund($1, 100, $2)', [first.id, key()]);
  await worker('select internal.record_refund_result($1, $2, $3)', [tenantId, given.id, 'succeeded']);
  await report(third.id, 'captured', 200);

  await step(owner, 'confirm_order($1, $2)', 'orders', order);
  await step(owner, 'start_processing($1, $2)', 'orders', order);
  await step(owner, `ship_order($1, 'DHL', 'T1', $2)`, 'orders', order);
  await step(owner, 'deliver_order($1, $2)', 'orders', order);

  const line = await one(
    db.installer,
    'select id, 1 as version from commerce.order_items where order_id = $1',
    [order],
  );
  const back = (quantity: number) =>
    JSON.stringify([{ order_item_id: line.id, quantity, reason: 'damaged' }]);
  const ask = async (quantity = 1) =>
    (await shopper(`select * from api.request_return($1, $2, 'damaged', $3)`, [order, back(quantity), key()]))
      .id;
  await step(shopper, 'cancel_return($1, $2)', 'order_returns', await ask());
  const refused = await ask();
  await owner(`select * from api.reject_return($1, 'worn', $2)`, [
    refused,
    (await present('order_returns', refused)).version,
  ]);
  const returned = await ask(2);
  await step(owner, 'approve_return($1, $2)', 'order_returns', returned);
  await owner(`select * from api.ship_return($1, 'T2', $2)`, [
    returned,
    (await present('order_returns', returned)).version,
  ]);
  await owner('select * from api.receive_return($1, $2, $3)', [
    returned,
    JSON.stringify([{ order_item_id: line.id, accepted_quantity: 2, restocked_quantity: 2 }]),
    (await present('order_returns', returned)).version,
  ]);
  const refund = (payment: string, amount: number) =>
    owner('select * from api.request_refund($1, $2, $3, $4)', [payment, amount, key(), returned]);
  const result = (id: string, status: string) =>
    worker('select internal.record_refund_result($1, $2, $3)', [tenantId, id, status]);
  const gone = await refund(first.id, 400);
  await result(gone.id, 'failed');
  await owner('select * from api.cancel_refund($1)', [gone.id]);
  await result((await refund(first.id, 400)).id, 'succeeded');
  await result((await refund(third.id, 1700)).id, 'succeeded');
  await step(owner, 'close_return($1, $2)', 'order_returns', returned);
});

t.test('an order is sent in parcels, each with its own end', async () => {
  const processed = async () => {
    const order = await place();
    await step(owner, 'confirm_order($1, $2)', 'orders', order);
    await step(owner, 'start_processing($1, $2)', 'orders', order);
    return order;
  };
  const pack = async (order: string, method: string) =>
    (
      await owner(
        `select * from api.pack_order($1, $2,
           (select jsonb_build_array(jsonb_build_object('order_item_id', id, 'quantity', 1))
              from api.order_items where order_id = $1), $3)`,
        [order, (await present('orders', order)).version, method],
      )
    ).id;
  const parcel = async (id: string, ...calls: string[]) => {
    for (const call of calls) await step(owner, call, 'fulfillment', id);
  };
  const ship = `ship_fulfillment($1, 'DHL', 'T3', $2)`;
  const first = await processed();
  await parcel(await pack(first, 'shipping'), ship, `fail_fulfillment($1, 'refused', $2)`);
  await parcel(await pack(first, 'pickup'), 'ready_fulfillment($1, $2)', 'collect_fulfillment($1, $2)');
  const second = await processed();
  await parcel(await pack(second, 'shipping'), 'cancel_fulfillment($1, $2)');
  await parcel(await pack(second, 'shipping'), ship, `fail_fulfillment($1, 'returned', $2)`);
  await parcel(await pack(second, 'shipping'), ship, `fail_fulfillment($1, 'lost', $2)`);
});

t.test('an order that is not paid, and what is given up', async () => {
  const order = await place();
  const left = await pay(order);
  await step(shopper, 'leave_payment($1, $2)', 'payment', left.id);
  await report((await pay(order)).id, 'failed');
  const slow = await pay(order);
  await later(
    `update commerce.payment set expires_at = now() - interval '1 hour', version = version where id = $1`,
    [slow.id],
  );
  await worker('select internal.expire_payments($1)', [tenantId]);
  await owner(`select * from api.cancel_order($1, 'sold out', $2)`, [
    order,
    (await present('orders', order)).version,
  ]);
});

t.test('money that nobody can place', async () => {
  for (const reference of ['stray-1', 'stray-2']) {
    await worker(
      `select from internal.record_payment_result('mpesa', $1, 'captured', p_amount => 100, p_currency_code => 'NGN', p_tenant_id => $2)`,
      [reference, tenantId],
    );
  }
  const waiting = () =>
    one(
      db.installer,
      `select id, 1 as version from commerce.inbound_event where status = 'received' order by id limit 1`,
    );
  const order = await place();
  await owner(`select * from api.assign_inbound_event($1, $2, 'mobile_money')`, [
    (await waiting()).id,
    order,
  ]);
  await owner(`select * from api.return_inbound_event($1, 'sent back')`, [(await waiting()).id]);
});

t.test('conversations and their messages', async () => {
  const { threadId } = await addChatCustomer(db, shop, '2348031112222');
  await note('receive_message');
  const setStatus = async (status: string) =>
    owner('select * from api.set_thread_status($1, $2, $3)', [
      threadId,
      status,
      (await present('conversation_thread', threadId)).version,
    ]);
  await owner(`select * from api.snooze_thread($1, now() + interval '1 hour', $2)`, [
    threadId,
    (await present('conversation_thread', threadId)).version,
  ]);
  for (const status of ['open', 'pending']) await setStatus(status);
  const write = () => owner(`select * from api.queue_message($1, $2, 'Hello')`, [threadId, key()]);
  await owner('select * from api.cancel_message($1)', [(await write()).id]);
  const failing = await write();
  await worker('select internal.claim_messages($1, $2)', [tenantId, 'sender']);
  await worker(`select internal.mark_failed($1, $2, 'gone')`, [tenantId, failing.id]);
  const sent = await write();
  await worker('select internal.claim_messages($1, $2)', [tenantId, 'sender']);
  await worker(`select internal.mark_sent($1, $2, 'wamid.sent')`, [tenantId, sent.id]);
  await worker(
    `select from internal.record_receipts('whatsapp', $1, '2348031112222', 'delivered', clock_timestamp() + interval '1 second')`,
    [account],
  );
  await worker(`select from internal.record_receipt('whatsapp', $1, 'wamid.sent', 'read')`, [account]);
  for (const status of ['pending', 'approved', 'rejected', 'paused', 'disabled']) {
    await worker(
      `select from internal.record_template('whatsapp', $1, $2, 'en', $3, 'utility', p_body => 'Hello')`,
      [account, `hello_${status}`, status],
    );
  }
  for (const status of ['resolved', 'closed']) await setStatus(status);
});

t.test('a seller is verified, until a document expires', async () => {
  const created = await owner<Row & { user_id: string }>(
    `select id, user_id, 1 as version from api.create_seller('Second', 'second', p_email => 'second@seller.example')`,
  );
  const { id: onboarding } = await one(
    db.installer,
    'select id, version from commerce.seller_onboarding where seller_id = $1',
    [created.id],
  );
  const seller = memberOf({ tenantId, userId: created.user_id });
  const version = async () => (await present('seller_onboarding', onboarding)).version;
  const submit = async () => seller('select * from api.submit_onboarding($1)', [await version()]);
  const review = async (decision: string) =>
    owner(`select * from api.review_onboarding($1, $2, 'looked at', $3)`, [
      onboarding,
      decision,
      await version(),
    ]);
  const hand = (type: string) =>
    seller(
      `select * from api.add_kyc_document($1,
         (select u.storage_key from api.request_upload('kyc', 'a file', 'image/png', 10) as u), p_expires_on => current_date + 1)`,
      [type],
    );
  const judge = (id: string, decision: string) =>
    owner(`select * from api.review_document($1, $2, 'looked at')`, [id, decision]);

  await seller('select * from api.start_onboarding($1)', [await version()]);
  await seller(`select * from api.save_kyc_info('NG', 'passport')`);
  const blurred = await hand('passport');
  await submit();
  await review('in_review');
  await judge(blurred.id, 'rejected');
  await review('rejected');
  await seller('select * from api.start_onboarding($1)', [await version()]);
  const good = await hand('passport');
  await submit();
  await review('in_review');
  await review('additional_info_needed');
  await submit();
  await review('in_review');
  await judge(good.id, 'verified');
  await review('approved');
  await later(`update commerce.kyc_document set expires_on = current_date where id = $1`, [good.id]);
  await worker('select internal.expire_kyc_documents($1)', [tenantId]);
});

t.test('complaints and violations', async () => {
  const file = async () => (await shopper(`select * from api.file_complaint('other', 'It is torn')`)).id;
  const first = await file();
  await step(owner, 'review_complaint($1, $2)', 'complaints', first);
  for (const reason of ['angry', 'angrier']) {
    await owner('select * from api.escalate_complaint($1, $2, $3)', [
      first,
      reason,
      (await present('complaints', first)).version,
    ]);
    await step(owner, 'review_complaint($1, $2)', 'complaints', first);
  }
  await owner(`select * from api.resolve_complaint($1, 'paid back', $2)`, [
    first,
    (await present('complaints', first)).version,
  ]);
  const { user_id: person } = await one<Row & { user_id: string }>(
    db.installer,
    'select id, version, user_id from commerce.buyer_profile where id = $1',
    [ada.customerId],
  );
  const issue = async () =>
    (
      await owner(
        `select * from api.issue_violation($1, 'policy', 'low', 'temp_ban', 'rude', now() + interval '1 day')`,
        [person],
      )
    ).id;
  await owner(`select * from api.resolve_violation($1, 'forgiven')`, [await issue()]);
  await later(
    `update commerce.violations set start_at = now() - interval '2 days', end_at = now() - interval '1 day' where id = $1`,
    [await issue()],
  );
  await worker('select internal.expire_violations($1)', [tenantId]);
});

t.test('invitations', async () => {
  const invite = async (name: string) => {
    const email = `${name}@invited.example`;
    const { invite_id: id, token } = await owner<Row & { invite_id: string; token: string }>(
      `select * from api.create_team_invite('viewer', $1)`,
      [email],
    );
    const answer = (verb: string) =>
      buyerOf({ tenantId: null as never, subject: name, email })(`select api.${verb}_team_invite($1)`, [
        token,
      ]);
    return { id, answer };
  };
  await (await invite('accepting')).answer('accept');
  await (await invite('declining')).answer('decline');
  await owner('select api.revoke_team_invite($1)', [(await invite('revoked')).id]);
  const late = await invite('late');
  await later(
    `update commerce.team_invites set created_at = now() - interval '9 days', expires_at = now() - interval '1 day' where id = $1`,
    [late.id],
  );
  await worker('select internal.expire_team_invites($1)', [tenantId]);
});

t.test('a merchant is shut out, moves, and leaves', async () => {
  for (const call of [
    'suspend_tenant($1, $3, $2)',
    'reactivate_tenant($1, $3, $2)',
    'begin_move($1, $2)',
    'end_move($1, $2)',
  ]) {
    const { version } = await present('tenant', tenantId);
    await worker(`select internal.${call}`, [tenantId, version, ...(call.includes('$3') ? ['unpaid'] : [])]);
  }
  for (const call of ['begin_closing', 'close_tenant']) {
    const { version } = await present('tenant', tenantId);
    await worker(`select internal.${call}($1, 'moves out', $2)`, [tenantId, version]);
  }
});

t.test('the list names every state, and the operation by which it is reached', async (t) => {
  const all = columns.flatMap(({ table, column, values }) =>
    values.map((value) => `${table}.${column} ${value}`),
  );
  for (const state of all) states.add(state);
  t.strictSame(
    Object.fromEntries([...states].map((state) => [state, reached.get(state) ?? '-'])),
    Object.fromEntries(written.map(({ column, state, operation }) => [`${column} ${state}`, operation])),
  );
});
