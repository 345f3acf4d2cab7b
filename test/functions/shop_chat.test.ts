import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import {
  asAnonymous,
  asBuyer,
  asMember,
  asRole,
  asVisitor,
  asWorker,
  openSession,
  type Who,
} from '../support/session.ts';
import { addMember, named, queue } from './chat.ts';
import { addShopper, one, openShop, type Row, refused, type Shop } from './shop.ts';

/** What shoppers and visitors write in the chat of the shop itself. */
const db = await createTestDatabase(t, { template: 'empty' });

type As = typeof asBuyer;
let keys = 0;
const call = (as: As, who: Who, name: string, args: Record<string, unknown>): Promise<Row> => {
  const [list, values] = named(args);
  return as(db, who, (client) => one(client, `select * from api.${name}(${list})`, values));
};
const start = (as: As, who: Who, message: string, args: Record<string, unknown> = {}) => {
  keys += 1;
  return call(as, who, 'start_conversation', { idempotency_key: `start ${keys}`, message, ...args });
};
const send = (as: As, who: Who, threadId: unknown, message: string, args: Record<string, unknown> = {}) => {
  keys += 1;
  return call(as, who, 'send_message', {
    thread_id: threadId,
    idempotency_key: `send ${keys}`,
    message,
    ...args,
  });
};
const read = async (as: As, who: Who, threadId: unknown, messageId: unknown = null): Promise<unknown> =>
  (
    await as(db, who, (client) =>
      one<{ unread: number }>(client, 'select api.mark_conversation_read($1, $2) as unread', [
        threadId,
        messageId,
      ]),
    )
  ).unread;
const redeem = async (who: Who, code: unknown): Promise<number> =>
  (
    await asBuyer(db, who, (client) =>
      one<{ count: number }>(client, 'select api.redeem_visitor_code($1) as count', [code]),
    )
  ).count;
const threadOf = (id: unknown): Promise<Row> =>
  one(db.installer, 'select * from commerce.conversation_thread where id = $1', [id]);
/** What somebody sees: texts of the own messages, and the unread count of each own thread. */
const seen = (as: As, who: Who): Promise<{ texts: string[] | null; unread: number[] | null }> =>
  as(db, who, (client) =>
    one(
      client,
      `select (select array_agg(message order by arrival) from api.conversation_history) as texts,
              (select array_agg(customer_unread_count order by id) from api.conversation_thread) as unread`,
    ),
  );

async function shopWithChat(): Promise<Shop & { chat: string }> {
  const shop = await openShop(db);
  const { id: chat } = await asMember(db, shop.owner, (client) =>
    one(client, `select id from api.connect_channel('web_chat', 'Chat', $1)`, [`chat of ${shop.account}`]),
  );
  return { ...shop, chat };
}
const visitorOf = ({ tenantId }: Shop, subject = 'visitor-1'): Who => ({ tenantId, subject });

