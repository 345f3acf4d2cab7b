import t, { type Test } from 'tap';
import { toCommerceError } from '../../src/database/errors.ts';
import { createTestDatabase } from '../support/database.ts';
import { asBuyer, asMember, asWorker } from '../support/session.ts';
import { markSent, named, queue } from './chat.ts';
import { addChatCustomer, addProduct, addShopper, asRead, one, openShop, type Row, refused } from './shop.ts';

/** What providers really send, through the worker's login: the right result, or a refusal that says why. */
const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db);

let messages = 0;
/** A message from the provider; arguments by name, without `p_`. */
const receive = (args: Record<string, unknown> = {}): Promise<Row> => {
  messages += 1;
  const [list, values] = named({
    channel_type: 'whatsapp',
    external_account_id: shop.account,
    external_user_id: '2348030000001',
    external_message_id: `wamid.${messages}`,
    message: 'Hello',
    ...args,
  });
  return asWorker(db, (client) => one(client, `select * from internal.receive_message(${list})`, values));
};
const textOf = async (id: unknown): Promise<string> =>
  (
    await one<{ message: string }>(
      db.installer,
      'select message from commerce.conversation_history where id = $1',
      [id],
    )
  ).message;

/** One of PostgreSQL's own codes that a caller gets as bad input, without any value. */
async function badInput(t: Test, work: Promise<unknown>, code: string): Promise<void> {
  const error = toCommerceError(
    await work.then(
      () => null,
      (reason: unknown) => reason,
    ),
  );
  t.match(error, { code: 'INVALID_INPUT', sqlState: code, httpStatus: 400 });
}

t.test('any text that a person can write arrives as it was written', async (t) => {
  for (const text of [
    '👩🏾‍🍳🇳🇬 👗✨',
    'مرحبا، هل الفستان الأزرق متوفر؟',
    'שלום \u202Eabc\u202C',
    'Zażółć gęślą jaźń',
    'नमस्ते 你好 こんにちは',
    'e\u0301 ≠ é, \u200B\uFEFF\u0001\u007F\r\n\t',
    `'; drop table commerce.orders; -- $1 \\ %s {{x}} <script>`,
    '\uFFFF\u{10FFFF}',
  ]) {
    const { message_id } = await receive({ message: text });
    t.equal(await textOf(message_id), text);
  }
  const { message_id } = await receive({ message: 'half \uD83D of a pair' });
  t.equal(await textOf(message_id), 'half \uFFFD of a pair', 'the driver replaces what is no character');
});

t.test('64 KiB pass, a byte more does not', async (t) => {
  for (const [character, count] of [
    ['x', 65_536],
    ['é', 32_768],
    ['👗', 16_384],
  ] as const) {
    const { message_id } = await receive({ message: character.repeat(count) });
    t.equal(await textOf(message_id), character.repeat(count));
    await refused(t, receive({ message: `${character.repeat(count)}x` }), 'SCVAL', { field: 'message' });
  }
  // Every word another one, and one word of nothing else: what full text has to bear.
  let words = '';
  for (let n = 0; words.length < 65_500; n++) words += `${n.toString(36)} `;
  t.equal((await receive({ message: words.slice(0, 65_536) })).is_new, true);
});

t.test('bytes that no text can hold are refused in words of their own', async (t) => {
  const before = await one(db.installer, 'select count(*) from commerce.conversation_history');
  for (const argument of [
    'message',
    'external_user_id',
    'external_message_id',
    'external_account_id',
    'channel_type',
    'message_type',
    'profile_name',
  ]) {
    await badInput(t, receive({ [argument]: 'a\u0000b' }), '22021');
  }
  await badInput(t, receive({ metadata: '{"a": "\\u0000"}' }), '22P05');
  for (const json of [
    '{"a": "\\ud83d"}',
    '{"a": "\\udc57"}',
    '{"a": "\\ud83d\\ud83d"}',
    '{"a":',
    'NaN',
    '',
  ]) {
    await badInput(t, receive({ metadata: json }), '22P02');
  }
  t.strictSame(await one(db.installer, 'select count(*) from commerce.conversation_history'), before);
  const pair = await receive({ metadata: '{"a": "\\ud83d\\udc57"}' });
  t.match(
    await one(db.installer, 'select metadata from commerce.conversation_history where id = $1', [
      pair.message_id,
    ]),
    {
      metadata: { a: '👗' },
    },
  );
});

