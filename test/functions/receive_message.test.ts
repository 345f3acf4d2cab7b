import pg from 'pg';
import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asMember, asRole, asWorker } from '../support/session.ts';
import { one, openShop, refused, type Shop } from './shop.ts';

const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db);

type Received = {
  tenant_id: string;
  message_id: string;
  thread_id: string;
  customer_id: string;
  is_new: boolean;
};

type Message = {
  account?: string;
  sender: string;
  id: string;
  text?: string | null;
  type?: string | null;
  at?: string | null;
  name?: string | null;
  metadata?: unknown;
};

const receive = 'select * from internal.receive_message($1, $2, $3, $4, $5, $6, $7, $8, $9)';

function values(channel: string | null, { account = shop.account, sender, id, ...rest }: Message): unknown[] {
  const { text = 'Hello', type = 'text', at = '2026-01-05T10:00:00Z', name = null, metadata = {} } = rest;
  return [
    channel,
    account,
    sender,
    id,
    text,
    type,
    at,
    name,
    metadata === null ? null : JSON.stringify(metadata),
  ];
}

const deliver = (message: Message, channel: string | null = 'whatsapp'): Promise<Received> =>
  asWorker(db, (client) => one<Received>(client, receive, values(channel, message)));

/** What there is of a shop, as its staff see it. */
async function counts(shop: Shop): Promise<Record<string, number>> {
  return asMember(db, shop.owner, (client) =>
    one<Record<string, number>>(
      client,
      `select (select count(*)::integer from api.customer) as customers,
              (select count(*)::integer from api.customer_identity) as identities,
              (select count(*)::integer from api.conversation_thread) as threads,
              (select count(*)::integer from api.conversation_history) as messages,
              (select count(*)::integer from api.conversation_event where event_type = 'message_received') as received,
              (select count(*)::integer from api.conversation_event where event_type = 'conversation_started') as started`,
    ),
  );
}

t.test('a first message makes the customer, the thread, the message and its events', async (t) => {
  const first = await deliver({ sender: '2348030000001', id: 'm1', text: 'Is it there?', name: ' Ngozi ' });
  t.equal(first.tenant_id, shop.tenantId);
  t.equal(first.is_new, true);
  await asMember(db, shop.owner, async (client) => {
    t.match(await one(client, 'select * from api.customer where id = $1', [first.customer_id]), {
      display_name: 'Ngozi',
      phone_number: '+2348030000001',
    });
    t.match(
      await one(client, 'select * from api.customer_identity where customer_id = $1', [first.customer_id]),
      {
        external_user_id: '2348030000001',
        profile_name: 'Ngozi',
        last_seen_at: Date,
      },
    );
    const thread = await one(client, 'select * from api.conversation_thread where id = $1', [
      first.thread_id,
    ]);
    t.match(thread, { status: 'open', unread_count: 1 });
    t.strictSame(
      [thread.last_inbound_at, thread.reply_window_ends_at],
      [new Date('2026-01-05T10:00:00Z'), new Date('2026-01-06T10:00:00Z')],
    );
    t.match(await one(client, 'select * from api.conversation_history where id = $1', [first.message_id]), {
      message: 'Is it there?',
      direction: 'inbound',
      sender_type: 'customer',
      delivery_status: 'received',
      external_message_id: 'm1',
    });
    const { rows } = await client.query(
      'select event_type from api.conversation_event where conversation_id = $1 order by event_type',
      [first.message_id],
    );
    t.strictSame(rows, [{ event_type: 'conversation_started' }, { event_type: 'message_received' }]);
  });

  const before = await counts(shop);
  t.match(await deliver({ sender: '2348030000001', id: 'm1', text: 'Forged', name: 'Someone else' }), {
    ...first,
    is_new: false,
  });
  t.strictSame(await counts(shop), before, 'a second delivery changes nothing');

  const second = await deliver({ sender: '2348030000001', id: 'm2', type: 'image', text: null });
  t.match(second, { customer_id: first.customer_id, thread_id: first.thread_id, is_new: true });
  t.strictSame(await counts(shop), { ...before, messages: 2, received: 2 });
});

