import pg from 'pg';
import t, { type Test } from 'tap';
import { limits } from '../../src/graphql/limits.ts';
import { signToken } from '../../src/operations/token.ts';
import { eventually } from '../support/eventually.ts';
import { asRole, asWorker, openSession } from '../support/session.ts';
import { type Connection, connect, haveAllBegun, isAsleep, type Stream } from './subscriber.ts';
import { bearer, client, codeOf, jwtSecret, setStage } from './support.ts';

/** What a subscriber is told, what not, and that nothing is lost on the way. */
const { db, server, ours, theirs } = await setStage(t);

const tokenOf = ({ tenantId, ownerSubject: subject }: typeof ours, lifetime = '1h') =>
  signToken({ role: 'member', tenantId, subject }, jwtSecret, lifetime);
const [ourToken, theirToken] = await Promise.all([tokenOf(ours), tokenOf(theirs)]);

const { rows: accounts } = await db.installer.query<{ account: string }>(
  `select external_account_id as account from commerce.channel
    where channel_type = 'whatsapp' order by tenant_id = $1 desc`,
  [ours.tenantId],
);
const [ourAccount, theirAccount] = accounts.map(({ account }) => account) as [string, string];

type Client = Pick<pg.ClientBase, 'query'>;
let count = 0;

/** A message of a customer; returns its thread. */
async function receive(client: Client, text: string, sender = '2348000000001', account = ourAccount) {
  count += 1;
  const { rows } = await client.query<{ thread_id: string }>(
    `select thread_id from internal.receive_message('whatsapp', $1, $2, $3, $4)`,
    [account, sender, `wamid.live.${count}`, text],
  );
  return rows[0]?.thread_id;
}
const write = (text: string, sender?: string, account?: string) =>
  asWorker(db, (worker) => receive(worker, text, sender, account));

const inbox = 'subscription ($after: String) { messageAdded(after: $after) { cursor message { text } } }';
const ofThread = 'subscription ($thread: UUID) { messageAdded(threadId: $thread) { message { text } } }';
const texts = (stream: Stream) => stream.events.map((event) => event.message.text);

function socket(t: Test, token: string): Connection {
  const connection = connect(server.url, token);
  t.teardown(() => connection.close());
  return connection;
}

/** A subscription that has begun as all others have, and whose channel has fallen asleep. */
async function begun(stream: Stream): Promise<Stream> {
  t.ok(await eventually(async () => (await haveAllBegun(server.url)) && (await isAsleep(db))));
  t.same(stream.errors, []);
  return stream;
}

t.test('messages of a thread, of the inbox, and of nobody else', async (t) => {
  const thread = await write('the first one');
  const connection = socket(t, ourToken);
  const all = connection.subscribe(inbox);
  const one = connection.subscribe(ofThread, { thread });
  const foreign = socket(t, theirToken).subscribe(inbox);
  const guessed = socket(t, theirToken).subscribe(ofThread, { thread });
  await Promise.all([all, one, foreign, guessed].map(begun));
  await write('hello');
  await write('from somebody else', '2348000000002');
  await write('to the neighbours', '2348000000003', theirAccount);
  await all.atLeast(2);
  await one.atLeast(1);
  await foreign.atLeast(1);
  t.same(texts(all), ['hello', 'from somebody else'], 'and nothing from before');
  t.same(texts(one), ['hello']);
  t.same(texts(foreign), ['to the neighbours']);
  t.same(guessed.events, []);
});

const changes = `subscription ($thread: UUID) {
  messageChanged(threadId: $thread) {
    cursor
    message { text deliveryStatus withdrawnAt reactions { nodes { emoji } } attachments { nodes { storageKey } } }
  }
}`;
const report = (sql: string, values: unknown[]) => asWorker(db, (worker) => worker.query(sql, values));