t.test('dates that cannot be', async (t) => {
  for (const at of [
    'infinity',
    '-infinity',
    '1970-01-21T18:51:10Z',
    '58878-12-14',
    '294276-12-31T23:59:59Z',
    '4713-01-01 BC',
    null,
  ]) {
    await refused(t, receive({ occurred_at: at }), 'SCVAL', { field: 'occurred_at' });
  }
  for (const [at, code] of [
    ['294277-01-01', '22008'],
    ['2026-02-30', '22008'],
    ['2026-13-01', '22008'],
    ['yesterday-ish', '22007'],
    ['', '22007'],
    ['1772359200', '22008'],
  ] as const) {
    await badInput(t, receive({ occurred_at: at }), code);
  }
  for (const at of ['2999-01-01T00:00:00Z', '2000-01-01T00:00:00Z']) {
    const { message_id } = await receive({ occurred_at: at });
    const { ahead } = await one(
      db.installer,
      'select occurred_at > now() as ahead from commerce.conversation_history where id = $1',
      [message_id],
    );
    t.equal(ahead, false, at);
  }
});

t.test('ids of any length', async (t) => {
  for (const length of [256, 100_000]) {
    const long = 'x'.repeat(length);
    await refused(t, receive({ external_message_id: long }), 'SCVAL', { field: 'external_message_id' });
    await refused(t, receive({ external_user_id: long }), 'SCVAL', { field: 'external_user_id' });
    await refused(t, receive({ external_account_id: long }), 'SCNTF', { field: 'external_account_id' });
    await refused(t, receive({ channel_type: long }), 'SCNTF', { field: 'external_account_id' });
    t.match(await receive({ profile_name: long }), { is_new: true }, 'a name is cut');
  }
  const longest = '👗'.repeat(255);
  const first = await receive({ external_message_id: longest, external_user_id: longest });
  t.match(await receive({ external_message_id: longest, external_user_id: longest }), {
    ...first,
    is_new: false,
  });
});

t.test('a message to nobody, and one that comes twice', async (t) => {
  await refused(t, receive({ external_account_id: 'nobody' }), 'SCNTF', { field: 'external_account_id' });
  const first = await receive({ external_message_id: 'twice' });
  t.match(
    await receive({ external_message_id: 'twice', message: 'Forged', external_user_id: 'someone else' }),
    {
      ...first,
      is_new: false,
    },
  );
  t.equal(await textOf(first.message_id), 'Hello');
});

t.test('receipts that come before the id, in the wrong order and twice', async (t) => {
  const { threadId } = await addChatCustomer(db, shop, '2348030000009');
  const { id } = await queue(db, shop.owner, threadId, { key: 'k' });
  const receipt = (status: string, at = '2026-03-01T10:00:00Z') =>
    asWorker(db, (client) =>
      one(client, `select * from internal.record_receipt('whatsapp', $1, 'out', $2, $3)`, [
        shop.account,
        status,
        at,
      ]),
    );
  t.match(await receipt('read'), { message_id: null });
  t.equal(await markSent(db, id, 'out'), 'read');
  for (const status of ['sent', 'delivered', 'delivered', 'read', 'failed']) {
    t.match(await receipt(status), { message_id: id, delivery_status: 'read' });
  }
  for (const at of ['infinity', '-infinity']) {
    await refused(t, receipt('read', at), 'SCVAL', { field: 'occurred_at' });
  }
  await badInput(t, receipt('read', '294277-01-01'), '22008');
  await badInput(t, receipt('re\u0000ad'), '22021');
});