for (const kind of ['shopper', 'visitor'] as const) {
  t.test(`a ${kind} writes, is answered, and reads`, async (t) => {
    const shop = await shopWithChat();
    const as = kind === 'shopper' ? asBuyer : asVisitor;
    const who = kind === 'shopper' ? await addShopper(db, shop, 'ann') : visitorOf(shop);
    const first = await start(as, who, 'Is it there?');
    t.match(first, { direction: 'inbound', sender_type: 'customer', delivery_status: 'received' });
    const second = await send(as, who, first.thread_id, 'Hello?');
    t.match(await threadOf(first.thread_id), { status: 'open', unread_count: 2, customer_unread_count: 0 });

    const answer = await queue(db, shop.owner, first.thread_id as string, {
      key: 'answer',
      message: 'It is',
      reply_to_id: second.id,
    });
    t.match(answer, { delivery_status: 'sent' }, 'there is no provider to wait for');
    await queue(db, shop.owner, first.thread_id as string, { key: 'more', message: 'In blue as well' });
    t.strictSame(await seen(as, who), {
      texts: ['Is it there?', 'Hello?', 'It is', 'In blue as well'],
      unread: [2],
    });

    t.equal(await read(as, who, first.thread_id, answer.id), 1, 'what came later is unread');
    const state = 'select delivery_status from commerce.conversation_history where id = $1';
    t.match(await one(db.installer, state, [answer.id]), { delivery_status: 'read' });
    t.equal(await read(as, who, first.thread_id, second.id), 1, 'going back reads nothing more');
    t.equal(await read(as, who, first.thread_id), 0);
    t.strictSame((await seen(as, who)).unread, [0]);

    await asMember(db, shop.owner, (client) =>
      client.query(
        `select api.set_thread_status($1, 'resolved', version) from api.conversation_thread where id = $1`,
        [first.thread_id],
      ),
    );
    await send(as, who, first.thread_id, 'One more thing');
    t.match(await threadOf(first.thread_id), { status: 'open' }, 'a resolved thread is open again');
    await asMember(db, shop.owner, (client) =>
      client.query(
        `select api.set_thread_status($1, 'closed', version) from api.conversation_thread where id = $1`,
        [first.thread_id],
      ),
    );
    await refused(t, send(as, who, first.thread_id, 'And?'), 'SCTRN', { from: 'closed' });
    const next = await start(as, who, 'And?');
    t.not(next.thread_id, first.thread_id, 'a closed one is followed by another');
    const { types } = await one(
      db.installer,
      `select array_agg(event_type order by event_type) as types from commerce.conversation_event where thread_id = $1`,
      [first.thread_id],
    );
    t.strictSame(types, [
      'conversation_closed',
      'conversation_reopened',
      'conversation_started',
      ...Array(2).fill('message_read'),
      ...Array(3).fill('message_received'),
      'status_changed',
    ]);
  });
}

t.test('a repeat with the same key is the same message, and a key is of one person', async (t) => {
  const shop = await shopWithChat();
  const [ann, ben] = [await addShopper(db, shop, 'ann'), await addShopper(db, shop, 'ben')];
  const key = { idempotency_key: 'k' };
  const first = await start(asBuyer, ann, 'Hello', key);
  t.strictSame(await start(asBuyer, ann, 'Hello', key), first);
  await refused(t, start(asBuyer, ann, 'Hello!', key), 'SCIDM');
  const other = await start(asBuyer, ben, 'Hello', key);
  t.not(other.thread_id, first.thread_id);
  const sent = await send(asBuyer, ann, first.thread_id, 'Hello', key);
  t.equal((await send(asBuyer, ann, first.thread_id, 'Hello', key)).id, sent.id);
  const calls = await Promise.all(
    Array.from({ length: 8 }, (_, i) =>
      start(asVisitor, visitorOf(shop), 'Hello', { idempotency_key: `at once ${i}` }),
    ),
  );
  t.equal(
    new Set(calls.map(({ thread_id }) => thread_id)).size,
    1,
    'eight first messages at once are in one thread',
  );
  t.equal(new Set(calls.map(({ customer_id }) => customer_id)).size, 1);
});

