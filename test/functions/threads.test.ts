import type pg from 'pg';
import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asBuyer, asMember, asRole, asWorker, type Who } from '../support/session.ts';
import { addMember, named } from './chat.ts';
import { addChatCustomer, addShopper, one, openShop, type Row, refused } from './shop.ts';

/** What staff do with a thread, and the event that each of it leaves. */
const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db);
const other = await openShop(db);
const manager = await addMember(db, shop, 'manager');
const editor = await addMember(db, shop, 'editor');
const viewer = await addMember(db, shop, 'viewer');
const { id: ownerMember, user_id: ownerUser } = await one(
  db.installer,
  `select * from commerce.team_members where tenant_id = $1 and role = 'owner'`,
  [shop.tenantId],
);

const call = (who: Who, name: string, args: Record<string, unknown>): Promise<Row> => {
  const [list, values] = named(args);
  return asMember(db, who, (client) => one(client, `select * from api.${name}(${list})`, values));
};
const assign = (who: Who, thread: string | null, member: string | null, version: number | null) =>
  call(who, 'assign_thread', { thread_id: thread, member_id: member, expected_version: version });
const setStatus = (who: Who, thread: string | null, status: string | null, version: number | null) =>
  call(who, 'set_thread_status', { thread_id: thread, status, expected_version: version });
const snooze = (who: Who, thread: string | null, until: string | null, version: number | null) =>
  call(who, 'snooze_thread', { thread_id: thread, until, expected_version: version });
const markRead = (who: Who, thread: string | null, message: string | null = null) =>
  call(who, 'mark_thread_read', { thread_id: thread, message_id: message });
const note = (who: Who, thread: string | null, text: string | null) =>
  call(who, 'add_note', { thread_id: thread, note: text });
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

let customers = 0;
async function newThread(): Promise<string> {
  customers += 1;
  return (await addChatCustomer(db, shop, `sender ${customers}`)).threadId;
}
const stored = (id: string): Promise<Row> =>
  one(db.installer, 'select * from commerce.conversation_thread where id = $1', [id]);
const write = (sender: string, id: string, text = 'Hello') =>
  asWorker(db, (client) =>
    one<{ message_id: string }>(
      client,
      `select * from internal.receive_message('whatsapp', $1, $2, $3, $4)`,
      [shop.account, sender, id, text],
    ),
  );
/** The events of a thread but those of its messages, oldest first. */
async function events(thread: string): Promise<pg.QueryResultRow[]> {
  const { rows } = await db.installer.query(
    `select event_type as type, metadata, actor_user_id as actor from commerce.conversation_event
      where thread_id = $1 and event_type not in ('conversation_started', 'message_received') order by id`,
    [thread],
  );
  return rows;
}

t.test('a thread is taken on, handed over and let go, with an event each', async (t) => {
  const thread = await newThread();
  t.match(await assign(editor, thread, editor.id, 1), {
    id: thread,
    tenant_id: shop.tenantId,
    assigned_member_id: editor.id,
    version: 2,
  });
  t.match(await assign(editor, thread, editor.id, 2), { version: 2 }, 'nothing changes, nothing is written');
  t.match(await assign(manager, thread, ownerMember, 2), { assigned_member_id: ownerMember, version: 3 });
  t.match(await assign(shop.owner, thread, null, 3), { assigned_member_id: null, version: 4 });
  t.match(await assign(editor, thread, null, 4), { version: 4 });
  t.strictSame(await events(thread), [
    { type: 'assigned', metadata: { memberId: editor.id }, actor: editor.user_id },
    {
      type: 'assigned',
      metadata: { memberId: ownerMember, fromMemberId: editor.id },
      actor: manager.user_id,
    },
    {
      type: 'unassigned',
      metadata: { fromMemberId: ownerMember },
      actor: ownerUser,
    },
  ]);
});

t.test("one's own with conversations.reply, another's with conversations.manage", async (t) => {
  const manage = { permission: 'conversations.manage' };
  const thread = await newThread();
  await refused(t, assign(viewer, thread, viewer.id, 1), 'SCPRM', { permission: 'conversations.reply' });
  await refused(t, assign(editor, thread, manager.id, 1), 'SCPRM', manage);
  await assign(manager, thread, manager.id, 1);
  await refused(t, assign(editor, thread, editor.id, 2), 'SCPRM', manage);
  await refused(t, assign(editor, thread, null, 2), 'SCPRM', manage);
  await refused(t, setStatus(editor, thread, 'closed', 2), 'SCPRM', manage);
  await refused(t, snooze(editor, thread, inAnHour(), 2), 'SCPRM', manage);
  await refused(t, setStatus(viewer, thread, 'closed', 2), 'SCPRM', { permission: 'conversations.reply' });
  await refused(t, snooze(viewer, thread, inAnHour(), 2), 'SCPRM');
  await refused(t, markRead(viewer, thread), 'SCPRM');
  await refused(t, note(viewer, thread, 'x'), 'SCPRM');
  t.match(await stored(thread), { version: 2, status: 'open', assigned_member_id: manager.id });
  await assign(manager, thread, editor.id, 2);
  t.match(await setStatus(editor, thread, 'pending', 3), { status: 'pending' }, 'now it is the own one');
});

