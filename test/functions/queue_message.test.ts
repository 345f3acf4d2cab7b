import pg from 'pg';
import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asBuyer, asInstaller, asMember, asRole, asWorker, openSession } from '../support/session.ts';
import { addMember, approve, claim, markSent, named, queue } from './chat.ts';
import { addChatCustomer, addShopper, one, openShop, refused } from './shop.ts';

const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db);
const other = await openShop(db);
for (const name of ['order_shipped', 'we_are_back', 'sorry', 'a']) await approve(db, shop, name);
const { customerId, threadId, messageId } = await addChatCustomer(db, shop, '2348030000001');

const send = (key: string, rest: Record<string, unknown> = {}, thread: string | null = threadId) =>
  queue(db, shop.owner, thread, { key, ...rest });
const setThread = (id: string, change: string) =>
  db.installer.query(`update commerce.conversation_thread set ${change}, version = version where id = $1`, [
    id,
  ]);
const messages = async (thread = threadId) =>
  (
    await one<{ n: number }>(
      db.installer,
      `select count(*)::integer as n from commerce.conversation_history where thread_id = $1 and direction = 'outbound'`,
      [thread],
    )
  ).n;

t.test('an answer waits in the queue, and answers', async (t) => {
  const queued = await send('first', { reply_to_id: messageId });
  t.match(queued, {
    tenant_id: shop.tenantId,
    thread_id: threadId,
    customer_id: customerId,
    message: 'Good day',
    message_type: 'text',
    direction: 'outbound',
    sender_type: 'merchant',
    delivery_status: 'queued',
    reply_to_id: messageId,
    external_message_id: null,
  });
  t.match(
    await one(
      db.installer,
      'select m.user_id = h.sender_user_id as own from commerce.conversation_history h, commerce.team_members m where h.id = $1 and m.tenant_id = h.tenant_id',
      [queued.id],
    ),
    { own: true },
  );
  const { first_response_at: answered } = await one(
    db.installer,
    'select first_response_at from commerce.conversation_thread where id = $1',
    [threadId],
  );
  t.equal(answered, null, 'what waits has answered nobody');
  await claim(db, shop.tenantId);
  await markSent(db, queued.id, 'out.first');
  const { first_response_at: sent } = await one(
    db.installer,
    'select first_response_at from commerce.conversation_thread where id = $1',
    [threadId],
  );
  t.ok(sent, 'what went out has');
});

t.test('a template, media and a bot', async (t) => {
  t.match(
    await send('template', {
      message: '',
      template_name: 'order_shipped',
      language: 'en',
      metadata: { 1: 'A' },
    }),
    { message_type: 'template', template_name: 'order_shipped', language: 'en', metadata: { 1: 'A' } },
  );
  t.match(await send('media', { message: null, message_type: 'image', metadata: { url: 'https://x' } }), {
    message: '',
    message_type: 'image',
    metadata: { url: 'https://x' },
  });
  const answer = await asWorker(db, async (client) => {
    await client.query(`select internal.receive_message('whatsapp', $1, '2348030000001', 'again', 'Open?')`, [
      shop.account,
    ]);
    return one(client, `select * from api.queue_message($1, 'bot', 'Yes, until six')`, [threadId]);
  });
  t.match(answer, { sender_type: 'bot', sender_user_id: null, delivery_status: 'queued' });
});

t.test('the same key 20 times at once is one message and 20 equal results', async (t) => {
  const pool = new pg.Pool({ connectionString: db.urls.DATABASE_API_URL, max: 20 });
  t.teardown(() => pool.end());
  const session = await openSession(db, 'member', shop.owner);
  const before = await messages();
  const all = await Promise.all(
    Array.from({ length: 20 }, () =>
      asRole(pool, 'commerce_member', session, (client) =>
        one(client, `select * from api.queue_message($1, 'many', 'Once')`, [threadId]),
      ),
    ),
  );
  t.equal(await messages(), before + 1);
  for (const each of all) t.strictSame(each, all[0]);

  await refused(t, send('many', { message: 'Another' }), 'SCIDM');
  await refused(t, send('many', { message: 'Once', reply_to_id: messageId }), 'SCIDM');
  t.equal(await messages(), before + 1);
});

