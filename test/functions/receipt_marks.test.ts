import pg from 'pg';
import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asMember, asRole, asWorker } from '../support/session.ts';
import { claim, markSent, queue } from './chat.ts';
import { addChatCustomer, one, openShop, type Row, refused } from './shop.ts';

/** A provider that says that all up to a time was delivered or read, as Messenger does. */
const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db);
const other = await openShop(db);
const { threadId } = await addChatCustomer(db, shop, '2348030000001');
const { threadId: second } = await addChatCustomer(db, shop, '2348030000002');

const sql = 'select * from internal.record_receipts($1, $2, $3, $4, $5, $6)';
type Mark = { person?: string | null; account?: string; channel?: string; at?: string | null };
const values = (status: string | null, until: unknown, mark: Mark = {}) => [
  mark.channel ?? 'whatsapp',
  mark.account ?? shop.account,
  mark.person === undefined ? '2348030000001' : mark.person,
  status,
  until,
  mark.at === undefined ? '2026-03-01T12:00:00Z' : mark.at,
];
const record = (status: string | null, until: unknown, mark?: Mark): Promise<Row> =>
  asWorker(db, (client) => one(client, sql, values(status, until, mark)));
const receipt = (externalId: string, status: string, at: string) =>
  asWorker(db, (client) =>
    client.query(`select internal.record_receipt('whatsapp', $1, $2, $3, $4)`, [
      shop.account,
      externalId,
      status,
      at,
    ]),
  );
const markSentAt = (id: string, externalId: string, at: string) =>
  asWorker(db, (client) =>
    client.query('select internal.mark_sent($1, $2, $3, $4)', [shop.tenantId, id, externalId, at]),
  );
const statusOf = async (id: string): Promise<unknown> =>
  (await one(db.installer, 'select delivery_status from commerce.conversation_history where id = $1', [id]))
    .delivery_status;
const eventsOf = async (id: string): Promise<unknown[]> =>
  (
    await db.installer.query(
      'select event_type as type from commerce.conversation_event where conversation_id = $1 order by id',
      [id],
    )
  ).rows.map(({ type }) => type);
const forget = () => db.installer.query('delete from internal.receipt_mark');

let n = 0;
async function queued(thread = threadId): Promise<{ id: string; externalId: string }> {
  n += 1;
  const { id } = await queue(db, shop.owner, thread, { key: `key ${n}` });
  return { id, externalId: `out.${n}` };
}
async function sentAt(at: string, thread = threadId): Promise<{ id: string; externalId: string }> {
  const message = await queued(thread);
  await markSentAt(message.id, message.externalId, at);
  return message;
}

t.test('all that was sent up to a time is read, once, and nothing else', async (t) => {
  const early = await sentAt('2026-03-01T10:00:00Z');
  const exact = await sentAt('2026-03-01T10:05:00Z');
  const late = await sentAt('2026-03-01T10:05:00.001Z');
  const theirs = await sentAt('2026-03-01T10:00:00Z', second);
  const failed = await sentAt('2026-03-01T10:01:00Z');
  await receipt(failed.externalId, 'failed', '2026-03-01T10:02:00Z');
  const waiting = await queued();
  t.strictSame(await record('delivered', '2026-03-01T10:05:00Z'), {
    tenant_id: shop.tenantId,
    message_count: 2,
  });
  t.equal(await statusOf(early.id), 'delivered');
  t.match(await record('read', '2026-03-01T10:05:00Z', { person: '+2348030000001' }), { message_count: 2 });
  t.match(await record('read', '2026-03-01T10:05:00Z'), { message_count: 0 }, 'twice');
  t.match(await record('delivered', '2026-03-01T10:05:00Z'), { message_count: 0 }, 'no step back');
  t.match(
    await record('read', '2026-03-01T09:00:00Z'),
    { message_count: 0 },
    'an older mark that comes late',
  );
  for (const { id } of [early, exact]) {
    t.equal(await statusOf(id), 'read');
    t.strictSame(await eventsOf(id), ['message_sent', 'message_delivered', 'message_read']);
  }
  t.strictSame(
    await one(db.installer, 'select read_at, delivered_at from commerce.conversation_history where id = $1', [
      early.id,
    ]),
    { read_at: new Date('2026-03-01T12:00:00Z'), delivered_at: new Date('2026-03-01T12:00:00Z') },
  );
  t.equal(await statusOf(late.id), 'sent', 'sent a moment later');
  t.equal(await statusOf(theirs.id), 'sent', "another person's");
  t.equal(await statusOf(failed.id), 'failed', 'what failed was not read');
  t.equal(await statusOf(waiting.id), 'queued', 'what waits was not sent');
  await forget();
});