t.test("nobody writes or reads in another's thread", async (t) => {
  const [shop, elsewhere] = [await shopWithChat(), await shopWithChat()];
  const [ann, ben] = [await addShopper(db, shop, 'ann'), await addShopper(db, shop, 'ben')];
  const { thread_id: anns, id: message } = await start(asBuyer, ann, 'Mine');
  const { thread_id: visitors } = await start(asVisitor, visitorOf(shop), 'Mine');
  await start(asVisitor, visitorOf(shop, 'visitor-2'), 'Mine, too');
  await start(asBuyer, ben, 'Mine, too');
  for (const [as, who] of [
    [asBuyer, ben],
    [asVisitor, visitorOf(shop, 'visitor-2')],
    [asVisitor, visitorOf(shop, 'visitor-3')],
    [asAnonymous, visitorOf(shop)],
    [asVisitor, visitorOf(elsewhere)],
  ] as const) {
    for (const thread of [anns, visitors]) {
      await refused(t, send(as, who, thread, 'Not mine'), 'SCNTF', { field: 'thread_id' });
      await refused(t, read(as, who, thread), 'SCNTF', { field: 'thread_id' });
    }
    t.notOk((await seen(as, who)).texts?.includes('Mine'));
  }
  await refused(t, start(asAnonymous, visitorOf(shop), 'Who am I?'), 'SCPRM', { permission: 'visitor' });
  await refused(t, start(asBuyer, { tenantId: shop.tenantId, subject: 'new' }, 'Hello'), 'SCPRM');
  await refused(t, start(asBuyer, ann, '  '), 'SCVAL', { field: 'message' });
  await refused(t, start(asBuyer, ann, 'x'.repeat(65_537)), 'SCVAL', { field: 'message' });
  const { thread_id: bens } = await start(asBuyer, ben, 'Again');
  await refused(t, send(asBuyer, ben, bens, 'See', { reply_to_id: message }), 'SCNTF', {
    field: 'reply_to_id',
  });
  await refused(t, read(asBuyer, ben, bens, message), 'SCNTF', { field: 'message_id' });
  const wrong = { channel_id: elsewhere.chat };
  await refused(t, start(asBuyer, ann, 'Hello', wrong), 'SCNTF', { field: 'channel_id' });
  const whatsapp = await asMember(db, shop.owner, (client) =>
    one(client, `select id from api.channel where channel_type = 'whatsapp'`),
  );
  await refused(t, start(asBuyer, ann, 'Hello', { channel_id: whatsapp.id }), 'SCNTF', {
    field: 'channel_id',
  });
  const bare = await openShop(db);
  await refused(t, start(asVisitor, visitorOf(bare), 'Hello'), 'SCNTF', { field: 'channel_id' });
});

t.test(
  "a blocked shopper's message is kept, silent and closed, and the shopper does not learn of it",
  async (t) => {
    const shop = await shopWithChat();
    const ann = await addShopper(db, shop, 'ann');
    const { thread_id: thread } = await start(asBuyer, ann, 'Hello');
    await db.installer.query(
      'update commerce.customer set is_blocked = true, version = version where id = $1',
      [ann.customerId],
    );
    const sent = await send(asBuyer, ann, thread, 'Hello?');
    t.match(sent, { is_silent: false, message: 'Hello?' });
    t.match(await threadOf(thread), { status: 'closed', unread_count: 1 });
    t.equal((await start(asBuyer, ann, 'Still?')).thread_id, thread, 'and nothing is opened');
    t.match(await threadOf(thread), { status: 'closed', unread_count: 1 });
  },
);