t.test('a repeat returns the message as it is now, even where a new one would be refused', async (t) => {
  const { threadId: thread } = await addChatCustomer(db, shop, 'repeat');
  const { id } = await send('repeat', {}, thread);
  await claim(db, shop.tenantId);
  await markSent(db, id, 'out.repeat');
  await setThread(thread, `reply_window_ends_at = now()`);
  await setThread(thread, `status = 'closed', closed_at = now()`);
  t.match(await send('repeat', {}, thread), { id, delivery_status: 'sent' });

  await db.installer.query(`delete from internal.idempotency_key where key = 'repeat'`);
  await refused(t, send('repeat'), 'SCDUP', { field: 'idempotency_key' });
});

t.test('outside the reply window only a template goes', async (t) => {
  const { threadId: thread } = await addChatCustomer(db, shop, 'late');
  await asInstaller(db, (client) =>
    client.query('update commerce.conversation_thread set reply_window_ends_at = now() where id = $1', [
      thread,
    ]),
  );
  await refused(t, send('late', {}, thread), 'SCWIN', { reply_window_ends_at: /^\d{4}-/ });
  await refused(t, send('late', { message_type: 'image', metadata: { a: 1 } }, thread), 'SCWIN');
  t.equal(await messages(thread), 0);
  t.match(await send('late', { template_name: 'we_are_back' }, thread), { delivery_status: 'queued' });
  await asWorker(db, (client) =>
    client.query(`select internal.receive_message('whatsapp', $1, 'late', 'late 2', 'Hi')`, [shop.account]),
  );
  t.match(await send('late 2', {}, thread), { delivery_status: 'queued' }, 'a message opens it again');

  // A thread whose customer has not written yet: a channel with a window needs a template.
  const { id: silent } = await one(
    db.installer,
    `with silent as (insert into commerce.customer (tenant_id) values ($1) returning id),
     known as (insert into commerce.customer_identity (tenant_id, customer_id, channel_id, channel_type, external_user_id)
       select $1, s.id, c.id, c.channel_type, '2348030000077' from commerce.channel c, silent s where c.tenant_id = $1)
     insert into commerce.conversation_thread (tenant_id, channel_id, customer_id)
     select $1, c.id, s.id from commerce.channel c, silent s where c.tenant_id = $1 returning id`,
    [shop.tenantId],
  );
  await refused(t, send('silent', {}, silent), 'SCWIN', { reply_window_ends_at: null });
  await db.installer.query(
    'update commerce.channel set reply_window_minutes = null, version = version where tenant_id = $1',
    [shop.tenantId],
  );
  t.match(await send('silent', {}, silent), { delivery_status: 'queued' }, 'no window, no limit');
  await db.installer.query(
    'update commerce.channel set reply_window_minutes = 1440, version = version where tenant_id = $1',
    [shop.tenantId],
  );
});

t.test('not to a blocked customer, into a closed thread or through a channel that is off', async (t) => {
  const { threadId: thread, customerId: customer } = await addChatCustomer(db, shop, 'unwelcome');
  const block = (isBlocked: boolean) =>
    asMember(db, shop.owner, (client) =>
      client.query('update api.customer set is_blocked = $2, version = version where id = $1', [
        customer,
        isBlocked,
      ]),
    );
  await block(true);
  await refused(t, send('blocked', {}, thread), 'SCPRM', { field: 'thread_id' });
  await refused(t, send('blocked', { template_name: 'sorry' }, thread), 'SCPRM');
  await block(false);

  const turn = (on: boolean) =>
    asMember(db, shop.owner, (client) =>
      client.query('update api.channel set is_active = $1, version = version', [on]),
    );
  await turn(false);
  await refused(t, send('off', {}, thread), 'SCVAL', { field: 'thread_id' });
  await turn(true);

  await setThread(thread, `status = 'closed', closed_at = now()`);
  await refused(t, send('closed', {}, thread), 'SCTRN', { from: 'closed', to: 'open' });
  t.equal(await messages(thread), 0);
});