t.test('the same webhook 50 times at once is one message', async (t) => {
  const busy = await openShop(db);
  const workers = new pg.Pool({ connectionString: db.urls.DATABASE_WORKER_URL, max: 50 });
  t.teardown(() => workers.end());
  const all = await Promise.all(
    Array.from({ length: 50 }, () =>
      asRole(workers, 'commerce_worker', '', (client) =>
        one<Received>(
          client,
          receive,
          values('whatsapp', { account: busy.account, sender: '254712000001', id: 'same' }),
        ),
      ),
    ),
  );
  t.equal(new Set(all.map(({ message_id }) => message_id)).size, 1);
  t.equal(all.filter(({ is_new }) => is_new).length, 1);
  t.strictSame(await counts(busy), {
    customers: 1,
    identities: 1,
    threads: 1,
    messages: 1,
    received: 1,
    started: 1,
  });
});

t.test('50 first messages of one sender at once find one customer and one thread', async (t) => {
  const busy = await openShop(db);
  const workers = new pg.Pool({ connectionString: db.urls.DATABASE_WORKER_URL, max: 50 });
  t.teardown(() => workers.end());
  await Promise.all(
    Array.from({ length: 50 }, (_, i) =>
      asRole(workers, 'commerce_worker', '', (client) =>
        one(
          client,
          receive,
          values('whatsapp', { account: busy.account, sender: '254712000001', id: `m${i}` }),
        ),
      ),
    ),
  );
  t.strictSame(await counts(busy), {
    customers: 1,
    identities: 1,
    threads: 1,
    messages: 50,
    received: 50,
    started: 1,
  });
  t.match(await asMember(db, busy.owner, (client) => one(client, 'select * from api.conversation_thread')), {
    unread_count: 50,
    version: 1,
  });
});

t.test('a proven number finds the customer that staff know', async (t) => {
  const { id } = await one(
    db.installer,
    `insert into commerce.customer (tenant_id, display_name, phone_number) values ($1, 'Known', '+2348030000002') returning id`,
    [shop.tenantId],
  );
  await asMember(db, shop.owner, (client) =>
    client.query(`select api.connect_channel('sms', 'SMS', 'sms-1', 'twilio')`),
  );
  t.match(await deliver({ sender: '2348030000002', id: 'p1' }), { customer_id: id });
  t.match(await deliver({ account: 'sms-1', sender: '+2348030000002', id: 'p2' }, 'sms'), {
    customer_id: id,
  });

  const handle = await deliver({ sender: 'not-a-number', id: 'p3' });
  t.match(
    await asMember(db, shop.owner, (client) =>
      one(client, 'select * from api.customer where id = $1', [handle.customer_id]),
    ),
    { phone_number: null },
  );
});

t.test('a waiting thread is reopened, a closed one is followed by another', async (t) => {
  const first = await deliver({ sender: 'returning', id: 'r1' });
  const setStatus = (id: string, change: string) =>
    db.installer.query(`update commerce.conversation_thread set ${change}, version = version where id = $1`, [
      id,
    ]);
  await setStatus(first.thread_id, `status = 'resolved'`);
  t.match(await deliver({ sender: 'returning', id: 'r2' }), { thread_id: first.thread_id });
  await asMember(db, shop.owner, async (client) => {
    t.match(
      await one(client, 'select status from api.conversation_thread where id = $1', [first.thread_id]),
      {
        status: 'open',
      },
    );
    t.match(
      await one(
        client,
        `select metadata from api.conversation_event where thread_id = $1 and event_type = 'conversation_reopened'`,
        [first.thread_id],
      ),
      { metadata: { from: 'resolved' } },
    );
  });

  await setStatus(first.thread_id, `status = 'closed', closed_at = now()`);
  const next = await deliver({ sender: 'returning', id: 'r3' });
  t.equal(next.customer_id, first.customer_id);
  t.not(next.thread_id, first.thread_id);
  t.match(await deliver({ sender: 'returning', id: 'r1' }), { thread_id: first.thread_id, is_new: false });
});