t.test('a visitor who registers takes the conversations along', async (t) => {
  const shop = await shopWithChat();
  const visitor = visitorOf(shop);
  const { thread_id: old } = await start(asVisitor, visitor, 'Is it there?');
  await asMember(db, shop.owner, (client) =>
    client.query(
      `select api.set_thread_status($1, 'closed', version) from api.conversation_thread where id = $1`,
      [old],
    ),
  );
  const { thread_id: thread, customer_id: customer } = await start(asVisitor, visitor, 'I take it');
  await queue(db, shop.owner, thread as string, { key: 'a', message: 'Who are you?' });
  const code = async () => (await call(asVisitor, visitor, 'create_visitor_code', {})).code;
  const [first, second] = [await code(), await code()];
  for (const validFor of ['59 seconds', '1 hour 1 second', null]) {
    await refused(t, call(asVisitor, visitor, 'create_visitor_code', { valid_for: validFor }), 'SCVAL', {
      field: 'valid_for',
    });
  }

  const ann = await addShopper(db, shop, 'ann');
  await refused(t, redeem(ann, first), 'SCNTF', { field: 'code' });
  await refused(t, redeem(await addShopper(db, await shopWithChat(), 'ann'), second), 'SCNTF', {
    field: 'code',
  });
  await refused(t, redeem({ tenantId: shop.tenantId, subject: 'unregistered' }, second), 'SCPRM');
  const session = await openSession(db, 'anonymous', visitor);
  t.equal(await redeem(ann, second), 2);
  await refused(t, redeem(ann, second), 'SCNTF', { field: 'code' });
  await refused(t, redeem(ann, null), 'SCNTF', { field: 'code' });

  t.match(await seen(asBuyer, ann), { texts: ['Is it there?', 'I take it', 'Who are you?'] });
  t.match(await threadOf(thread), { customer_id: ann.customerId, status: 'open', customer_unread_count: 1 });
  await send(asBuyer, ann, thread, 'Ann');
  const { is_deleted: isGone } = await one(
    db.installer,
    'select is_deleted from commerce.customer where id = $1',
    [customer],
  );
  t.equal(isGone, true);
  const stillOpen = await asRole(db.api, 'commerce_anonymous', session, (client) =>
    one<{ n: number }>(client, 'select count(*)::int as n from api.conversation_history'),
  );
  t.equal(stillOpen.n, 0, "the visitor's open session sees nothing of the shopper's");
  t.strictSame(await seen(asVisitor, visitor), { texts: null, unread: null });
  t.not((await start(asVisitor, visitor, 'Somebody else')).customer_id, ann.customerId);
});

t.test('a code ends, and one who has an open thread keeps it', async (t) => {
  const shop = await shopWithChat();
  const visitor = visitorOf(shop);
  await refused(t, call(asVisitor, visitor, 'create_visitor_code', {}), 'SCPRM', { permission: 'visitor' });
  const { thread_id: visited } = await start(asVisitor, visitor, 'As a visitor');
  await asMember(db, shop.owner, (client) =>
    client.query(
      `select api.snooze_thread($1, now() + interval '1 day', version) from api.conversation_thread where id = $1`,
      [visited],
    ),
  );
  const ann = await addShopper(db, shop, 'ann');
  const { thread_id: own } = await start(asBuyer, ann, 'As a shopper');
  const { code } = await call(asVisitor, visitor, 'create_visitor_code', {});
  await db.installer.query(`update internal.visitor set code_expires_at = now()`);
  await refused(t, redeem(ann, code), 'SCNTF');
  await db.installer.query(`update internal.visitor set code_expires_at = now() + interval '1 minute'`);
  t.equal(await redeem(ann, code), 1);
  t.match(await threadOf(visited), { customer_id: ann.customerId, status: 'closed' });
  t.match(await threadOf(own), { customer_id: ann.customerId, status: 'open' });
});

t.test(
  'the thread of one who writes while the code is redeemed comes along or stays with the visitor',
  async (t) => {
    const shop = await shopWithChat();
    const ann = await addShopper(db, shop, 'ann');
    for (let i = 0; i < 10; i += 1) {
      const visitor = visitorOf(shop, `at once ${i}`);
      await start(asVisitor, visitor, 'Hello');
      const { code } = await call(asVisitor, visitor, 'create_visitor_code', {});
      await Promise.all([redeem(ann, code), start(asVisitor, visitor, 'Hello again')]);
    }
    const lost = await one<{ n: number }>(
      db.installer,
      `select count(*)::int as n from commerce.conversation_thread as t join commerce.customer as c on c.id = t.customer_id
      where t.tenant_id = $1 and c.is_deleted`,
      [shop.tenantId],
    );
    t.equal(lost.n, 0);
  },
);