t.test('what is refused', async (t) => {
  const before = await messages();
  const { threadId: elsewhere, messageId: foreign } = await addChatCustomer(db, shop, '2348030000002');
  const theirs = await addChatCustomer(db, other, '2348030000001');
  for (const [rest, code, field] of [
    [{ message: '' }, 'SCVAL', 'message'],
    [{ message: '  ' }, 'SCVAL', 'message'],
    [{ message: null }, 'SCVAL', 'message'],
    [{ message: 'x'.repeat(65_537) }, 'SCVAL', 'message'],
    [{ message: 'é'.repeat(32_769) }, 'SCVAL', 'message'],
    [{ template_name: 'a', message: 'x'.repeat(65_537) }, 'SCVAL', 'message'],
    [{ message_type: 'telepathy' }, 'SCVAL', 'message_type'],
    [{ message_type: 'template' }, 'SCVAL', 'template_name'],
    [{ template_name: '' }, 'SCVAL', 'template_name'],
    [{ template_name: 'x'.repeat(256) }, 'SCVAL', 'template_name'],
    [{ template_name: 'a', message_type: 'image' }, 'SCVAL', 'template_name'],
    [{ message: '', message_type: 'image' }, 'SCVAL', 'metadata'],
    [{ language: 'x'.repeat(256) }, 'SCVAL', 'language'],
    [{ metadata: JSON.stringify([]) }, 'SCVAL', 'metadata'],
    [{ metadata: null }, 'SCVAL', 'metadata'],
    [{ metadata: { x: 'x'.repeat(65_536) } }, 'SCVAL', 'metadata'],
    [{ key: '' }, 'SCVAL', 'idempotency_key'],
    [{ key: null }, 'SCVAL', 'idempotency_key'],
    [{ key: 'x'.repeat(256) }, 'SCVAL', 'idempotency_key'],
    [{ reply_to_id: foreign }, 'SCNTF', 'reply_to_id'],
    [{ reply_to_id: theirs.messageId }, 'SCNTF', 'reply_to_id'],
    [{ reply_to_id: threadId }, 'SCNTF', 'reply_to_id'],
  ] as [Record<string, unknown>, string, string][]) {
    await refused(t, send('refused', rest), code, { field });
  }
  for (const thread of [theirs.threadId, messageId, null]) {
    await refused(t, send('refused', {}, thread), 'SCNTF', { field: 'thread_id' });
  }
  t.equal(await messages(), before);
  t.equal(await messages(elsewhere), 0);
  t.match(
    await send('refused', { message: 'x'.repeat(65_536) }),
    { delivery_status: 'queued' },
    '64 KiB pass',
  );
});

t.test('only those who may write to customers', async (t) => {
  const viewer = await addMember(db, shop, 'viewer');
  const editor = await addMember(db, shop, 'editor');
  await refused(t, queue(db, viewer, threadId, { key: 'viewer' }), 'SCPRM', {
    permission: 'conversations.reply',
  });
  t.match(await queue(db, editor, threadId, { key: 'editor' }), { sender_user_id: editor.user_id });
  const shopper = await addShopper(db, shop, 'shopper');
  const [list, values] = named({ thread_id: threadId, idempotency_key: 'k', message: 'Hi' });
  const call = (client: pg.ClientBase) => client.query(`select api.queue_message(${list})`, values);
  await refused(t, asBuyer(db, shopper, call), '42501');
  await refused(t, asRole(db.api, 'commerce_member', '', call), 'SCTEN');
  await refused(t, asWorker(db, call), 'SCTEN');
  await refused(t, queue(db, other.owner, threadId, { key: 'foreign' }), 'SCNTF');
});