t.test('what becomes of messages: edits, reactions, deletions and receipts', async (t) => {
  const sender = '2348000000031';
  const thread = await write('Good morning', sender);
  const id = `wamid.live.${count}`;
  const stream = await begun(socket(t, ourToken).subscribe(changes, { thread }));
  const foreign = socket(t, theirToken).subscribe(changes);
  const change = (kind: string, content: string, second: number) =>
    report(
      `select internal.record_message_change('whatsapp', $1, $2, $3, $4, now() + $5 * interval '1 second', $6)`,
      [ourAccount, id, kind, content, second - 60, sender],
    );
  await write('no change', sender);
  await change('reaction', '👍', 1);
  t.match(await stream.atLeast(1), [{ message: { reactions: { nodes: [{ emoji: '👍' }] } } }]);
  await change('edit', 'Good evening', 2);
  t.match((await stream.atLeast(2))[1], { message: { text: 'Good evening' } });
  await change('deletion', '', 3);
  t.match((await stream.atLeast(3))[2], { message: { text: '', withdrawnAt: String } });

  const queued = await ours.ask(
    `mutation ($thread: UUID!) {
      queueMessage(input: { threadId: $thread, text: "Hello", idempotencyKey: "changes" }) { message { rowId } }
    }`,
    { thread },
  );
  const { rowId } = queued.data.queueMessage.message;
  await report(`select internal.claim_messages($1, 'sender')`, [ours.tenantId]);
  await report(`select internal.mark_sent($1, $2, 'wamid.changed')`, [ours.tenantId, rowId]);
  for (const status of ['delivered', 'delivered', 'read'])
    await report(`select internal.record_receipt('whatsapp', $1, 'wamid.changed', $2)`, [ourAccount, status]);
  await stream.atLeast(6);
  t.equal(stream.events.at(-1)?.message.deliveryStatus, 'read');
  t.equal(stream.events.length, 6, 'sent, delivered and read; what came twice changed nothing');
  t.same(foreign.events, []);
  t.same(foreign.errors, []);
});

t.test('changes of orders', async (t) => {
  const { rows } = await db.installer.query<{ id: string; version: number }>(
    `select id, version from commerce.orders where tenant_id = $1 and status = 'pending' limit 2`,
    [ours.tenantId],
  );
  const [first, second] = rows as [(typeof rows)[number], (typeof rows)[number]];
  const query = `subscription ($order: UUID) {
    orderChanged(orderId: $order) { change { field fromValue toValue order { id: rowId status } } }
  }`;
  const connection = socket(t, ourToken);
  const one = await begun(connection.subscribe(query, { order: first.id }));
  const all = await begun(connection.subscribe(query));
  const confirm = `mutation ($id: UUID!, $version: Int!) {
    confirmOrder(input: { orderId: $id, expectedVersion: $version }) { order { status } }
  }`;
  for (const { id, version } of rows)
    t.match(await ours.ask(confirm, { id, version }), { errors: undefined });
  const change = (id: string) => ({
    change: {
      field: 'status',
      fromValue: 'pending',
      toValue: 'confirmed',
      order: { id, status: 'confirmed' },
    },
  });
  t.match(await all.atLeast(2), [change(first.id), change(second.id)]);
  t.match(await one.atLeast(1), [change(first.id)]);
  t.equal(one.events.length, 1);
});

t.test('a shopper reads what is his own', async (t) => {
  const { rows } = await db.installer.query<{ subject: string; sender: string; account: string }>(
    `select u.auth_subject as subject, i.external_user_id as sender, c.external_account_id as account
       from commerce.buyer_profile as b
       join commerce.users as u on u.id = b.user_id
       join commerce.customer_identity as i on i.customer_id = b.id
       join commerce.channel as c on c.id = i.channel_id and c.channel_type = 'whatsapp'
      where b.tenant_id = $1 and u.auth_subject is not null
      limit 1`,
    [ours.tenantId],
  );
  const [{ subject, sender, account }] = rows as [(typeof rows)[number]];
  const token = await signToken({ role: 'buyer', tenantId: ours.tenantId, subject }, jwtSecret, '1h');
  const stream = await begun(socket(t, token).subscribe(inbox));
  const own = await begun(socket(t, token).subscribe('subscription { messageChanged { message { text } } }'));
  const react = (id: string) =>
    report(`select internal.record_message_change('whatsapp', $1, $2, 'edit', 'changed', now(), $3)`, [
      account,
      id,
      sender,
    ]);
  await write("somebody else's");
  await react(`wamid.live.${count}`);
  await write('his', sender, account);
  await stream.atLeast(1);
  await react(`wamid.live.${count}`);
  await own.atLeast(1);
  t.match(own.events, [{ message: { text: 'changed' } }]);
  t.equal(own.events.length, 1);
  t.same(texts(stream), ['his']);
});