t.test('staff see a visitor like any customer, and may hand the thread over', async (t) => {
  const shop = await shopWithChat();
  const clerk = await addMember(db, shop, 'editor');
  const { thread_id: thread } = await start(asVisitor, visitorOf(shop), 'Hello');
  const inbox = await asMember(db, shop.owner, (client) =>
    one(client, 'select channel_type, last_message, unread_count from api.conversation_inbox where id = $1', [
      thread,
    ]),
  );
  t.match(inbox, { channel_type: 'web_chat', last_message: 'Hello', unread_count: 1 });
  await asMember(db, shop.owner, (client) =>
    client.query('select api.assign_thread($1, version, $2) from api.conversation_thread where id = $1', [
      thread,
      clerk.id,
    ]),
  );
  t.match(await threadOf(thread), { assigned_member_id: clerk.id });
});

t.test('shoppers read files, reactions, quotes and edits of their own conversation only', async (t) => {
  const shop = await shopWithChat();
  const [ann, ben] = [await addShopper(db, shop, 'ann'), await addShopper(db, shop, 'ben')];
  const number = '2348030000077';
  const arrive = (id: string, rest: Record<string, unknown> = {}) => {
    const [list, values] = named({
      channel_type: 'whatsapp',
      external_account_id: shop.account,
      external_user_id: number,
      external_message_id: id,
      message: id,
      ...rest,
    });
    return asWorker(db, (client) => one(client, `select * from internal.receive_message(${list})`, values));
  };
  const change = (id: string, kind: string, content: string) =>
    asWorker(db, (client) =>
      client.query(
        `select internal.record_message_change('whatsapp', $1, $2, $3, $4, now(), $5, 'customer')`,
        [shop.account, id, kind, content, number],
      ),
    );
  const { thread_id: thread } = await arrive('first');
  await arrive('second', {
    message: '',
    message_type: 'image',
    attachments: JSON.stringify([
      { file_type: 'image', url: 'https://files.example/1.png', caption: 'This' },
    ]),
    reply_to_external_id: 'first',
  });
  await change('second', 'reaction', '❤️');
  await change('first', 'edit', 'first, edited');
  // The conversation becomes Ann's, as when customers are merged.
  await db.installer.query(
    'update commerce.conversation_thread set customer_id = $2, version = version where id = $1',
    [thread, ann.customerId],
  );
  await start(asVisitor, visitorOf(shop), 'Hello');

  const read = (as: As, who: Who) =>
    as(db, who, (client) =>
      one<Record<string, unknown>>(
        client,
        `select (select jsonb_agg(jsonb_build_object('text', h.message, 'kind', h.message_type, 'quote', r.message,
                          'is_edited', h.edited_at is not null) order by h.arrival)
                   from api.conversation_history as h
                   left join api.conversation_history as r on r.id = h.reply_to_id
                  where h.thread_id = $1) as messages,
                (select jsonb_agg(a.caption) from api.message_attachment as a) as files,
                (select jsonb_agg(e.emoji) from api.message_reaction as e) as reactions,
                (select jsonb_agg(v.message order by v.occurred_at) from api.message_revision as v) as texts`,
        [thread],
      ),
    );
  const own = {
    messages: [
      { text: 'first, edited', kind: 'text', quote: null, is_edited: true },
      { text: 'This', kind: 'image', quote: 'first, edited', is_edited: false },
    ],
    files: ['This'],
    reactions: ['❤️'],
    texts: ['first', 'first, edited'],
  };
  t.same(await read(asBuyer, ann), own);
  t.same(await read(asMember, shop.owner), own);
  const nothing = { messages: null, files: null, reactions: null, texts: null };
  t.same(await read(asBuyer, ben), nothing);
  t.same(await read(asVisitor, visitorOf(shop)), nothing);
  t.same(await read(asAnonymous, visitorOf(shop)), nothing);

  await change('second', 'reaction', '');
  await change('second', 'deletion', '');
  t.match(await read(asBuyer, ann), { files: null, reactions: null }, 'what was taken back is gone');
});