t.test('a sender gets a message with all that sending takes, once', async (t) => {
  const busy = await openShop(db);
  const chat = await addChatCustomer(db, busy, '254712000001');
  await approve(db, busy, 'shipped', 'sw');
  const first = await queue(db, busy.owner, chat.threadId, { key: '1', reply_to_id: chat.messageId });
  const second = await queue(db, busy.owner, chat.threadId, {
    key: '2',
    template_name: 'shipped',
    language: 'sw',
    metadata: { n: 1 },
  });
  const claimed = await claim(db, busy.tenantId);
  t.strictSame(
    claimed.map(({ message_id }) => message_id),
    [first.id],
    'the first of the thread',
  );
  t.match(claimed[0], {
    channel_type: 'whatsapp',
    provider: 'meta',
    external_account_id: busy.account,
    external_user_id: '254712000001',
    message: 'Good day',
    reply_to_external_message_id: 'wamid.254712000001',
    attempt: 1,
  });
  t.strictSame(await claim(db, busy.tenantId), [], 'nobody else gets it');
  t.strictSame(
    await claim(db, shop.tenantId, { batch: 1000 }).then((rows) =>
      rows.some(({ message_id }) => message_id === first.id),
    ),
    false,
  );

  await db.installer.query('update internal.message_claim set expires_at = now() where message_id = $1', [
    first.id,
  ]);
  t.match(
    await claim(db, busy.tenantId, { worker: 'another' }),
    [{ message_id: first.id, attempt: 2 }],
    'a claim ends',
  );
  t.equal(await markSent(db, first.id, 'wamid.1'), 'sent');
  const { rows } = await db.installer.query(
    'select message_id from internal.message_claim where tenant_id = $1',
    [busy.tenantId],
  );
  t.strictSame(rows, [], 'the outcome ends the claim');
  t.match(
    await claim(db, busy.tenantId),
    [
      {
        message_id: second.id,
        message_type: 'template',
        template_name: 'shipped',
        language: 'sw',
        metadata: { n: 1 },
      },
    ],
    'and the next one of the thread is given out',
  );

  await db.installer.query('update internal.message_claim set expires_at = now() where message_id = $1', [
    second.id,
  ]);
  await asMember(db, busy.owner, (client) =>
    client.query('update api.channel set is_active = false, version = version'),
  );
  t.strictSame(await claim(db, busy.tenantId), [], 'a channel that is off sends nothing');
});

t.test(
  'eight senders send 200 messages of ten threads: none twice, none lost, each thread in its order',
  async (t) => {
    const busy = await openShop(db);
    for (let n = 0; n < 10; n++) {
      const { threadId: thread } = await addChatCustomer(db, busy, `25471200000${n}`);
      await asMember(db, busy.owner, (client) =>
        client.query(
          `select api.queue_message($1, $2 || ' ' || n, 'No. ' || n) from generate_series(1, 20) as n`,
          [thread, n],
        ),
      );
    }
    const pool = new pg.Pool({ connectionString: db.urls.DATABASE_WORKER_URL, max: 8 });
    t.teardown(() => pool.end());
    const sent: { thread: string; text: string }[] = [];
    let open = 200;
    await Promise.all(
      Array.from({ length: 8 }, async (_, i) => {
        while (open > 0) {
          for (const { message_id: id, thread_id: thread, message: text } of await claim(db, busy.tenantId, {
            worker: `worker ${i}`,
            batch: 3,
            pool,
          })) {
            open -= 1;
            sent.push({ thread: String(thread), text });
            await asRole(pool, 'commerce_worker', '', (client) =>
              client.query('select internal.mark_sent($1, $2, $3)', [busy.tenantId, id, `out.${id}`]),
            );
          }
        }
      }),
    );
    t.equal(sent.length, 200);
    const threads = new Map<string, string[]>();
    for (const { thread, text } of sent) threads.set(thread, [...(threads.get(thread) ?? []), text]);
    t.equal(threads.size, 10);
    for (const texts of threads.values()) {
      t.strictSame(
        texts,
        Array.from({ length: 20 }, (_, n) => `No. ${n + 1}`),
      );
    }
  },
);