t.test('only an active member of this team is assigned', async (t) => {
  const thread = await newThread();
  const theirs = await addMember(db, other, 'editor');
  const left = await addMember(db, shop, 'admin');
  await db.installer.query(
    'update commerce.team_members set is_active = false, version = version where id = $1',
    [left.id],
  );
  for (const member of [theirs.id, left.id, thread]) {
    await refused(t, assign(manager, thread, member, 1), 'SCNTF', { field: 'member_id' });
  }
  t.match(await stored(thread), { version: 1, assigned_member_id: null });
});

t.test('every pair of states, by the functions that staff have', async (t) => {
  const states = ['open', 'pending', 'snoozed', 'resolved', 'closed'];
  const steps: Record<string, string[]> = {
    open: ['pending', 'snoozed', 'resolved', 'closed'],
    pending: ['open', 'resolved', 'closed'],
    snoozed: ['open'],
    resolved: ['open', 'closed'],
    closed: [],
  };
  const go = (thread: string, status: string, version: number) =>
    status === 'snoozed'
      ? snooze(editor, thread, inAnHour(), version)
      : setStatus(editor, thread, status, version);
  const eventOf: Record<string, string> = { open: 'conversation_reopened', closed: 'conversation_closed' };
  for (const from of states) {
    for (const to of states) {
      const thread = await newThread();
      if (from !== 'open') await go(thread, from, 1);
      const before = await stored(thread);
      t.equal(before.status, from);
      if (steps[from]?.includes(to)) {
        const after = await go(thread, to, before.version);
        t.match(after, { status: to, version: before.version + 1 }, `${from} → ${to}`);
        t.equal(after.closed_at !== null, to === 'closed', 'closed_at');
        t.equal(after.snoozed_until !== null, to === 'snoozed', 'snoozed_until');
        t.match((await events(thread)).at(-1), {
          type: eventOf[to] ?? 'status_changed',
          metadata: { from, to },
          actor: editor.user_id,
        });
      } else {
        await refused(t, go(thread, to, before.version), 'SCTRN', {
          machine: 'conversation_thread.status',
          from,
          to,
        });
        t.strictSame(await stored(thread), before);
      }
    }
  }
});

t.test('a snoozed thread wakes in its time, or when its customer writes', async (t) => {
  const due = [await newThread(), await newThread(), await newThread()];
  const later = await newThread();
  for (const thread of [...due, later]) await snooze(editor, thread, inAnHour(), 1);
  await db.installer.query(
    `update commerce.conversation_thread set snoozed_until = now(), version = version where id = any ($1)`,
    [due],
  );
  const wake = (tenant: string, batch: number | null = 2) =>
    asWorker(
      db,
      async (client) =>
        (
          await one<{ n: number }>(client, 'select internal.wake_snoozed_threads($1, $2) as n', [
            tenant,
            batch,
          ])
        ).n,
    );
  t.equal(await wake(other.tenantId), 0, 'not those of others');
  t.strictSame(
    (await Promise.all([wake(shop.tenantId), wake(shop.tenantId)])).reduce((a, b) => a + b) >= 2,
    true,
  );
  await wake(shop.tenantId);
  t.equal(await wake(shop.tenantId), 0);
  for (const thread of due) {
    t.match(await stored(thread), { status: 'open', snoozed_until: null, version: 4 });
    const last = (await events(thread)).filter(({ type }) => type === 'conversation_reopened');
    t.strictSame(last, [
      { type: 'conversation_reopened', metadata: { from: 'snoozed', to: 'open' }, actor: null },
    ]);
  }
  t.match(await stored(later), { status: 'snoozed' });
  for (const batch of [0, 10_001, null])
    await refused(t, wake(shop.tenantId, batch), 'SCVAL', { field: 'batch' });

  await write(`sender ${customers}`, 'wakes');
  t.match(await stored(later), { status: 'open', snoozed_until: null });

  const thread = await newThread();
  for (const until of [
    null,
    '-infinity',
    'infinity',
    '2020-01-01T00:00:00Z',
    new Date(Date.now() + 367 * 86_400_000).toISOString(),
  ]) {
    await refused(t, snooze(editor, thread, until, 1), 'SCVAL', { field: 'until' });
  }
});

