import t from 'tap';
import { signToken } from '../../src/operations/token.ts';
import { eventually } from '../support/eventually.ts';
import { connect } from './subscriber.ts';
import { bearer, client, codeOf, jwtSecret, setStage } from './support.ts';

/** The chat of the shop, as a web page uses it. */
const { db, server, ours } = await setStage(t);
await ours.ask(`mutation {
  connectChannel(input: { channelType: web_chat, name: "Chat", externalAccountId: "chat" }) { channel { id } }
}`);
const tokenOf = (role: 'buyer' | 'anonymous', subject: string) =>
  signToken({ role, tenantId: ours.tenantId, subject }, jwtSecret, '1h');

const begin = `mutation ($text: String!, $key: String!) {
  startConversation(input: { text: $text, idempotencyKey: $key }) { message { threadId text } }
}`;
const send = `mutation ($thread: UUID!, $text: String!, $key: String!) {
  sendMessage(input: { threadId: $thread, text: $text, idempotencyKey: $key }) { message { text } }
}`;
const answer = `mutation ($thread: UUID!, $text: String!, $key: String!) {
  queueMessage(input: { threadId: $thread, text: $text, idempotencyKey: $key }) { message { deliveryStatus } }
}`;
const threads = `{ conversationThreads { nodes { rowId customerUnreadCount messages { nodes { text direction } } } } }`;
const live = 'subscription { messageAdded { message { text direction } } }';

for (const role of ['buyer', 'anonymous'] as const) {
  t.test(`${role}: writes, sees the answer as it comes, and what is unread`, async (t) => {
    const token = await tokenOf(role, role === 'buyer' ? 'demo-buyer-1' : 'visitor-1');
    const ask = client(server.url, bearer(token));
    const begun = await ask(begin, { text: 'Is it there?', key: `${role} 1` });
    t.match(begun, { errors: undefined, data: { startConversation: { message: { text: 'Is it there?' } } } });
    const thread = begun.data.startConversation.message.threadId;

    const connection = connect(server.url, token);
    t.teardown(() => connection.close());
    const stream = connection.subscribe(live);
    let n = 0;
    await eventually(async () => {
      n += 1;
      await ours.ask(answer, { thread, text: 'It is', key: `${role} answer ${n}` });
      return stream.events.length > 0 || stream.errors.length > 0;
    });
    t.match(stream.errors, []);
    t.match(stream.events[0], { message: { text: 'It is', direction: 'outbound' } });
    t.match(await ask(send, { thread, text: 'I take it', key: `${role} 2` }), {
      errors: undefined,
      data: { sendMessage: { message: { text: 'I take it' } } },
    });

    const { data } = await ask(threads);
    const own = data.conversationThreads.nodes.find(({ rowId }: { rowId: string }) => rowId === thread);
    t.equal(own.customerUnreadCount, n);
    t.same(own.messages.nodes.length, n + 2);
    const read = await ask(
      `mutation ($thread: UUID!) { markConversationRead(input: { threadId: $thread }) { result } }`.replace(
        'ok',
        'result',
      ),
      { thread },
    );
    t.match(read, { errors: undefined, data: { markConversationRead: { result: 0 } } });
  });
}

t.test('a visitor who registers keeps the thread', async (t) => {
  const visitor = client(server.url, bearer(await tokenOf('anonymous', 'visitor-2')));
  const begun = await visitor(begin, { text: 'Before I say who I am', key: 'v' });
  const { threadId: thread } = begun.data.startConversation.message;
  const made = await visitor('mutation { createVisitorCode(input: {}) { visitorCode { code expiresAt } } }');
  t.match(made, { errors: undefined });
  const { code } = made.data.createVisitorCode.visitorCode;
  const shopper = client(server.url, bearer(await tokenOf('buyer', 'somebody-new')));
  const redeem = 'mutation ($code: String!) { redeemVisitorCode(input: { code: $code }) { result } }';
  t.equal(codeOf(await shopper(redeem, { code })), 'FORBIDDEN');
  await shopper('mutation { registerBuyer(input: { fullName: "Somebody new" }) { buyerProfile { id } } }');
  t.match(await shopper(redeem, { code }), { errors: undefined, data: { redeemVisitorCode: { result: 1 } } });
  t.match((await shopper(threads)).data.conversationThreads.nodes, [{ rowId: thread }]);
  t.same((await visitor(threads)).data.conversationThreads.nodes, []);
  t.equal(codeOf(await shopper(redeem, { code })), 'NOT_FOUND');
});