t.test('senders that are killed lose nothing, double nothing, and leave the order as it was', async (t) => {
  const busy = await openShop(db);
  const { threadId: thread } = await addChatCustomer(db, busy, '254712000077');
  await asMember(db, busy.owner, (client) =>
    client.query(
      `select api.queue_message($1, 'killed ' || n, 'No. ' || n) from generate_series(1, 6) as n`,
      [thread],
    ),
  );
  const doomed = new pg.Client({ connectionString: db.urls.DATABASE_WORKER_URL });
  const isDown = new Promise((resolve) => doomed.on('error', resolve));
  await doomed.connect();
  await doomed.query('begin');
  await doomed.query(`select set_config('role', 'commerce_worker', true)`);
  const { rows } = await doomed.query('select * from internal.claim_messages($1, $2)', [
    busy.tenantId,
    'doomed',
  ]);
  t.match(rows, [{ message: 'No. 1' }]);
  t.strictSame(await claim(db, busy.tenantId), [], 'nobody else gets it');
  const { rows: backends } = await doomed.query<{ pid: number }>('select pg_backend_pid() as pid');
  await db.installer.query('select pg_terminate_backend($1, 10000)', [backends[0]?.pid]);
  await isDown;

  const sent: string[] = [];
  const attempts: number[] = [];
  const send = async (worker: string, isKilled = false): Promise<void> => {
    const claimed = await claim(db, busy.tenantId, { worker });
    // One that is killed between its claim and its report: the claim is over some time later.
    if (isKilled) {
      await db.installer.query('update internal.message_claim set expires_at = now() where tenant_id = $1', [
        busy.tenantId,
      ]);
      return;
    }
    for (const { message_id: id, message, attempt } of claimed) {
      sent.push(message);
      attempts.push(attempt);
      await markSent(db, id, `out.${id}`);
    }
  };
  await send('first');
  await send('killed', true);
  while (sent.length < 6) await Promise.all(Array.from({ length: 8 }, (_, i) => send(`worker ${i}`)));
  t.strictSame(
    sent,
    Array.from({ length: 6 }, (_, n) => `No. ${n + 1}`),
  );
  t.strictSame(attempts, [1, 2, 1, 1, 1, 1], 'what was taken back with its sender was never given out');
});

t.test('what a claim refuses', async (t) => {
  const call = (...values: unknown[]) =>
    asWorker(db, (client) => client.query('select * from internal.claim_messages($1, $2, $3, $4)', values));
  for (const [worker, batch, duration, field] of [
    ['', 1, '1 minute', 'worker'],
    [null, 1, '1 minute', 'worker'],
    ['x'.repeat(256), 1, '1 minute', 'worker'],
    ['w', 0, '1 minute', 'batch'],
    ['w', 1001, '1 minute', 'batch'],
    ['w', null, '1 minute', 'batch'],
    ['w', 1, '0', 'claim_for'],
    ['w', 1, '25 hours', 'claim_for'],
    ['w', 1, null, 'claim_for'],
  ]) {
    await refused(t, call(shop.tenantId, worker, batch, duration), 'SCVAL', { field });
  }
  await refused(t, call(threadId, 'w', 1, '1 minute'), 'SCTEN');
  const closed = await openShop(db);
  await db.installer.query(
    `update commerce.tenant set status = 'suspended', version = version where id = $1`,
    [closed.tenantId],
  );
  await refused(t, call(closed.tenantId, 'w', 1, '1 minute'), 'SCTEN');
  await refused(
    t,
    asMember(db, shop.owner, (client) =>
      client.query(`select internal.claim_messages($1, 'w')`, [shop.tenantId]),
    ),
    '42501',
  );
});