t.test('reading a thread, up to what was seen', async (t) => {
  const thread = await newThread();
  const sender = `sender ${customers}`;
  const { message_id: second } = await write(sender, 'r2');
  const { message_id: third } = await write(sender, 'r3');
  t.match(await stored(thread), { unread_count: 3, version: 1 });
  t.match(
    await markRead(editor, thread, second),
    { unread_count: 1, version: 1 },
    'no version is needed or spent',
  );
  t.match(await markRead(manager, thread, second), { unread_count: 1 }, 'a repeat');
  t.match(await markRead(editor, thread), { unread_count: 0 });
  t.match(await markRead(editor, thread, second), { unread_count: 0 }, 'what is read stays read');
  t.strictSame(await events(thread), [
    { type: 'message_read', metadata: { count: 2 }, actor: editor.user_id },
    { type: 'message_read', metadata: { count: 1 }, actor: editor.user_id },
  ]);
  const { rows } = await db.installer.query(
    `select conversation_id as id from commerce.conversation_event where thread_id = $1 and event_type = 'message_read' order by id`,
    [thread],
  );
  t.strictSame(rows, [{ id: second }, { id: third }]);
  const elsewhere = await addChatCustomer(db, shop, 'elsewhere');
  await refused(t, markRead(editor, thread, elsewhere.messageId), 'SCNTF', { field: 'message_id' });
});

t.test('a note is an event and never a message', async (t) => {
  const thread = await newThread();
  const before = await one(db.installer, 'select count(*) from commerce.conversation_history');
  const text = 'Prefers \u0001 "evenings" 👗 مرحبا';
  t.match(await note(editor, thread, text), {
    event_type: 'note_added',
    thread_id: thread,
    metadata: { note: text },
    actor_user_id: editor.user_id,
  });
  t.match(
    await note(editor, thread, '\u0001'.repeat(10_000)),
    { event_type: 'note_added' },
    'the longest form fits',
  );
  t.match(await note(editor, thread, '👗'.repeat(10_000)), { event_type: 'note_added' });
  for (const [empty, field] of [
    ['', 'note'],
    [null, 'note'],
    ['  ', 'note'],
    ['x'.repeat(10_001), 'note'],
  ]) {
    await refused(t, note(editor, thread, empty as string | null), 'SCVAL', { field });
  }
  t.strictSame(await one(db.installer, 'select count(*) from commerce.conversation_history'), before);
  t.equal((await events(thread)).length, 3);
  t.match(await stored(thread), { version: 1, unread_count: 1 });
  const { customerId } = await addShopper(db, shop, 'shopper');
  t.ok(customerId);
  await refused(
    t,
    asBuyer(db, { tenantId: shop.tenantId, subject: 'shopper' }, (client) =>
      client.query('select * from api.conversation_event'),
    ),
    '42501',
  );
});

t.test('what is stale, missing or not of this shop', async (t) => {
  const thread = await newThread();
  await assign(editor, thread, editor.id, 1);
  const { threadId: theirs } = await addChatCustomer(db, other, 'theirs');
  const doings: ((thread: string | null, version: number | null) => Promise<unknown>)[] = [
    (id, version) => assign(manager, id, null, version),
    (id, version) => setStatus(manager, id, 'pending', version),
    (id, version) => snooze(manager, id, inAnHour(), version),
  ];
  for (const doing of doings) {
    await refused(t, doing(thread, 1), 'SCVER', { expected: 1, actual: 2 });
    await refused(t, doing(thread, null), 'SCVRQ');
    for (const id of [theirs, shop.tenantId, null])
      await refused(t, doing(id, 1), 'SCNTF', { field: 'thread_id' });
  }
  for (const id of [theirs, null]) {
    await refused(t, markRead(manager, id), 'SCNTF', { field: 'thread_id' });
    await refused(t, note(manager, id, 'x'), 'SCNTF', { field: 'thread_id' });
  }
  for (const status of ['sleeping', 'snoozed', '', null]) {
    await refused(t, setStatus(manager, thread, status, 2), 'SCVAL', { field: 'status' });
  }
  t.match(await stored(thread), { version: 2, status: 'open', assigned_member_id: editor.id });

  await setStatus(editor, thread, 'closed', 2);
  await refused(t, assign(editor, thread, null, 3), 'SCTRN', { from: 'closed' });

  // Of two people who read the same version, one gets the conflict.
  const contested = await newThread();
  const outcomes = await Promise.allSettled([
    assign(manager, contested, manager.id, 1),
    assign(editor, contested, editor.id, 1),
  ]);
  t.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
  t.equal((await events(contested)).length, 1);

  const shopper = await addShopper(db, shop, 'another shopper');
  for (const sql of [
    `api.assign_thread('${contested}', 2)`,
    `api.set_thread_status('${contested}', 'closed', 2)`,
    `api.snooze_thread('${contested}', now() + interval '1 hour', 2)`,
    `api.mark_thread_read('${contested}')`,
    `api.add_note('${contested}', 'x')`,
  ]) {
    await refused(
      t,
      asBuyer(db, shopper, (client) => client.query(`select ${sql}`)),
      '42501',
    );
    await refused(
      t,
      asRole(db.api, 'commerce_member', '', (client) => client.query(`select ${sql}`)),
      'SCTEN',
    );
  }
  await refused(
    t,
    asMember(db, editor, (client) =>
      client.query(`update api.conversation_thread set status = 'closed', version = version`),
    ),
    '42501',
  );
});