t.test('a mark that comes before its message is kept for it', async (t) => {
  await record('read', '2026-04-01T10:00:00Z');
  await record('read', '2026-04-01T09:00:00Z');
  t.equal(await statusOf((await sentAt('2026-04-01T09:30:00Z')).id), 'read', 'the later mark counts');
  const later = await sentAt('2026-04-01T10:00:01Z');
  t.equal(await statusOf(later.id), 'sent');
  await receipt(later.externalId, 'sent', '2026-04-01T09:59:59Z');
  t.equal(await statusOf(later.id), 'read', 'the provider says that it took it earlier');
  const delivered = await sentAt('2026-04-01T10:00:02Z');
  await receipt(delivered.externalId, 'delivered', '2026-04-01T09:59:59Z');
  t.equal(await statusOf(delivered.id), 'read', 'it had been delivered by then');

  await record('read', '2026-04-01T10:00:00Z', { person: '2348030000009' });
  const { message_id: echo } = await asWorker(db, (client) =>
    one(
      client,
      `select message_id from internal.receive_message('whatsapp', $1, '2348030000009', 'echo', 'By phone',
         p_occurred_at => '2026-04-01T09:00:00Z', p_direction => 'outbound')`,
      [shop.account],
    ),
  );
  t.equal(await statusOf(String(echo)), 'read', 'of a person who was not known yet');
  await forget();
});

t.test('a message that is sent again was sent when it went out', async (t) => {
  const message = await sentAt('2026-05-01T10:00:00Z');
  await receipt(message.externalId, 'failed', '2026-05-01T10:01:00Z');
  await asMember(db, shop.owner, (client) => client.query('select api.retry_message($1)', [message.id]));
  await record('read', '2026-05-01T10:15:00Z');
  await claim(db, shop.tenantId);
  await markSentAt(message.id, 'again', '2026-05-01T10:30:00Z');
  t.equal(await statusOf(message.id), 'sent', 'read before that, it cannot have been');
  await forget();
});

t.test('the sender and marks at once', async (t) => {
  const pool = new pg.Pool({ connectionString: db.urls.DATABASE_WORKER_URL, max: 20 });
  t.teardown(() => pool.end());
  const work = (statement: string, args: unknown[]) =>
    asRole(pool, 'commerce_worker', '', (client) => client.query(statement, args));
  for (let round = 0; round < 20; round++) {
    const before = await sentAt('2026-06-01T09:00:00Z');
    const { id, externalId } = await queued();
    const until = `2026-06-01T10:${String(round).padStart(2, '0')}:00Z`;
    await Promise.all([
      work(sql, values('delivered', until)),
      work('select internal.mark_sent($1, $2, $3, $4)', [
        shop.tenantId,
        id,
        externalId,
        '2026-06-01T09:00:00Z',
      ]),
      work(sql, values('read', until)),
      work(sql, values('read', until)),
    ]);
    for (const message of [before.id, id]) {
      t.equal(await statusOf(message), 'read');
      const events = await eventsOf(message);
      t.equal(new Set(events).size, events.length, 'no event twice');
    }
  }
  await forget();
});

t.test('a mark is forgotten after a day, and with its channel', async (t) => {
  await record('read', '2026-03-01T10:00:00Z');
  await record('read', '2026-03-01T10:00:00Z', { account: other.account, person: 'nobody yet' });
  const purge = () => asWorker(db, (client) => one(client, 'select internal.purge_pending_receipts() as n'));
  await db.installer.query('delete from internal.turn');
  t.match(await purge(), { n: 0 });
  await db.installer.query(
    `update internal.receipt_mark set received_at = now() - interval '25 hours' where tenant_id = $1`,
    [other.tenantId],
  );
  t.match(await purge(), { n: 1 });
  t.equal((await db.installer.query('select from internal.receipt_mark')).rowCount, 1);
});

t.test('what is refused', async (t) => {
  const now = '2026-03-01T10:00:00Z';
  for (const [work, field] of [
    [() => record('read', now, { person: '' }), 'external_user_id'],
    [() => record('read', now, { person: null }), 'external_user_id'],
    [() => record('read', now, { person: 'x'.repeat(256) }), 'external_user_id'],
    [() => record('sent', now), 'status'],
    [() => record('failed', now), 'status'],
    [() => record(null, now), 'status'],
    [() => record('read', null), 'sent_until'],
    [() => record('read', '1970-01-21T18:51:10Z'), 'sent_until'],
    [() => record('read', 'infinity'), 'sent_until'],
    [() => record('read', now, { at: null }), 'occurred_at'],
  ] as [() => Promise<unknown>, string][]) {
    await refused(t, work(), 'SCVAL', { field });
  }
  await refused(t, record('read', now, { account: 'nobody' }), 'SCNTF', { field: 'external_account_id' });
  for (const call of [
    `internal.record_receipts('whatsapp', 'x', 'y', 'read', now())`,
    `internal.apply_receipt_marks('${threadId}')`,
  ]) {
    await refused(
      t,
      asMember(db, shop.owner, (client) => client.query(`select ${call}`)),
      '42501',
    );
  }

  const message = await queued();
  await markSent(db, message.id, message.externalId);
  await record('read', '2999-01-01T00:00:00Z');
  const later = await queued();
  await asWorker(db, (client) => client.query('select pg_sleep(0.01)'));
  await markSent(db, later.id, later.externalId);
  t.equal(await statusOf(message.id), 'read', 'a clock that runs ahead counts as now');
  t.equal(await statusOf(later.id), 'sent', 'and not as what comes later');
});