t.test('a transaction that was open while later ones were delivered', async (t) => {
  const worker = await db.worker.connect();
  t.teardown(() => worker.release());
  const first = socket(t, ourToken);
  const stream = await begun(first.subscribe(inbox));
  await worker.query(`begin; select set_config('role', 'commerce_worker', true)`);
  await receive(worker, 'early, but late to commit', '2348000000011');
  await write('later', '2348000000012');
  await stream.atLeast(1);
  t.same(texts(stream), ['later']);
  const { cursor } = stream.events[0];
  await first.close();

  await write('while nobody listened', '2348000000013');
  const second = socket(t, ourToken).subscribe(inbox, { after: cursor });
  await second.atLeast(1);
  t.same(texts(second), ['while nobody listened'], 'what was delivered is not delivered again');
  await worker.query('commit');
  await second.atLeast(2);
  t.same(texts(second), ['while nobody listened', 'early, but late to commit']);

  const third = socket(t, ourToken).subscribe(inbox, { after: second.events[1].cursor });
  await begun(third);
  await write('once more', '2348000000014');
  await third.atLeast(1);
  t.same(texts(third), ['once more']);
});

t.test('many writers at once, with pauses in which the server falls asleep', async (t) => {
  const streams = [socket(t, ourToken).subscribe(inbox), socket(t, ourToken).subscribe(inbox)];
  await Promise.all(streams.map(begun));
  const expected: string[] = [];
  for (let round = 0; round < 6; round++) {
    const names = Array.from({ length: 15 }, (_, n) => `round ${round}, message ${n}`);
    expected.push(...names);
    await Promise.all(names.map((name, n) => write(name, `23490000000${n + 10}`)));
    // In odd rounds the next writers meet a channel that is just falling asleep.
    if (round % 2 === 0) await eventually(() => isAsleep(db));
  }
  for (const stream of streams) {
    await stream.atLeast(expected.length);
    t.same(texts(stream).toSorted(), expected.toSorted(), 'each once, and none is missing');
  }
});

t.test('writers notify only subscribers that wait, once a transaction and without a word', async (t) => {
  const stream = await begun(socket(t, ourToken).subscribe(inbox));
  const listener = new pg.Client({ connectionString: db.urls.DATABASE_URL });
  await listener.connect();
  t.teardown(() => listener.end());
  const heard: pg.Notification[] = [];
  listener.on('notification', (notification) => heard.push(notification));
  const { rows } = await listener.query(
    `select channel, writers::text, sleepers::text from internal.live_topic($1, 'messages')`,
    [ours.tenantId],
  );
  t.match(rows[0].channel, /^live_[0-9a-f]{32}$/);
  await listener.query(`listen ${rows[0].channel}`);
  await asWorker(db, async (worker) => {
    for (let n = 0; n < 5; n++) await receive(worker, `all at once ${n}`, `234910000000${n}`);
  });
  await stream.atLeast(5);
  await listener.query('select');
  t.match(heard, [{ channel: rows[0].channel, payload: '' }]);
  t.equal(heard.length, 1);

  stream.stop();
  t.ok(await eventually(async () => !(await isAsleep(db))));
  await write('nobody is there');
  await listener.query('select');
  t.equal(heard.length, 1, 'nobody is notified when nobody listens');
});

t.test('no request role learns its channel or the secret', async (t) => {
  const sessionId = await openSession(db, 'member', { tenantId: ours.tenantId, subject: ours.ownerSubject });
  for (const sql of [
    'select * from internal.live_secret',
    `select internal.live_topic('${theirs.tenantId}', 'messages')`,
    `select internal.session_live_topic('${sessionId}', 'messages')`,
  ]) {
    await t.rejects(
      asRole(db.api, 'commerce_member', sessionId, (member) => member.query(sql)),
      { code: '42501' },
      sql,
    );
  }
});

