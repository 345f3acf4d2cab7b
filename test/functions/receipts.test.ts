import pg from 'pg';
import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asMember, asRole, asWorker } from '../support/session.ts';
import { claim, markSent, queue, tenantOf } from './chat.ts';
import { addChatCustomer, one, openShop, type Row, refused } from './shop.ts';

/** What providers tell of messages that were sent, in every order that webhooks know. */
const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db);
const other = await openShop(db);
const { threadId } = await addChatCustomer(db, shop, '2348030000001');

type Receipt = {
  at?: string | null;
  code?: string | null;
  text?: string | null;
  account?: string;
  channel?: string;
};
type Recorded = { tenant_id: string; message_id: string | null; delivery_status: string | null };

const recordSql = 'select * from internal.record_receipt($1, $2, $3, $4, $5, $6, $7)';
const values = (
  externalId: string | null,
  status: string | null,
  {
    at = '2026-03-01T10:00:00Z',
    code = null,
    text = null,
    account = shop.account,
    channel = 'whatsapp',
  }: Receipt = {},
) => [channel, account, externalId, status, at, code, text];
const record = (externalId: string | null, status: string | null, receipt?: Receipt): Promise<Recorded> =>
  asWorker(db, (client) => one<Recorded>(client, recordSql, values(externalId, status, receipt)));
const markFailed = (messageId: string | null, code: string | null, text: string | null = null) =>
  asWorker(
    db,
    async (client) =>
      (
        await one<{ status: string }>(client, 'select internal.mark_failed($1, $2, $3, $4) as status', [
          await tenantOf(db, messageId),
          messageId,
          code,
          text,
        ])
      ).status,
  );

let messages = 0;
/** A queued message, and the id that the provider will give it. */
async function queued(): Promise<{ id: string; externalId: string }> {
  messages += 1;
  const { id } = await queue(db, shop.owner, threadId, { key: `key ${messages}` });
  return { id, externalId: `out.${messages}` };
}
async function sent(): Promise<{ id: string; externalId: string }> {
  const message = await queued();
  await markSent(db, message.id, message.externalId);
  return message;
}
const stored = (id: string): Promise<Row> =>
  one(db.installer, 'select * from commerce.conversation_history where id = $1', [id]);
const eventsOf = async (id: string): Promise<string[]> =>
  (
    await db.installer.query<{ type: string }>(
      'select event_type as type from commerce.conversation_event where conversation_id = $1 order by id',
      [id],
    )
  ).rows.map(({ type }) => type);
const pending = async (externalId: string): Promise<number> =>
  (
    await db.installer.query('select from internal.pending_receipt where external_message_id = $1', [
      externalId,
    ])
  ).rowCount ?? 0;

t.test('a message is sent, delivered and read, with an event each', async (t) => {
  const { id, externalId } = await queued();
  t.match(await claim(db, shop.tenantId), [{ message_id: id }]);
  t.equal(await markSent(db, id, externalId), 'sent');
  t.strictSame(await record(externalId, 'delivered'), {
    tenant_id: shop.tenantId,
    message_id: id,
    delivery_status: 'delivered',
  });
  t.match(await record(externalId, 'read', { at: '2026-03-01T11:00:00Z' }), { delivery_status: 'read' });
  const message = await stored(id);
  t.match(message, {
    delivery_status: 'read',
    external_message_id: externalId,
    sent_at: Date,
    failed_at: null,
  });
  t.strictSame(
    [message.delivered_at, message.read_at],
    [new Date('2026-03-01T10:00:00Z'), new Date('2026-03-01T11:00:00Z')],
  );
  t.strictSame(await eventsOf(id), ['message_sent', 'message_delivered', 'message_read']);
});

t.test('every pair of ranks, by receipts', async (t) => {
  /** How a message comes to be where the pair begins. */
  const reach: Record<string, () => Promise<{ id: string; externalId: string }>> = {
    sent,
    delivered: async () => {
      const message = await sent();
      await record(message.externalId, 'delivered');
      return message;
    },
    read: async () => {
      const message = await sent();
      await record(message.externalId, 'read');
      return message;
    },
    failed: async () => {
      const message = await sent();
      await record(message.externalId, 'failed', { code: '131047' });
      return message;
    },
  };
  const result: Record<string, Record<string, string>> = {
    sent: { sent: 'sent', delivered: 'delivered', read: 'read', failed: 'failed' },
    delivered: { sent: 'delivered', delivered: 'delivered', read: 'read', failed: 'delivered' },
    read: { sent: 'read', delivered: 'read', read: 'read', failed: 'read' },
    failed: { sent: 'failed', delivered: 'delivered', read: 'read', failed: 'failed' },
  };
  for (const [from, outcomes] of Object.entries(result)) {
    for (const [to, expected] of Object.entries(outcomes)) {
      const { id, externalId } = await (reach[from] as () => ReturnType<typeof sent>)();
      const events = await eventsOf(id);
      const before = await stored(id);
      const receipt = { at: '2026-03-02T10:00:00Z', code: 'later', text: 'words' };
      t.match(await record(externalId, to, receipt), { delivery_status: expected }, `${from} → ${to}`);
      const after = await stored(id);
      t.equal(after.delivery_status, expected, `${from} → ${to} is kept`);
      t.equal(
        (await eventsOf(id)).length,
        events.length + (expected === from ? 0 : 1),
        'an event for a step',
      );
      if (expected === from) {
        for (const column of ['failed_at', 'error_code', 'error_message']) {
          t.strictSame(after[column], before[column], `${column} of what happened first`);
        }
      }
    }
  }
});