t.test('a visitor without a token of the own writes nothing', async (t) => {
  const { rows } = await db.installer.query<{ domain: string }>(
    'select domain from commerce.tenant where id = $1',
    [ours.tenantId],
  );
  const nobody = client(server.url, { host: rows[0]?.domain ?? '' });
  t.equal(codeOf(await nobody(begin, { text: 'Hello', key: 'n' })), 'FORBIDDEN');
});

const grant = `mutation { requestUpload(input: {
  purpose: "chat", fileName: "a.png", mimeType: "image/png", sizeBytes: "10"
}) { uploadGrant { storageKey } } }`;
const attach = `mutation ($thread: UUID!, $key: String!, $attachments: [SendMessageAttachmentInput!], $replyTo: UUID) {
  sendMessage(input: { threadId: $thread, idempotencyKey: $key, attachments: $attachments, replyToId: $replyTo }) {
    message { rowId messageType attachments { nodes { storageKey mimeType } } replyTo { text } }
  }
}`;

for (const role of ['buyer', 'anonymous'] as const) {
  t.test(`${role}: sends a file, and sees the one of the answer as it comes`, async (t) => {
    const token = await tokenOf(role, role === 'buyer' ? 'demo-buyer-1' : 'visitor-3');
    const ask = client(server.url, bearer(token));
    const begun = await ask(begin, { text: 'Like this one?', key: `${role} file` });
    const thread = begun.data.startConversation.message.threadId;
    const keyOf = async (asker: typeof ask): Promise<string> =>
      (await asker(grant)).data.requestUpload.uploadGrant.storageKey;
    const storageKey = await keyOf(ask);
    const sent = await ask(attach, { thread, key: `${role} with a file`, attachments: [{ storageKey }] });
    t.match(sent, {
      errors: undefined,
      data: {
        sendMessage: {
          message: { messageType: 'image', attachments: { nodes: [{ storageKey, mimeType: 'image/png' }] } },
        },
      },
    });
    const foreign = await keyOf(ours.ask);
    const refused = await ask(attach, {
      thread,
      key: `${role} foreign`,
      attachments: [{ storageKey: foreign }],
    });
    t.equal(codeOf(refused), 'NOT_FOUND');

    const connection = connect(server.url, token);
    t.teardown(() => connection.close());
    const stream = connection.subscribe(
      'subscription { messageAdded { message { messageType attachments { nodes { caption } } replyTo { rowId } } } }',
    );
    let n = 0;
    await eventually(async () => {
      n += 1;
      const answered = await ours.ask(
        `mutation ($thread: UUID!, $key: String!, $attachments: [QueueMessageAttachmentInput!], $replyTo: UUID!) {
           queueMessage(input: { threadId: $thread, idempotencyKey: $key, attachments: $attachments, replyToId: $replyTo }) {
             message { rowId }
           }
         }`,
        {
          thread,
          key: `${role} answer with a file ${n}`,
          attachments: [{ fileType: 'image', url: 'https://files.example/1.png', caption: 'Or that' }],
          replyTo: sent.data.sendMessage.message.rowId,
        },
      );
      t.match(answered, { errors: undefined });
      return stream.events.length > 0 || stream.errors.length > 0;
    });
    t.match(stream.errors, []);
    t.match(stream.events[0], {
      message: {
        messageType: 'image',
        attachments: { nodes: [{ caption: 'Or that' }] },
        replyTo: { rowId: sent.data.sendMessage.message.rowId },
      },
    });
  });
}

t.test("an order's timeline has its messages, for staff and for the shopper", async (t) => {
  const shopper = client(server.url, bearer(await tokenOf('buyer', 'demo-buyer-1')));
  const { data } = await shopper(`{ orders(first: 1) { nodes { rowId } } }`);
  const order = data.orders.nodes[0].rowId;
  const sent = await shopper(
    `mutation ($order: UUID!) {
      startConversation(input: { text: "Where is my parcel?", orderId: $order, idempotencyKey: "about an order" }) {
        message { threadId }
      }
    }`,
    { order },
  );
  const thread = sent.data.startConversation.message.threadId;
  const answered = await ours.ask(
    `mutation ($thread: UUID!, $order: UUID!) {
      queueMessage(input: { threadId: $thread, orderId: $order, text: "On its way", idempotencyKey: "about it" }) {
        message { rowId }
      }
    }`,
    { thread, order },
  );
  t.equal(answered.errors, undefined);
  const timeline = `query ($order: ID!) {
    order(id: $order) { timeline { kind detail } }
  }`;
  for (const ask of [shopper, ours.ask]) {
    const { data: seen, errors } = await ask(timeline, { order });
    t.equal(errors, undefined);
    t.strictSame(
      seen.order.timeline
        .filter(({ kind }: { kind: string }) => kind === 'message')
        .map(({ detail }: { detail: string }) => detail),
      ['Where is my parcel?', 'On its way'],
    );
  }
});