t.test('a killed listener is replaced, and nothing is missed', async (t) => {
  const stream = await begun(socket(t, ourToken).subscribe(inbox));
  const { rowCount } = await db.installer.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'ccdb live' and datname = current_database()`,
  );
  t.equal(rowCount, 1, 'a server listens on one connection');
  await write('while it was deaf');
  await stream.atLeast(1);
  await begun(stream);
  await write('when it was back');
  await stream.atLeast(2);
  t.same(texts(stream), ['while it was deaf', 'when it was back']);
});

t.test('a client without a valid token is not let in', async (t) => {
  const closed = async (token: string | undefined) => {
    const connection = connect(server.url, token);
    connection.subscribe(inbox);
    return connection.closed;
  };
  t.match(await closed('abc'), { code: 4401, reason: 'the token is not valid' });
  t.match(await closed(await tokenOf(ours, '-1m')), { code: 4401, reason: 'the token has expired' });
  t.match(await closed(undefined), { code: 4403 }, 'a visitor has nothing to wait for');
  const foreign = connect(server.url, ourToken, { origin: 'https://evil.example' });
  foreign.subscribe(inbox);
  t.match(await foreign.closed, { code: 1006 }, 'a page of another origin');
});

t.test('a socket ends with its token', async (t) => {
  const connection = socket(t, await tokenOf(ours, '2s'));
  const stream = connection.subscribe(inbox);
  await write('in time');
  t.match(await connection.closed, { code: 4401, reason: 'the token has expired' });
  t.equal(stream.errors.length, 0);
});

t.test('a socket ends with its session, and the next one has another', async (t) => {
  const connection = socket(t, ourToken);
  const stream = await begun(connection.subscribe(inbox));
  await db.installer.query('delete from internal.session where subject = $1', [ours.ownerSubject]);
  await write('after the session');
  t.match(await connection.closed, { code: 4403, reason: 'the session has ended' });
  t.notOk(texts(stream).includes('after the session'), 'and receives nothing more');

  const next = socket(t, ourToken);
  const again = await begun(next.subscribe(inbox));
  await write('for the next session');
  t.ok(await eventually(() => texts(again).includes('for the next session')));
  await db.installer.query('delete from internal.session where subject = $1', [ours.ownerSubject]);
  t.match(await next.closed, { code: 4403 }, 'also when nothing happens');
});

t.test('what a socket refuses', async (t) => {
  const connection = socket(t, ourToken);
  const wrong = connection.subscribe('{ products { nodes { id } } }');
  await wrong.atLeast(1);
  t.match(wrong.errors, [{ extensions: { code: 'INVALID_REQUEST' } }], 'anything but subscriptions');
  const future = Buffer.alloc(6, 0xff).toString('base64url');
  for (const after of ['not a cursor', '', future]) {
    const bad = connection.subscribe(inbox, { after });
    await bad.atLeast(1);
    t.match(bad.errors, [{ extensions: { code: 'INVALID_INPUT', field: 'after' } }], `after ${after}`);
  }
  const old = connection.subscribe(inbox, { after: Buffer.alloc(6).toString('base64url') });
  await old.atLeast(1);
  t.match(old.errors, [{ extensions: { code: 'EXPIRED' } }]);
  const skipped = connection.subscribe('subscription { orderChanged @skip(if: true) { cursor } }');
  await skipped.atLeast(1);
  t.match(skipped.errors, [{ extensions: { code: 'INVALID_QUERY' } }]);
  const many = Array.from({ length: limits.maxSubscriptionsPerSocket + 1 }, () =>
    connection.subscribe(inbox),
  );
  t.ok(await eventually(() => many.some(({ errors }) => errors.length > 0)));
  t.match(
    many.flatMap(({ errors }) => errors),
    [{ extensions: { code: 'BUSY' } }],
  );

  const sockets = Array.from({ length: 3 }, () => socket(t, ourToken));
  const crowd = sockets.flatMap((each) =>
    Array.from({ length: limits.maxSubscriptionsPerSession / 2 }, () => each.subscribe(inbox)),
  );
  t.ok(
    await eventually(() =>
      crowd.some(({ errors }) => errors.some(({ message }) => /session has too many/.test(message))),
    ),
    'one person does not take them all',
  );

  const overHttp = await client(server.url, bearer(ourToken))('subscription { messageAdded { cursor } }');
  t.equal(codeOf(overHttp), 'INVALID_REQUEST');
});