t.test('a deleted customer who writes again is a new one', async (t) => {
  const first = await deliver({ sender: '2348030000003', id: 'd1' });
  await db.installer.query(
    `update commerce.conversation_thread set status = 'closed', closed_at = now(), version = version where id = $1`,
    [first.thread_id],
  );
  await asMember(db, shop.owner, (client) =>
    client.query('delete from api.customer where id = $1', [first.customer_id]),
  );
  const next = await deliver({ sender: '2348030000003', id: 'd2' });
  t.not(next.customer_id, first.customer_id);
  t.match(await deliver({ sender: '2348030000003', id: 'd3' }), { customer_id: next.customer_id });
});

t.test('a clock that runs ahead does not prolong the reply window', async (t) => {
  const { thread_id: id } = await deliver({ sender: 'early', id: 'e1', at: '2999-01-01T00:00:00Z' });
  const { ahead } = await one<{ ahead: boolean }>(
    db.installer,
    'select last_inbound_at > now() as ahead from commerce.conversation_thread where id = $1',
    [id],
  );
  t.equal(ahead, false);
});

t.test('what is refused', async (t) => {
  const before = await counts(shop);
  const good = { sender: 's', id: 'x1' };
  for (const [message, field] of [
    [{ ...good, sender: '' }, 'external_user_id'],
    [{ ...good, sender: 'x'.repeat(256) }, 'external_user_id'],
    [{ ...good, id: ' ' }, 'external_message_id'],
    [{ ...good, id: 'x'.repeat(256) }, 'external_message_id'],
    [{ ...good, type: null }, 'message_type'],
    [{ ...good, text: '' }, 'message'],
    [{ ...good, text: null }, 'message'],
    [{ ...good, text: 'é'.repeat(32_769) }, 'message'],
    [{ ...good, type: 'image', text: 'x'.repeat(65_537) }, 'message'],
    [{ ...good, at: 'infinity' }, 'occurred_at'],
    [{ ...good, at: null }, 'occurred_at'],
    [{ ...good, metadata: [] }, 'metadata'],
    [{ ...good, metadata: null }, 'metadata'],
  ] as [Message, string][]) {
    await refused(t, deliver(message), 'SCVAL', { field });
  }
  await refused(t, deliver({ ...good, account: 'nobody' }), 'SCNTF', { field: 'external_account_id' });
  await refused(t, deliver(good, 'telegram'), 'SCNTF', { field: 'external_account_id' });
  await refused(t, deliver(good, null), 'SCNTF', { field: 'external_account_id' });
  await refused(t, deliver({ ...good, account: shop.account.toUpperCase() }), 'SCNTF');
  t.strictSame(await counts(shop), before);
  t.equal((await deliver({ ...good, text: 'é'.repeat(32_768) })).is_new, true, '64 KiB is not too long');

  const other = await openShop(db);
  await refused(
    t,
    asWorker(db, async (client) => {
      await client.query(receive, values('whatsapp', { ...good, id: 'x2' }));
      await client.query(receive, values('whatsapp', { ...good, id: 'x3', account: other.account }));
    }),
    'SCCTX',
  );
  await db.installer.query(
    `update commerce.tenant set status = 'suspended', version = version where id = $1`,
    [other.tenantId],
  );
  await refused(t, deliver({ ...good, account: other.account }), 'SCTEN');
  for (const role of ['commerce_member', 'commerce_buyer', 'commerce_anonymous'] as const) {
    await refused(
      t,
      asRole(db.api, role, '', (client) => client.query(receive, values('whatsapp', good))),
      '42501',
    );
  }
});