t.test('every pair of ranks, for every writer of the row', async (t) => {
  const ranks = ['received', 'queued', 'sent', 'delivered', 'read', 'failed', 'cancelled'];
  const steps: Record<string, string[]> = {
    queued: ['sent', 'delivered', 'read', 'failed', 'cancelled'],
    sent: ['delivered', 'read', 'failed'],
    delivered: ['read'],
    failed: ['queued', 'delivered', 'read'],
    cancelled: ['sent', 'delivered', 'read'],
  };
  for (const from of ranks) {
    for (const to of ranks) {
      const client = await db.installer.connect();
      try {
        await client.query('begin');
        const { id } = await one(
          client,
          `insert into commerce.conversation_history (tenant_id, thread_id, channel_id, customer_id, direction, sender_type, delivery_status, failed_at)
           select tenant_id, id, channel_id, customer_id, case when $2 = 'received' then 'inbound' else 'outbound' end,
                  case when $2 = 'received' then 'customer' else 'bot' end, $2, case when $2 = 'failed' then now() end
             from commerce.conversation_thread where id = $1 returning id`,
          [threadId, from],
        );
        const { delivery_status: status } = await one(
          client,
          'update commerce.conversation_history set delivery_status = $2, failed_at = now() where id = $1 returning delivery_status',
          [id, to],
        );
        t.equal(status, steps[from]?.includes(to) ? to : from, `${from} → ${to}`);
      } finally {
        await client.query('rollback');
        client.release();
      }
    }
  }
});

t.test('receipts before the id is known, out of order and doubled, are applied when it is', async (t) => {
  for (const [statuses, expected] of [
    [['delivered'], 'delivered'],
    [['read', 'delivered', 'sent'], 'read'],
    [['failed', 'delivered'], 'delivered'],
    [['delivered', 'failed'], 'delivered'],
    [['delivered', 'delivered', 'delivered'], 'delivered'],
    [['failed'], 'failed'],
    [['sent'], 'sent'],
  ] as [string[], string][]) {
    const { id, externalId } = await queued();
    for (const status of statuses) {
      t.strictSame(await record(externalId, status, { code: status === 'failed' ? '131026' : null }), {
        tenant_id: shop.tenantId,
        message_id: null,
        delivery_status: null,
      });
    }
    t.equal(await pending(externalId), new Set(statuses).size, 'kept once each');
    t.match(await stored(id), { delivery_status: 'queued' });
    t.equal(await markSent(db, id, externalId), expected, statuses.join(', '));
    t.equal(await pending(externalId), 0, 'and then forgotten');
    const message = await stored(id);
    t.equal(message.delivery_status, expected);
    t.equal(message.error_code, statuses[0] === 'failed' ? '131026' : null);
    if (statuses.includes('delivered')) t.strictSame(message.delivered_at, new Date('2026-03-01T10:00:00Z'));
  }
});

t.test('the sender and a hundred receipts at once', async (t) => {
  const pool = new pg.Pool({ connectionString: db.urls.DATABASE_WORKER_URL, max: 20 });
  t.teardown(() => pool.end());
  for (let round = 0; round < 20; round++) {
    const { id, externalId } = await queued();
    const work = (sql: string, args: unknown[]) =>
      asRole(pool, 'commerce_worker', '', (client) => client.query(sql, args));
    const receipts = ['delivered', 'read', 'sent', 'failed', 'delivered'].map((status) =>
      work(recordSql, values(externalId, status)),
    );
    await Promise.all([
      ...receipts.slice(0, 2),
      work('select internal.mark_sent($1, $2, $3)', [shop.tenantId, id, externalId]),
      work('select internal.mark_sent($1, $2, $3)', [shop.tenantId, id, externalId]),
      ...receipts.slice(2),
    ]);
    t.match(await stored(id), { delivery_status: 'read', delivered_at: Date, sent_at: Date });
    t.equal(await pending(externalId), 0, 'no receipt is left behind');
    const events = await eventsOf(id);
    t.equal(new Set(events).size, events.length, 'no event twice');
  }
});

