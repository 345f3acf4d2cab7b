import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asMember, asRole, asWorker } from '../support/session.ts';
import { approve, type Claimed, claim, markSent, named, queue } from './chat.ts';
import { one, openShop, type Row, refused, type Shop } from './shop.ts';

/** What people and providers do to a conversation, and what a chat screen shows of it. */
const db = await createTestDatabase(t, { template: 'empty' });

let messages = 0;
type Args = Record<string, unknown>;
/** A message from the provider; arguments by name, without `p_`. */
const receive = (shop: Shop, args: Args = {}): Promise<Row> => {
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
const change = (shop: Shop, args: Args): Promise<Row> => {
  const [list, values] = named({ channel_type: 'whatsapp', external_account_id: shop.account, ...args });
  return asWorker(db, (client) =>
    one(client, `select * from internal.record_message_change(${list})`, values),
  );
};
const stored = (id: unknown): Promise<Row> =>
  one(db.installer, 'select * from commerce.conversation_history where id = $1', [id]);
const threadOf = (id: unknown): Promise<Row> =>
  one(db.installer, 'select * from commerce.conversation_thread where id = $1', [id]);
const staff = (shop: Shop, sql: string, values: unknown[] = []): Promise<Row> =>
  asMember(db, shop.owner, (client) => one(client, sql, values));
const setCustomer = (id: unknown, values: string) =>
  db.installer.query(`update commerce.customer set ${values}, version = version where id = $1`, [id]);

t.test(
  'an answer goes to the person who wrote the message that it answers, and stays with them',
  async (t) => {
    const shop = await openShop(db);
    const a = await receive(shop, { external_user_id: '2348030000001' });
    await setCustomer(a.customer_id, `phone_number = '+2348030000002'`);
    const b = await receive(shop, { external_user_id: '2348030000002' });
    t.match(b, { customer_id: a.customer_id, thread_id: a.thread_id }, 'one person');
    await queue(db, shop.owner, String(b.thread_id), { key: 'to b' });
    await queue(db, shop.owner, String(b.thread_id), { key: 'to a', reply_to_id: a.message_id });
    await receive(shop, { external_user_id: '2348030000001' });
    const sent: Claimed[] = [];
    for (const _ of [1, 2]) {
      for (const each of await claim(db, shop.tenantId)) {
        sent.push(each);
        await markSent(db, each.message_id, `out.${each.message_id}`);
      }
    }
    t.strictSame(
      sent.map(({ external_user_id: to }) => to),
      ['2348030000002', '2348030000001'],
    );
  },
);

t.test('one person, whichever form of the number comes first', async (t) => {
  for (const [first, second] of [
    ['5511987654321', '551187654321'],
    ['551187654321', '5511987654321'],
    ['5215512345678', '525512345678'],
    ['525512345678', '5215512345678'],
    ['5491123456789', '541123456789'],
    ['541123456789', '5491123456789'],
  ]) {
    const shop = await openShop(db);
    const one = await receive(shop, { external_user_id: first });
    const two = await receive(shop, { external_user_id: second });
    t.match(two, { customer_id: one.customer_id, thread_id: one.thread_id }, `${first}, then ${second}`);
    const known = await openShop(db);
    const { id } = await staff(
      known,
      `insert into api.customer (display_name, phone_number) values ('Known', $1) returning id`,
      [`+${first}`],
    );
    t.match(await receive(known, { external_user_id: second }), { customer_id: id }, 'known to staff');
    await refused(
      t,
      staff(
        known,
        `insert into api.customer (display_name, phone_number) values ('Twice', $1) returning id`,
        [`+${second}`],
      ),
      '23505',
    );
    t.match(await staff(known, 'select id from api.customer_by_phone($1)', [`+${second}`]), { id });
  }
  const shop = await openShop(db);
  const mobile = await receive(shop, { external_user_id: '5511943210987' });
  const landline = await receive(shop, { external_user_id: '551143210987' });
  t.not(landline.customer_id, mobile.customer_id, 'a landline is no mobile without its ninth digit');
});

t.test('e-mail ignores case, and a name that comes later is taken where nobody gave one', async (t) => {
  const shop = await openShop(db);
  await staff(shop, `select id from api.connect_channel('email', 'Mail', $1, 'imap')`, [
    `help@${shop.account}`,
  ]);
  const mail = { channel_type: 'email', external_account_id: `help@${shop.account}` };
  const first = await receive(shop, { ...mail, external_user_id: 'Ann@Home.example' });
  t.match(await receive(shop, { ...mail, external_user_id: 'ann@home.EXAMPLE', profile_name: 'Ann' }), {
    customer_id: first.customer_id,
  });
  const name = async () =>
    (
      await one(db.installer, 'select display_name as name from commerce.customer where id = $1', [
        first.customer_id,
      ])
    ).name;
  t.equal(await name(), 'Ann');
  await receive(shop, { ...mail, external_user_id: 'ann@home.example', profile_name: 'Annie' });
  t.equal(await name(), 'Ann', 'and stays');
});

t.test('every kind arrives, with what it carries', async (t) => {
  const shop = await openShop(db);
  const photo = { file_type: 'image', external_media_id: 'm1', mime_type: 'image/jpeg', size_bytes: 10 };
  for (const [type, args, expected] of [
    ['text', {}, { message: 'Hello', message_type: 'text' }],
    ...['image', 'video', 'audio', 'document', 'sticker'].map((type) => [
      type,
      { message: '', attachments: JSON.stringify([{ ...photo, file_type: type }]) },
      { message: '', message_type: type },
    ]),
    [
      'image',
      { message: null, attachments: JSON.stringify([{ ...photo, caption: 'In indigo' }]) },
      { message: 'In indigo' },
    ],
    ['text', { message: '', attachments: JSON.stringify([photo]) }, { message: '', message_type: 'text' }],
    [
      'location',
      {
        message: '',
        attachments: JSON.stringify([
          { file_type: 'location', latitude: 6.5, longitude: 3.4, file_name: 'Shop' },
        ]),
      },
      { message_type: 'location' },
    ],
    ['contact', { message: '', metadata: { contacts: [{ name: 'Bisi' }] } }, { message_type: 'contact' }],
    [
      'interactive',
      { message: 'Yes', metadata: { id: 'yes' } },
      { message: 'Yes', message_type: 'interactive' },
    ],
    ['order', { message: '', metadata: { items: [{ sku: 'A' }] } }, { message_type: 'order' }],
    ['unsupported', { message: '' }, { message_type: 'unsupported' }],
    ['poll_update', { message: '' }, { message_type: 'unsupported', metadata: { kind: 'poll_update' } }],
  ] as [string, Args, object][]) {
    const { message_id: id } = await receive(shop, { message_type: type, ...args });
    t.match(await stored(id), expected, type);
  }
  t.match(
    await staff(shop, `select message from api.search_messages('indigo')`),
    { message: 'In indigo' },
    'a caption is found',
  );
  for (const [attachments, field] of [
    ['{}', 'attachments'],
    ['[1]', 'attachments'],
    ['[{"file_type": "image"}]', 'attachments'],
    ['[{"file_type": "hologram", "url": "x"}]', 'attachments.file_type'],
    [JSON.stringify([{ ...photo, size_bytes: -1 }]), 'attachments.size_bytes'],
    [JSON.stringify([{ ...photo, sha256: 'zz' }]), 'attachments.sha256'],
    [JSON.stringify([{ ...photo, url: 'x'.repeat(2049) }]), 'attachments.url'],
    [JSON.stringify([{ file_type: 'location', latitude: 91, longitude: 0 }]), 'attachments.latitude'],
    [JSON.stringify(Array.from({ length: 31 }, () => photo)), 'attachments'],
  ]) {
    await refused(t, receive(shop, { attachments }), 'SCVAL', { field });
  }
});

t.test(
  'what opens nothing: notices, reactions, edits, deletions, history, and a blocked person',
  async (t) => {
    const shop = await openShop(db);
    const first = await receive(shop);
    const close = () =>
      db.installer.query(
        `update commerce.conversation_thread set status = 'closed', closed_at = now(), unread_count = 0,
              reply_window_ends_at = now() - interval '1 day', version = version where id = $1`,
        [first.thread_id],
      );
    await close();
    const before = await threadOf(first.thread_id);
    const target = `wamid.${messages}`;
    await receive(shop, { message_type: 'system', message: 'The customer changed their number' });
    await receive(shop, { is_history: true, occurred_at: '2025-01-01T00:00:00Z' });
    await receive(shop, { is_history: true, direction: 'outbound', occurred_at: '2025-01-01T00:01:00Z' });
    await receive(shop, { message_type: 'reaction', message: '👍', reply_to_external_id: target });
    await change(shop, { external_message_id: target, kind: 'edit', content: 'Hello!' });
    await change(shop, { external_message_id: target, kind: 'deletion' });
    await setCustomer(first.customer_id, 'is_blocked = true');
    await receive(shop, { message: 'Let me in' });
    t.strictSame(await threadOf(first.thread_id), before);
    t.match(
      await one(
        db.installer,
        'select count(*)::integer from commerce.conversation_thread where tenant_id = $1',
        [shop.tenantId],
      ),
      { count: 1 },
    );
    t.match(
      await one(
        db.installer,
        'select count(*)::integer from commerce.conversation_history where thread_id = $1',
        [first.thread_id],
      ),
      { count: 5 },
      'and all of it is kept',
    );

    await setCustomer(first.customer_id, 'is_blocked = false');
    const open = await receive(shop);
    await setCustomer(first.customer_id, 'is_blocked = true');
    await receive(shop);
    t.match(await threadOf(open.thread_id), { status: 'closed', unread_count: 1 });
  },
);

t.test('whatever state a thread has, only a message of its customer opens it', async (t) => {
  const shop = await openShop(db);
  for (const status of ['open', 'pending', 'snoozed', 'resolved', 'closed']) {
    const person = `23480300000${['open', 'pending', 'snoozed', 'resolved', 'closed'].indexOf(status)}0`;
    const from = { external_user_id: person };
    const first = await receive(shop, { ...from, external_message_id: `first ${status}` });
    const ours = await queue(db, shop.owner, String(first.thread_id), { key: `out ${status}` });
    await claim(db, shop.tenantId);
    await markSent(db, ours.id, `out ${status}`);
    await db.installer.query(
      `update commerce.conversation_thread set status = $2, unread_count = 0, version = version,
              closed_at = case when $2 = 'closed' then now() end,
              snoozed_until = case when $2 = 'snoozed' then now() + interval '1 hour' end,
              reply_window_ends_at = now() - interval '1 hour'
        where id = $1`,
      [first.thread_id, status],
    );
    const before = await threadOf(first.thread_id);
    const since = { occurred_at: new Date(Date.now() - 60_000).toISOString() };
    for (const [what, happens] of [
      ['a notice', () => receive(shop, { ...from, ...since, message_type: 'system', message: 'Changed' })],
      ['history', () => receive(shop, { ...from, is_history: true, occurred_at: '2025-01-01T00:00:00Z' })],
      [
        'a reaction',
        () =>
          receive(shop, {
            ...from,
            message_type: 'reaction',
            message: '👍',
            reply_to_external_id: `out ${status}`,
          }),
      ],
      [
        'a removed reaction',
        () =>
          receive(shop, {
            ...from,
            message_type: 'reaction',
            message: '',
            reply_to_external_id: `out ${status}`,
          }),
      ],
      ['an edit', () => change(shop, { external_message_id: `first ${status}`, kind: 'edit', content: 'B' })],
      ['a deletion', () => change(shop, { external_message_id: `first ${status}`, kind: 'deletion' })],
      ...['delivered', 'read'].map((receipt): [string, () => Promise<unknown>] => [
        `receipt: ${receipt}`,
        () =>
          asWorker(db, (client) =>
            client.query(`select internal.record_receipt('whatsapp', $1, $2, $3)`, [
              shop.account,
              `out ${status}`,
              receipt,
            ]),
          ),
      ]),
      [
        'receipts up to a time',
        () =>
          asWorker(db, (client) =>
            client.query(`select internal.record_receipts('whatsapp', $1, $2, 'read', now())`, [
              shop.account,
              person,
            ]),
          ),
      ],
    ] as [string, () => Promise<unknown>][]) {
      await happens();
      t.strictSame(await threadOf(first.thread_id), before, `${status}: ${what}`);
    }
    t.match(
      await one(
        db.installer,
        'select count(*)::integer as n from commerce.conversation_thread where customer_id = $1',
        [first.customer_id],
      ),
      { n: 1 },
    );
    const live = await receive(shop, from);
    t.equal(live.thread_id === first.thread_id, status !== 'closed');
    t.match(await threadOf(live.thread_id), { status: 'open', unread_count: 1 }, `${status}: a message does`);
  }
});

t.test('a recipient that is fixed stays, whatever becomes of the ids', async (t) => {
  const shop = await openShop(db);
  const [a, b] = ['2348030000001', '2348030000002'];
  const first = await receive(shop, { external_user_id: a });
  const thread = String(first.thread_id);
  const next = async () => {
    const [given] = await claim(db, shop.tenantId);
    if (given !== undefined) await markSent(db, given.message_id, `sent ${given.message_id}`);
    return given?.external_user_id;
  };
  // Staff change the number, and it writes; the answer to A goes to A, and one that answers nothing to B.
  await queue(db, shop.owner, thread, { key: '1' });
  await staff(
    shop,
    'update api.customer set phone_number = $2, version = version where id = $1 returning id',
    [first.customer_id, `+${b}`],
  );
  t.equal(await next(), a, 'queued before the number changed');
  await queue(db, shop.owner, thread, { key: '2' });
  t.equal(await next(), a, 'the new number has not written yet');
  const second = await receive(shop, { external_user_id: b });
  await queue(db, shop.owner, thread, { key: '3' });
  await queue(db, shop.owner, thread, { key: '4', reply_to_id: first.message_id });
  await queue(db, shop.owner, thread, { key: '5', reply_to_id: second.message_id });
  await receive(shop, { external_user_id: a });
  t.strictSame([await next(), await next(), await next()], [b, a, b], 'A wrote in the meantime');
  // What a person answers of our own goes where that went.
  const { id: ours } = await queue(db, shop.owner, thread, { key: '6', reply_to_id: second.message_id });
  await next();
  await queue(db, shop.owner, thread, { key: '7', reply_to_id: ours });
  t.equal(await next(), b);
  // An id that is removed is no recipient, and another one does not take its place.
  const lost = await queue(db, shop.owner, thread, { key: '8', reply_to_id: second.message_id });
  await db.installer.query(
    'delete from commerce.customer_identity where tenant_id = $1 and external_user_id = $2',
    [shop.tenantId, b],
  );
  t.equal(await next(), undefined);
  t.match(await stored(lost.id), { delivery_status: 'failed', error_code: 'recipient_unknown' });
  await queue(db, shop.owner, thread, { key: '9', reply_to_id: second.message_id });
  t.equal(await next(), a, 'a new answer goes to the one that is left');
});

t.test('a new conversation goes to the id that was last seen in the channel', async (t) => {
  const shop = await openShop(db);
  await approve(db, shop, 'hello');
  const first = await receive(shop, { external_user_id: '2348030000001' });
  await setCustomer(first.customer_id, `phone_number = '+2348030000002'`);
  await receive(shop, { external_user_id: '2348030000002' });
  await receive(shop, { external_user_id: '2348030000001' });
  await staff(
    shop,
    `select id from api.set_thread_status($1, 'closed', (select version from api.conversation_thread where id = $1))`,
    [first.thread_id],
  );
  await staff(shop, `select id from api.begin_conversation($1, (select id from api.channel), 'k', 'hello')`, [
    first.customer_id,
  ]);
  t.match(await claim(db, shop.tenantId), [{ external_user_id: '2348030000001' }]);
});

t.test('a reaction, an edit and a deletion in every order of arrival end the same', async (t) => {
  const shop = await openShop(db);
  const at = (second: number) => `2026-03-01T10:00:0${second}Z`;
  const orders = (n: number): number[][] =>
    n === 0
      ? [[]]
      : orders(n - 1).flatMap((rest) =>
          Array.from({ length: n }, (_, i) => [...rest.slice(0, i), n - 1, ...rest.slice(i)]),
        );
  const reactor = { author_external_id: '2348030000001', kind: 'reaction' };
  for (const [steps, expected] of [
    [
      [
        { ...reactor, content: '👍', occurred_at: at(1) },
        { ...reactor, content: '', occurred_at: at(2) },
        { ...reactor, content: '❤️', occurred_at: at(3) },
      ],
      { message: 'Hello', emoji: '❤️', revisions: [] },
    ],
    [
      [
        { ...reactor, content: '👍', occurred_at: at(1) },
        { ...reactor, content: '', occurred_at: at(1) },
      ],
      { message: 'Hello', emoji: '', revisions: [] },
    ],
    [
      [
        { kind: 'edit', content: 'Hello, B', occurred_at: at(2) },
        { kind: 'edit', content: 'Hello, C', occurred_at: at(3) },
      ],
      { message: 'Hello, C', emoji: null, revisions: ['Hello', 'Hello, B', 'Hello, C'] },
    ],
    [
      [
        { kind: 'edit', content: 'Hello, B', occurred_at: at(2) },
        { kind: 'deletion', occurred_at: at(3) },
      ],
      { message: '', emoji: null, revisions: null },
    ],
  ] as [Args[], { message: string; emoji: string | null; revisions: string[] | null }][]) {
    for (const order of orders(steps.length + 1)) {
      messages += 1;
      const id = `target ${messages}`;
      for (const step of [...order, ...order]) {
        if (step === 0) await receive(shop, { external_message_id: id, occurred_at: at(0) });
        else await change(shop, { external_message_id: id, ...steps[step - 1] });
      }
      const message = await one(
        db.installer,
        'select * from commerce.conversation_history where tenant_id = $1 and external_message_id = $2',
        [shop.tenantId, id],
      );
      const { rows: reactions } = await db.installer.query(
        'select emoji from commerce.message_reaction where message_id = $1',
        [message.id],
      );
      const { rows: revisions } = await db.installer.query<{ message: string }>(
        'select message from commerce.message_revision where message_id = $1 order by occurred_at',
        [message.id],
      );
      t.equal(message.message, expected.message, order.join());
      t.equal(reactions[0]?.emoji ?? null, expected.emoji);
      if (expected.revisions === null) t.ok(revisions.every(({ message: text }) => text === ''));
      else
        t.strictSame(
          revisions.map(({ message: text }) => text),
          expected.revisions,
        );
    }
  }
});

t.test('an answer that comes before what it answers finds it later', async (t) => {
  const shop = await openShop(db);
  const answer = await receive(shop, { reply_to_external_id: 'question' });
  t.match(await stored(answer.message_id), { reply_to_id: null });
  const question = await receive(shop, { external_message_id: 'question' });
  t.match(await stored(answer.message_id), { reply_to_id: question.message_id });

  const { id } = await queue(db, shop.owner, String(answer.thread_id), { key: 'k' });
  const again = await receive(shop, { reply_to_external_id: 'out.k' });
  await claim(db, shop.tenantId);
  await markSent(db, id, 'out.k');
  t.match(await stored(again.message_id), { reply_to_id: id });
});

t.test('a group keeps who wrote', async (t) => {
  const shop = await openShop(db);
  const { message_id: id } = await receive(shop, {
    external_user_id: 'group-1',
    author_external_id: '2348030000005',
    author_name: 'Tunde',
  });
  t.match(await stored(id), { author_external_id: '2348030000005', author_name: 'Tunde' });
});

t.test('whole seconds sort rightly beside our own time, and a wrong unit is refused', async (t) => {
  const shop = await openShop(db);
  const first = await receive(shop, {
    occurred_at: new Date(Math.floor(Date.now() / 1000) * 1000 - 1000).toISOString(),
  });
  const ours = await queue(db, shop.owner, String(first.thread_id), { key: 'k' });
  const second = new Date(Math.floor((ours.occurred_at as Date).getTime() / 1000) * 1000);
  await receive(shop, { message: 'Thanks', occurred_at: second.toISOString() });
  const { rows } = await db.installer.query<{ message: string }>(
    'select message from commerce.conversation_history where thread_id = $1 order by occurred_at, id',
    [first.thread_id],
  );
  t.strictSame(
    rows.map(({ message }) => message),
    ['Hello', 'Good day', 'Thanks'],
  );
  for (const at of ['1970-01-21T18:51:10Z', '58878-12-14T00:00:00Z']) {
    await refused(t, receive(shop, { occurred_at: at }), 'SCVAL', { field: 'occurred_at' });
  }
});

t.test(
  'what was sent from the phone is ours, with its own time; an echo of ours is no second message',
  async (t) => {
    const shop = await openShop(db);
    const first = await receive(shop, { occurred_at: '2026-03-01T10:00:00Z' });
    const echo = await receive(shop, {
      direction: 'outbound',
      message: 'By phone',
      occurred_at: '2026-03-01T10:01:00Z',
    });
    const kept = await stored(echo.message_id);
    t.match(kept, { direction: 'outbound', sender_type: 'merchant', delivery_status: 'sent' });
    const thread = await threadOf(first.thread_id);
    t.match(thread, { unread_count: 1 });
    // A match does not look into dates.
    const itsTime = new Date('2026-03-01T10:01:00Z');
    t.strictSame([kept.occurred_at, kept.sent_at, thread.first_response_at], [itsTime, itsTime, itsTime]);
    await approve(db, shop, 'x');
    const ours = await queue(db, shop.owner, String((await receive(shop)).thread_id), {
      key: 'k',
      message: 'Ours',
    });
    await claim(db, shop.tenantId);
    t.match(await receive(shop, { direction: 'outbound', message: 'Ours', external_message_id: 'echo' }), {
      message_id: ours.id,
      is_new: false,
    });
    t.equal(await markSent(db, ours.id, 'echo'), 'sent');
  },
);

t.test('what came in later stays unread whatever its time, and unread can be set again', async (t) => {
  const shop = await openShop(db);
  const first = await receive(shop, { occurred_at: '2026-03-01T10:00:00Z' });
  const late = await receive(shop, { occurred_at: '2026-03-01T09:00:00Z' });
  t.match(
    await staff(shop, 'select * from api.mark_thread_read($1, $2)', [first.thread_id, first.message_id]),
    { unread_count: 1 },
  );
  t.match(await staff(shop, 'select * from api.mark_thread_read($1)', [first.thread_id]), {
    unread_count: 0,
  });
  t.match(await staff(shop, 'select * from api.mark_thread_unread($1)', [first.thread_id]), {
    unread_count: 1,
  });
  t.match(
    await staff(shop, 'select * from api.mark_thread_unread($1, $2)', [first.thread_id, first.message_id]),
    { unread_count: 2 },
  );
  await refused(
    t,
    staff(shop, 'select * from api.mark_thread_unread($1, $2)', [first.thread_id, first.thread_id]),
    'SCNTF',
    { field: 'message_id' },
  );
  t.ok(late);
});

t.test('the first response went out', async (t) => {
  const shop = await openShop(db);
  const { thread_id: thread } = await receive(shop);
  const failed = await queue(db, shop.owner, String(thread), { key: '1' });
  await claim(db, shop.tenantId);
  await markSent(db, failed.id, 'o1');
  t.ok((await threadOf(thread)).first_response_at);
  await asWorker(db, (client) =>
    client.query(`select internal.record_receipt('whatsapp', $1, 'o1', 'failed')`, [shop.account]),
  );
  t.equal((await threadOf(thread)).first_response_at, null, 'a failed one is no answer');
});

t.test('a claim checks again', async (t) => {
  for (const [reason, happens] of [
    ['customer_blocked', (row: Row) => setCustomer(row.customer_id, 'is_blocked = true')],
    ['customer_deleted', (row: Row) => setCustomer(row.customer_id, 'is_deleted = true, deleted_at = now()')],
    [
      'customer_merged',
      (row: Row) =>
        db.installer.query(
          `with other as (insert into commerce.customer (tenant_id) select tenant_id from commerce.customer where id = $1 returning id)
           update commerce.customer_identity set customer_id = other.id from other where customer_id = $1`,
          [row.customer_id],
        ),
    ],
    [
      'reply_window_closed',
      (row: Row) =>
        db.installer.query(
          'update commerce.conversation_thread set reply_window_ends_at = now() where id = $1',
          [row.thread_id],
        ),
    ],
    [
      'channel_disconnected',
      (row: Row) =>
        db.installer.query(
          'update commerce.channel set is_deleted = true, deleted_at = now(), version = version where id = $1',
          [row.channel_id],
        ),
    ],
    [
      'recipient_unknown',
      (row: Row) =>
        db.installer.query('delete from commerce.customer_identity where id = $1', [row.identity_id]),
    ],
    [
      'attempts_exhausted',
      (row: Row) =>
        db.installer.query(
          `insert into internal.message_claim (tenant_id, message_id, worker, attempts, expires_at)
           values ($1, $2, 'one that died', 8, now())`,
          [row.tenant_id, row.id],
        ),
    ],
  ] as [string, (row: Row) => Promise<unknown>][]) {
    const shop = await openShop(db);
    const { thread_id: thread } = await receive(shop);
    const queued = await queue(db, shop.owner, String(thread), { key: 'k' });
    await db.installer.query('set session_replication_role = origin');
    await happens(await stored(queued.id)).catch((error: Error) => t.fail(`${reason}: ${error.message}`));
    t.strictSame(await claim(db, shop.tenantId), [], reason);
    t.match(await stored(queued.id), { delivery_status: 'failed', error_code: reason });
  }
  const shop = await openShop(db);
  const { thread_id: thread } = await receive(shop);
  await approve(db, shop, 'sale', 'en');
  await queue(db, shop.owner, String(thread), { key: 'k', template_name: 'sale' });
  await approve(db, shop, 'sale', 'en', 'paused');
  t.strictSame(await claim(db, shop.tenantId), []);
  t.match(
    await one(
      db.installer,
      'select error_code from commerce.conversation_history where template_name is not null and tenant_id = $1',
      [shop.tenantId],
    ),
    { error_code: 'template_not_approved' },
  );
});

t.test('cancel what waits, retry what failed, and an end of attempts', async (t) => {
  const shop = await openShop(db);
  const { thread_id: thread } = await receive(shop);
  const cancel = (id: unknown) => staff(shop, 'select * from api.cancel_message($1)', [id]);
  const retry = (id: unknown) => staff(shop, 'select * from api.retry_message($1)', [id]);
  const fail = (id: unknown, temporary = true) =>
    asWorker(
      db,
      async (client) =>
        (
          await one<{ s: string }>(client, `select internal.mark_failed($1, $2, '130429', null, $3) as s`, [
            shop.tenantId,
            id,
            temporary,
          ])
        ).s,
    );
  const waiting = await queue(db, shop.owner, String(thread), { key: '1' });
  t.match(await cancel(waiting.id), { delivery_status: 'cancelled' });
  t.strictSame(await claim(db, shop.tenantId), []);
  await refused(t, cancel(waiting.id), 'SCTRN');
  await refused(t, retry(waiting.id), 'SCTRN');

  const { id } = await queue(db, shop.owner, String(thread), { key: '2' });
  const expire = () =>
    db.installer.query('update internal.message_claim set expires_at = now() where message_id = $1', [id]);
  t.match(await claim(db, shop.tenantId), [{ message_id: id, attempt: 1 }]);
  await refused(t, cancel(id), 'SCTRN');
  t.equal(await fail(id), 'queued');
  t.strictSame(await claim(db, shop.tenantId), [], 'it waits');
  const wait = async () =>
    (
      await one<{ seconds: number }>(
        db.installer,
        `select round(extract(epoch from expires_at - now()) / 15)::integer * 15 as seconds
           from internal.message_claim where message_id = $1`,
        [id],
      )
    ).seconds;
  const waits = [await wait()];
  for (let attempt = 2; attempt <= 8; attempt++) {
    await expire();
    t.match(await claim(db, shop.tenantId), [{ message_id: id, attempt }]);
    t.equal(await fail(id), attempt < 8 ? 'queued' : 'failed');
    if (attempt < 8) waits.push(await wait());
  }
  t.strictSame(waits, [30, 60, 120, 240, 480, 960, 1920], 'twice as long each time');
  t.match(await retry(id), { delivery_status: 'queued', error_code: null });
  t.match(await claim(db, shop.tenantId), [{ message_id: id, attempt: 1 }]);
  t.equal(await fail(id, false), 'failed');

  // What waits for its next attempt is held by nobody.
  const { id: later } = await queue(db, shop.owner, String(thread), { key: '3' });
  await claim(db, shop.tenantId);
  t.equal(await fail(later), 'queued');
  t.match(await cancel(later), { delivery_status: 'cancelled' });
  t.strictSame(await claim(db, shop.tenantId), []);

  // What failed is sent again only where it could be queued.
  for (const [code, detail, happens, ends] of [
    ['SCPRM', { field: 'message_id' }, 'is_blocked = true', 'is_blocked = false'],
    [
      'SCVAL',
      { field: 'message_id' },
      'is_deleted = true, deleted_at = now()',
      'is_deleted = false, deleted_at = null',
    ],
  ] as const) {
    const { customer_id: customer } = await stored(id);
    await setCustomer(customer, happens);
    await refused(t, retry(id), code, detail);
    await setCustomer(customer, ends);
  }
  const windowIs = (until: string) =>
    db.installer.query(
      `update commerce.conversation_thread set reply_window_ends_at = now() + $2::interval where id = $1`,
      [thread, until],
    );
  await windowIs('-1 second');
  await refused(t, retry(id), 'SCWIN');
  await windowIs('1 hour');
  t.match(await retry(id), { delivery_status: 'queued' });
});

t.test('a template is approved, in the language of the customer or one near to it', async (t) => {
  const shop = await openShop(db);
  const { thread_id: thread, customer_id: customer } = await receive(shop);
  for (const language of ['de', 'en', 'pt_BR', 'fr']) await approve(db, shop, 'sale', language);
  await approve(db, shop, 'draft', 'en', 'pending');
  const language = async (key: string, args: Args = {}) =>
    (await queue(db, shop.owner, String(thread), { key, template_name: 'sale', ...args })).language;
  t.equal(await language('1', { language: 'fr' }), 'fr');
  t.equal(await language('2'), 'en', 'the merchant speaks English');
  await setCustomer(customer, `preferred_language = 'pt'`);
  t.equal(await language('3'), 'pt-BR');
  await setCustomer(customer, `preferred_language = 'yo'`);
  t.equal(await language('4'), 'en');
  for (const name of ['draft', 'unknown']) {
    await refused(t, queue(db, shop.owner, String(thread), { key: '5', template_name: name }), 'SCNTF', {
      field: 'template_name',
    });
  }
  // What a webhook says late is ignored, what is decided later counts.
  const decide = (status: string, at: string, reason: string | null = null) =>
    asWorker(db, (client) =>
      one(
        client,
        `select * from internal.record_template('whatsapp', $1, 'late', 'en', $2, null, $3, p_occurred_at => $4)`,
        [shop.account, status, reason, at],
      ),
    );
  t.match(await decide('rejected', '2026-03-02T00:00:00Z', 'INVALID_FORMAT'), { status: 'rejected' });
  t.match(await decide('approved', '2026-03-01T00:00:00Z'), { status: 'rejected' });
  t.match(await decide('approved', '2026-03-03T00:00:00Z'), { status: 'approved' });
});

t.test('staff begin a conversation with one call', async (t) => {
  const shop = await openShop(db);
  await approve(db, shop, 'hello');
  const { id: channel } = await staff(shop, 'select id from api.channel');
  const { id: customer } = await staff(
    shop,
    `insert into api.customer (display_name, phone_number) values ('New', '+2348030000009') returning id`,
  );
  const begin = (key: string, args: Args = { template_name: 'hello' }, who = customer) => {
    const [list, values] = named({ customer_id: who, channel_id: channel, idempotency_key: key, ...args });
    return staff(shop, `select * from api.begin_conversation(${list})`, values);
  };
  await refused(t, begin('0', { message: 'Hi' }), 'SCWIN');
  const first = await begin('1');
  t.match(await begin('1'), { id: first.id }, 'a repeat');
  const second = await begin('2');
  t.equal(second.thread_id, first.thread_id);
  t.match(await claim(db, shop.tenantId), [{ external_user_id: '2348030000009', template_name: 'hello' }]);
  t.match(await receive(shop, { external_user_id: '2348030000009' }), {
    customer_id: customer,
    thread_id: first.thread_id,
  });
  await db.installer.query(
    `update commerce.conversation_thread set status = 'closed', closed_at = now(), version = version where id = $1`,
    [first.thread_id],
  );
  const third = await begin('3');
  t.not(third.thread_id, first.thread_id);
  const { id: unknown } = await staff(
    shop,
    `insert into api.customer (display_name) values ('No number') returning id`,
  );
  await refused(t, begin('4', { template_name: 'hello' }, unknown), 'SCVAL', { field: 'customer_id' });
});

t.test('a person may answer longer than a bot where the channel has it', async (t) => {
  const shop = await openShop(db);
  await staff(shop, `select id from api.connect_channel('instagram', 'Insta', $1)`, [shop.account]);
  const { thread_id: thread } = await receive(shop, {
    channel_type: 'instagram',
    occurred_at: new Date(Date.now() - 2 * 86_400_000).toISOString(),
  });
  const { id: machine } = await one(
    db.installer,
    `insert into internal.session (tenant_id, role, permissions, expires_at)
     values ($1, 'commerce_worker', '{conversations.reply}', now() + interval '1 hour') returning id`,
    [shop.tenantId],
  );
  await refused(
    t,
    asRole(db.worker, 'commerce_worker', machine, (client) =>
      client.query(`select * from api.queue_message($1, 'bot', 'Hi')`, [thread]),
    ),
    'SCWIN',
  );
  const { id } = await queue(db, shop.owner, String(thread), { key: 'person' });
  t.match(await claim(db, shop.tenantId), [{ message_id: id, is_past_window: true }]);
});

t.test('labels have their events', async (t) => {
  const shop = await openShop(db);
  const { thread_id: thread } = await receive(shop);
  await staff(
    shop,
    `update api.conversation_thread set tags = '{vip,new}', version = 1 where id = $1 returning id`,
    [thread],
  );
  await staff(
    shop,
    `update api.conversation_thread set tags = '{vip,old}', version = 2 where id = $1 returning id`,
    [thread],
  );
  const { rows } = await db.installer.query(
    `select metadata from commerce.conversation_event where thread_id = $1 and event_type = 'tag_changed' order by id`,
    [thread],
  );
  t.strictSame(rows, [
    { metadata: { added: ['vip', 'new'], removed: [] } },
    { metadata: { added: ['old'], removed: ['new'] } },
  ]);
});

t.test("an order's timeline has its messages", async (t) => {
  const shop = await openShop(db);
  const { thread_id: thread } = await receive(shop);
  const { id: order } = await staff(shop, 'select id from api.start_order($1, null, null, $2)', [
    shop.sellerId,
    thread,
  ]);
  const { id } = await queue(db, shop.owner, String(thread), { key: 'k', order_id: order });
  await claim(db, shop.tenantId);
  await markSent(db, id, 'about');
  await receive(shop, { message: 'Great', reply_to_external_id: 'about' });
  const { rows } = await asMember(db, shop.owner, (client) =>
    client.query(`select detail from api.order_timeline($1) where kind = 'message' order by occurred_at`, [
      order,
    ]),
  );
  t.strictSame(rows, [{ detail: 'Good day' }, { detail: 'Great' }]);
});

t.test('the variables of a message are those of its template', async (t) => {
  const shop = await openShop(db);
  const { thread_id: thread } = await receive(shop);
  const template = (name: string, values: Args) => {
    const [list, given] = named({
      channel_type: 'whatsapp',
      external_account_id: shop.account,
      name,
      language: 'en',
      status: 'approved',
      ...values,
    });
    return asWorker(db, (client) => one(client, `select * from internal.record_template(${list})`, given));
  };
  await template('counted', { variable_count: 2 });
  await template('numbered', { body: 'Hello {{1}}, {{2}} and {{ 1 }}' });
  await template('named', { body: 'Hello {{name}}, your {{item}}' });
  await template('none', { body: 'Hello' });
  await template('untold', {});
  let n = 0;
  const send = (name: string, metadata: Args) => {
    n += 1;
    return queue(db, shop.owner, thread as string, {
      key: `template ${n}`,
      message: null,
      template_name: name,
      metadata,
    });
  };
  const field = { field: 'metadata.variables' };
  for (const name of ['counted', 'numbered']) {
    t.match(await send(name, { variables: ['a', 1] }), { message_type: 'template' });
    t.match(await send(name, { variables: { 1: 'a', 2: 'b' } }), { message_type: 'template' });
    for (const metadata of [{}, { variables: ['a'] }, { variables: ['a', 'b', 'c'] }, { variables: 'ab' }]) {
      await refused(t, send(name, metadata), 'SCVAL', field);
    }
    await refused(t, send(name, { variables: ['a', null] }), 'SCVAL', field);
    await refused(t, send(name, { variables: ['a', { b: 1 }] }), 'SCVAL', field);
  }
  await send('named', { variables: { item: 'dress', name: 'Ngozi' } });
  await refused(t, send('named', { variables: { item: 'dress', nme: 'Ngozi' } }), 'SCVAL', field);
  await refused(t, send('named', { variables: { name: 'Ngozi' } }), 'SCVAL', field);
  await send('none', {});
  await refused(t, send('none', { variables: ['a'] }), 'SCVAL', field);
  await send('untold', {});
  await send('untold', { variables: ['a', 'b', 'c'] });
});

t.test('the inbox shows of the latest message what it is and how far it has come', async (t) => {
  const shop = await openShop(db);
  const { thread_id: thread } = await receive(shop, {
    message: '',
    message_type: 'image',
    attachments: JSON.stringify([{ file_type: 'image', external_media_id: 'm' }]),
  });
  const inbox = () => staff(shop, 'select * from api.conversation_inbox where id = $1', [thread]);
  t.match(await inbox(), {
    last_message_type: 'image',
    last_message: '',
    last_message_sender_type: 'customer',
    last_message_status: 'received',
  });
  await queue(db, shop.owner, thread as string, { key: 'a' });
  t.match(await inbox(), {
    last_message_type: 'text',
    last_message_sender_type: 'merchant',
    last_message_status: 'queued',
  });
});

t.test('numbers of other countries stay as they are', async (t) => {
  // Chile's 9 belongs to the number; Uruguay, Paraguay, Bolivia and Colombia have no other form either. A 9 or a 1 in the
  // same place means another person.
  for (const [one, two] of [
    ['56912345678', '5612345678'],
    ['59899123456', '5989123456'],
    ['595991123456', '59591123456'],
    ['5491123456789', '5511987654321'],
    ['573001234567', '5713001234567'],
    ['447911123456', '44911123456'],
  ]) {
    const shop = await openShop(db);
    const first = await receive(shop, { external_user_id: one });
    t.not((await receive(shop, { external_user_id: two })).customer_id, first.customer_id, `${one}, ${two}`);
  }
});

t.test('history that comes first is followed by the live thread in the same place', async (t) => {
  const shop = await openShop(db);
  const old = await receive(shop, { is_history: true, occurred_at: '2025-01-01T00:00:00Z' });
  t.match(await threadOf(old.thread_id), { status: 'closed', unread_count: 0, reply_window_ends_at: null });
  await refused(t, queue(db, shop.owner, String(old.thread_id), { key: 'k' }), 'SCTRN');
  const live = await receive(shop);
  t.equal(live.thread_id, old.thread_id);
  t.match(await threadOf(live.thread_id), { status: 'open', unread_count: 1, closed_at: null });
  const { rows } = await db.installer.query<{ event_type: string }>(
    'select event_type from commerce.conversation_event where thread_id = $1 order by created_at, event_type',
    [live.thread_id],
  );
  t.strictSame(
    rows.map(({ event_type: type }) => type),
    ['message_received', 'conversation_started', 'message_received'],
  );

  // A thread that was open and was closed by staff stays closed.
  const { version } = await threadOf(live.thread_id);
  await staff(shop, `select id from api.set_thread_status($1, 'closed', $2)`, [live.thread_id, version]);
  await receive(shop, { is_history: true, occurred_at: '2025-01-02T00:00:00Z' });
  t.not((await receive(shop)).thread_id, live.thread_id);
  await refused(
    t,
    staff(shop, `select id from api.set_thread_status($1, 'open', $2)`, [
      live.thread_id,
      (await threadOf(live.thread_id)).version,
    ]),
    'SCTRN',
  );
});

t.test(
  'a message that the channel carries only in part, or not at all, is refused when it is queued',
  async (t) => {
    const file = (file_type: string) => ({ file_type, url: `https://files.example/${file_type}` });
    const place = { file_type: 'location', latitude: 6.5, longitude: 3.4 };
    const shop = await openShop(db);
    const threads = new Map<string, unknown>();
    for (const type of ['instagram', 'facebook_messenger', 'email', 'telegram']) {
      await staff(shop, 'select id from api.connect_channel($1, $1, $2)', [
        type,
        `${shop.account}@shop.example`,
      ]);
      const account = { channel_type: type, external_account_id: `${shop.account}@shop.example` };
      threads.set(
        type,
        (await receive(shop, { ...account, external_user_id: 'ann@home.example' })).thread_id,
      );
    }
    threads.set('whatsapp', (await receive(shop)).thread_id);
    let n = 0;
    const send = (type: string, args: Args) => {
      n += 1;
      const { attachments = [], ...rest } = args;
      return queue(db, shop.owner, String(threads.get(type)), {
        key: `carried ${n}`,
        message: '',
        attachments: JSON.stringify(attachments),
        ...rest,
      });
    };
    for (const [type, args, field] of [
      ['instagram', { attachments: [file('image')], message: 'This one' }, 'message'],
      ['instagram', { attachments: [{ ...file('image'), caption: 'This one' }] }, 'message'],
      ['facebook_messenger', { attachments: [file('image'), file('image')] }, 'attachments'],
      ['facebook_messenger', { attachments: [place] }, 'message_type'],
      ['instagram', { message_type: 'contact', metadata: { contacts: [] } }, 'message_type'],
      ['whatsapp', { attachments: [file('image'), file('image')] }, 'attachments'],
      ['whatsapp', { attachments: [file('audio')], message: 'Listen' }, 'message'],
      ['whatsapp', { attachments: [file('image')], message_type: 'text' }, 'message_type'],
      ['whatsapp', { message_type: 'order', metadata: { order: {} } }, 'message_type'],
      ['email', { attachments: [place] }, 'message_type'],
    ] as [string, Args, string][]) {
      await refused(t, send(type, args), 'SCVAL', { field });
    }
    for (const [type, args] of [
      ['instagram', { attachments: [file('image')] }],
      ['facebook_messenger', { message: 'This one' }],
      ['whatsapp', { attachments: [file('image')], message: 'This one' }],
      ['whatsapp', { attachments: [place] }],
      ['whatsapp', { message_type: 'interactive', metadata: { interactive: {} } }],
      ['email', { attachments: [file('image'), file('document')], message: 'These' }],
      ['telegram', { attachments: [place, file('image')], message: 'These' }],
    ] as [string, Args][]) {
      t.match(await send(type, args), { delivery_status: 'queued' });
    }
  },
);