t.test('the result of a payment, after its end, twice and in the wrong order', async (t) => {
  const shopper = await addShopper(db, shop, 'shopper');
  const product = await addProduct(db, shop, { stock: 100 });
  let payments = 0;
  const pay = () =>
    asBuyer(db, shopper, async (client) => {
      payments += 1;
      const order = await one(
        client,
        `select * from api.place_order($1, p_lines => $2, p_expected_totals => ${asRead('$2')}, p_channel => 'storefront')`,
        [`order ${payments}`, JSON.stringify([{ product_id: product, quantity: 1 }])],
      );
      const { id } = await one(client, `select * from api.create_payment($1, 'card', 'paystack', $2, $3)`, [
        order.id,
        order.total_amount,
        `payment ${payments}`,
      ]);
      // What the provider is told, and calls it by.
      return { id, orderId: order.id, reference: id, amount: String(order.total_amount) };
    });
  const result = (reference: string | null, args: Record<string, unknown> = {}) => {
    const [list, values] = named({
      provider: 'paystack',
      provider_reference: reference,
      status: 'succeeded',
      ...args,
    });
    return asWorker(db, (client) =>
      one(client, `select * from internal.record_payment_result(${list})`, values),
    );
  };
  const stored = (id: string): Promise<Row> =>
    one(db.installer, 'select * from commerce.payment where id = $1', [id]);
  const paid = async (orderId: string) =>
    one(db.installer, 'select payment_status, paid_amount from commerce.orders where id = $1', [orderId]);

  const late = await pay();
  await db.installer.query(
    `update commerce.payment set expires_at = now(), version = version where id = $1`,
    [late.id],
  );
  await asWorker(db, (client) => client.query('select internal.expire_payments($1)', [shop.tenantId]));
  t.match(await stored(late.id), { status: 'expired' });
  t.match(await result(late.reference, { amount: late.amount }), { status: 'succeeded' });
  t.match(await paid(late.orderId), { payment_status: 'paid', paid_amount: late.amount });
  const once = await stored(late.id);
  for (const status of ['succeeded', 'failed', 'pending', 'expired', 'cancelled']) {
    t.match(await result(late.reference, { status, amount: late.amount }), { status: 'succeeded' });
    t.strictSame(await stored(late.id), once, `${status} changes nothing any more`);
  }
  const all = await Promise.all(Array.from({ length: 8 }, () => result(late.reference)));
  t.ok(all.every(({ status }) => status === 'succeeded'));
  t.match(await paid(late.orderId), { paid_amount: late.amount });

  const wrong = await pay();
  t.match(await result(wrong.reference, { amount: '1' }), { status: 'succeeded', outcome: 'short' });
  const flagged = await stored(wrong.id);
  t.match(flagged, { captured_amount: '1.00' });
  t.match(await paid(wrong.orderId), { payment_status: 'partially_paid', paid_amount: '1.00' });
  t.match(await result(wrong.reference, { amount: '1.00' }), { outcome: 'repeated' });
  t.strictSame(await stored(wrong.id), flagged, 'a repeat changes nothing');
  for (const amount of ['-1', 'NaN', '1e15', '1.00001', 'Infinity']) {
    await refused(t, result(wrong.reference, { amount }), 'SCAMT', { field: 'amount' });
  }
  for (const at of ['infinity', '-infinity', null, '4713-01-01 BC']) {
    await refused(t, result(wrong.reference, { occurred_at: at }), 'SCVAL', { field: 'occurred_at' });
  }
  await badInput(t, result(wrong.reference, { occurred_at: '294277-01-01' }), '22008');
  await badInput(t, result('a\u0000'), '22021');
  for (const status of ['paid', '', null]) {
    await refused(t, result(wrong.reference, { status }), 'SCVAL', { field: 'status' });
  }
  await refused(t, result(wrong.reference, { status: 'failed', failure_code: 'x'.repeat(256) }), 'SCVAL', {
    field: 'failure_code',
  });
  for (const reference of ['', null, 'x'.repeat(100_000)]) {
    await refused(t, result(reference), 'SCVAL', { field: 'provider_reference' });
  }
  t.match(await result('nobody'), { outcome: 'waiting', payment_id: null }, 'kept, until staff can place it');
  t.match(await result('nobody'), { outcome: 'repeated' });
  t.strictSame(await stored(wrong.id), flagged);
  await result(wrong.reference, { amount: wrong.amount, occurred_at: '2999-01-01T00:00:00Z' });
  const { ahead } = await one(
    db.installer,
    'select succeeded_at > now() as ahead from commerce.payment where id = $1',
    [wrong.id],
  );
  t.equal(ahead, false, 'a clock that runs ahead');
  await asMember(db, shop.owner, async (client) => {
    const { rows } = await client.query('select * from api.check_inventory()');
    t.strictSame(rows, []);
  });
});