t.test('a message that the provider refuses', async (t) => {
  const { id } = await queued();
  await claim(db, shop.tenantId);
  t.equal(await markFailed(id, '131030', 'Recipient not in allowed list'), 'failed');
  t.match(await stored(id), {
    delivery_status: 'failed',
    failed_at: Date,
    error_code: '131030',
    error_message: 'Recipient not in allowed list',
    external_message_id: null,
  });
  t.strictSame(await eventsOf(id), ['message_failed']);
  t.equal(await markFailed(id, 'again'), 'failed');
  t.match(await stored(id), { error_code: '131030' }, 'the first failure is the one that counts');
  t.notOk(
    (await claim(db, shop.tenantId)).some(({ message_id }) => message_id === id),
    'it is not sent again',
  );

  const late = await queued();
  await markFailed(late.id, 'timeout');
  t.equal(await markSent(db, late.id, late.externalId), 'failed', 'sent is no step up from failed');
  t.match(await record(late.externalId, 'delivered'), { delivery_status: 'delivered' }, 'but delivered is');

  const delivered = await sent();
  await record(delivered.externalId, 'delivered');
  t.equal(await markFailed(delivered.id, 'late'), 'delivered');
});

t.test('the provider and the sender may repeat themselves, not contradict', async (t) => {
  const first = await sent();
  const second = await queued();
  t.equal(await markSent(db, first.id, first.externalId), 'sent');
  t.strictSame(await eventsOf(first.id), ['message_sent']);
  await refused(t, markSent(db, first.id, 'out.another'), 'SCDUP', { field: 'external_message_id' });
  await refused(t, markSent(db, second.id, first.externalId), 'SCDUP', { field: 'external_message_id' });
  t.match(await stored(second.id), { delivery_status: 'queued', external_message_id: null });
  await refused(t, markSent(db, second.id, 'wamid.2348030000001'), 'SCDUP', { field: 'external_message_id' });

  const outcomes = await Promise.allSettled(
    [first, second].map(async ({ id }) => markSent(db, id, 'out.same')),
  );
  t.match(outcomes[0], { status: 'rejected', reason: { code: 'SCDUP' } });
  t.match(outcomes[1], { status: 'fulfilled', value: 'sent' });
});

t.test('a receipt speaks of its account only, and never of a message that came in', async (t) => {
  const { externalId, id } = await sent();
  t.match(await record(externalId, 'read', { account: other.account }), {
    tenant_id: other.tenantId,
    message_id: null,
  });
  t.match(await stored(id), { delivery_status: 'sent' });
  t.match(await record('wamid.2348030000001', 'failed'), { message_id: null });
  t.match(
    await one(
      db.installer,
      `select delivery_status, failed_at from commerce.conversation_history where external_message_id = 'wamid.2348030000001' and tenant_id = $1`,
      [shop.tenantId],
    ),
    { delivery_status: 'received', failed_at: null },
  );
  await db.installer.query(
    `update commerce.tenant set status = 'suspended', version = version where id = $1`,
    [shop.tenantId],
  );
  t.match(
    await record(externalId, 'delivered'),
    { delivery_status: 'delivered' },
    'also while it is suspended',
  );
  await db.installer.query(`update commerce.tenant set status = 'active', version = version where id = $1`, [
    shop.tenantId,
  ]);
});

t.test('receipts of messages that were never ours stay few, and are forgotten', async (t) => {
  const mine = await queued();
  await asWorker(db, (client) =>
    client.query(
      `select from generate_series(1, 600) as n, internal.record_receipt('whatsapp', $1, 'stranger ' || n, 'delivered')`,
      [other.account],
    ),
  );
  await record(mine.externalId, 'read');
  for (let n = 0; n < 3; n++) {
    await asWorker(db, (client) =>
      client.query(
        `select from generate_series(1, 300) as n, internal.record_receipt('whatsapp', $1, $2 || n, 'delivered')`,
        [other.account, `batch ${n} `],
      ),
    );
  }
  await record('the last', 'delivered', { account: other.account });
  const { rows } = await db.installer.query<{ id: string }>(
    'select external_message_id as id from internal.pending_receipt where tenant_id = $1',
    [other.tenantId],
  );
  t.equal(rows.length, 1000, 'a channel keeps a thousand');
  t.equal(rows.filter(({ id }) => id.startsWith('stranger')).length, 99, 'the oldest go first');
  t.ok(rows.some(({ id }) => id === 'the last'));
  t.equal(await pending(mine.externalId), 1, "other channels' are not touched");

  const purge = (batch: unknown) =>
    asWorker(db, (client) =>
      one<{ n: number }>(client, 'select internal.purge_pending_receipts($1) as n', [batch]),
    );
  t.match(await purge(1000), { n: 0 });
  await db.installer.query(
    `update internal.pending_receipt set received_at = now() - interval '25 hours' where tenant_id = $1`,
    [other.tenantId],
  );
  t.match(await purge(10), { n: 10 }, 'at most a batch');
  t.equal((await purge(100_000)).n, rows.length - 10);
  t.equal(await pending(mine.externalId), 1);
  for (const batch of [0, 100_001, null]) await refused(t, purge(batch), 'SCVAL', { field: 'batch' });
});

t.test('receipts that wait keep no channel from being purged', async (t) => {
  const { id } = await asMember(db, shop.owner, (client) =>
    one(client, `select * from api.connect_channel('sms', 'SMS', '20880', 'twilio')`),
  );
  await record('early', 'delivered', { channel: 'sms', account: '20880' });
  await asMember(db, shop.owner, (client) => client.query('delete from api.channel where id = $1', [id]));
  t.match(
    await asWorker(db, (client) =>
      one(client, `select * from internal.purge_deleted($1, '0')`, [shop.tenantId]),
    ),
    { removed: 1 },
  );
  t.equal(await pending('early'), 0);
  await refused(t, record('early', 'read', { channel: 'sms', account: '20880' }), 'SCNTF');
});

t.test('what is refused', async (t) => {
  const { id, externalId } = await sent();
  for (const [work, field] of [
    [() => record('', 'read'), 'external_message_id'],
    [() => record(null, 'read'), 'external_message_id'],
    [() => record('x'.repeat(256), 'read'), 'external_message_id'],
    [() => record(externalId, 'seen'), 'status'],
    [() => record(externalId, 'queued'), 'status'],
    [() => record(externalId, 'received'), 'status'],
    [() => record(externalId, null), 'status'],
    [() => record(externalId, 'read', { at: null }), 'occurred_at'],
    [() => record(externalId, 'read', { at: 'infinity' }), 'occurred_at'],
    [() => record(externalId, 'read', { at: '-infinity' }), 'occurred_at'],
    [() => record(externalId, 'read', { at: '1969-12-31T23:59:59Z' }), 'occurred_at'],
    [() => record(externalId, 'failed', { code: 'x'.repeat(256) }), 'error_code'],
    [() => record(externalId, 'failed', { text: 'x'.repeat(65_537) }), 'error_message'],
    [() => markSent(db, id, ''), 'external_message_id'],
    [() => markSent(db, id, null), 'external_message_id'],
    [() => markSent(db, id, 'x'.repeat(256)), 'external_message_id'],
    [() => markFailed(id, null), 'error_code'],
    [() => markFailed(id, ''), 'error_code'],
    [() => markFailed(id, 'x'.repeat(256)), 'error_code'],
    [() => markFailed(id, 'x', 'é'.repeat(32_769)), 'error_message'],
  ] as [() => Promise<unknown>, string][]) {
    await refused(t, work(), 'SCVAL', { field });
  }
  await refused(
    t,
    asWorker(db, (client) =>
      client.query(`select internal.mark_sent($1, $2, 'x', 'infinity')`, [shop.tenantId, id]),
    ),
    'SCVAL',
    { field: 'sent_at' },
  );
  t.match(await stored(id), { delivery_status: 'sent' });

  for (const at of ['2999-01-01T00:00:00Z', '9999-01-01T00:00:00Z']) {
    const message = await sent();
    await record(message.externalId, 'read', { at });
    const { ahead } = await one(
      db.installer,
      'select read_at > now() as ahead from commerce.conversation_history where id = $1',
      [message.id],
    );
    t.equal(ahead, false, 'a clock that runs ahead');
  }

  for (const account of ['nobody', '', 'x'.repeat(100_000)]) {
    await refused(t, record(externalId, 'read', { account }), 'SCNTF', { field: 'external_account_id' });
  }
  await refused(t, record(externalId, 'read', { channel: 'telegram' }), 'SCNTF');
  const { messageId: inbound } = await addChatCustomer(db, shop, 'inbound');
  for (const message of [inbound, threadId, null]) {
    await refused(t, markSent(db, message, 'x'), 'SCNTF', { field: 'message_id' });
    await refused(t, markFailed(message, 'x'), 'SCNTF', { field: 'message_id' });
  }
  for (const call of [
    `internal.record_receipt('whatsapp', 'x', 'y', 'read')`,
    `internal.mark_sent('${shop.tenantId}', '${id}', 'x')`,
    `internal.mark_failed('${shop.tenantId}', '${id}', 'x')`,
    `internal.apply_receipt('${id}', 'read', now())`,
    'internal.purge_pending_receipts()',
  ]) {
    await refused(
      t,
      asMember(db, shop.owner, (client) => client.query(`select ${call}`)),
      '42501',
    );
  }
  await refused(
    t,
    asWorker(db, (client) => client.query(`select internal.apply_receipt($1, 'read', now())`, [id])),
    '42501',
  );
});
