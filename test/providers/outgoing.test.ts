import t from 'tap';
import {
  claimMessages,
  createDatabase,
  sentIdIn,
  toMailgun,
  toMessenger,
  toWhatsApp,
} from '../../src/index.ts';
import { approve, queue } from '../functions/chat.ts';
import { addChatCustomer, openShop, uploadKey } from '../functions/shop.ts';
import { createTestDatabase } from '../support/database.ts';
import { asMember } from '../support/session.ts';

/** The requests that send what a sender has claimed, as the providers' references write them. */
type Claimed = Parameters<typeof toWhatsApp>[0];
const base: Claimed = {
  attachments: [],
  attempt: 1,
  channelId: 'c',
  channelType: 'whatsapp',
  externalAccountId: '1055',
  externalUserId: '2348030000001',
  isPastWindow: false,
  language: null,
  message: 'Good day',
  messageId: 'm',
  messageType: 'text',
  metadata: {},
  provider: 'meta',
  replyToExternalMessageId: null,
  templateName: null,
  threadId: 't',
};
const linkOf = (key: string) => `https://files.example/${key}`;
const image = { fileType: 'image', storageKey: 'k/1.png' } as const;

t.test('WhatsApp', async (t) => {
  const body = (values: Partial<Claimed>) => toWhatsApp({ ...base, ...values }, linkOf).body;
  t.strictSame(toWhatsApp(base), {
    path: '1055/messages',
    body: {
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: '2348030000001',
      type: 'text',
      text: { body: 'Good day' },
    },
  });
  t.match(body({ replyToExternalMessageId: 'wamid.1' }), { context: { message_id: 'wamid.1' } });
  t.match(body({ messageType: 'image', attachments: [image], message: 'This' }), {
    type: 'image',
    image: { link: 'https://files.example/k/1.png', caption: 'This' },
  });
  const known = { fileType: 'audio', externalMediaId: '99' } as const;
  t.strictSame(body({ messageType: 'audio', attachments: [known] }).audio, { id: '99' });
  const file = { fileType: 'document', url: 'https://x/1', fileName: 'a.pdf' } as const;
  t.strictSame(body({ messageType: 'document', attachments: [file], message: '' }).document, {
    link: 'https://x/1',
    filename: 'a.pdf',
  });
  const place = {
    fileType: 'location',
    latitude: 6.5,
    longitude: 3.4,
    fileName: 'Shop',
    caption: '1 Road',
  } as const;
  t.strictSame(body({ messageType: 'location', attachments: [place] }).location, {
    latitude: 6.5,
    longitude: 3.4,
    name: 'Shop',
    address: '1 Road',
  });
  t.match(body({ messageType: 'contact', metadata: { contacts: [{ a: 1 }] } }), {
    type: 'contacts',
    contacts: [{ a: 1 }],
  });
  t.match(body({ messageType: 'interactive', metadata: { interactive: { type: 'button' } } }), {
    interactive: { type: 'button' },
  });
  const template = { messageType: 'template', templateName: 'sale', language: 'pt-BR' } as const;
  t.strictSame(body({ ...template, metadata: { variables: ['Ngozi', 2] } }).template, {
    name: 'sale',
    language: { code: 'pt_BR' },
    components: [
      {
        type: 'body',
        parameters: [
          { type: 'text', text: 'Ngozi' },
          { type: 'text', text: '2' },
        ],
      },
    ],
  });
  t.match(body({ ...template, metadata: { variables: { name: 'Ngozi' } } }), {
    template: { components: [{ parameters: [{ parameter_name: 'name', text: 'Ngozi' }] }] },
  });
  t.notOk('components' in (body(template).template as object));
  t.throws(() => toWhatsApp({ ...base, messageType: 'image', attachments: [image] }), /no link/);
});

t.test('Messenger and Instagram', async (t) => {
  const body = (values: Partial<Claimed>) => toMessenger({ ...base, ...values }, linkOf).body;
  t.strictSame(toMessenger({ ...base, replyToExternalMessageId: 'm1' }), {
    path: '1055/messages',
    body: {
      recipient: { id: '2348030000001' },
      messaging_type: 'RESPONSE',
      reply_to: { mid: 'm1' },
      message: { text: 'Good day' },
    },
  });
  t.match(body({ isPastWindow: true }), { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' });
  for (const [fileType, type] of [
    ['image', 'image'],
    ['document', 'file'],
    ['sticker', 'image'],
    ['video', 'video'],
  ] as const) {
    t.strictSame(body({ attachments: [{ ...image, fileType }] }).message, {
      attachment: { type, payload: { url: 'https://files.example/k/1.png' } },
    });
  }
});

t.test('Mailgun', async (t) => {
  const mail = { ...base, externalAccountId: 'hello@shop.example', externalUserId: 'ngozi@example.org' };
  t.strictSame(toMailgun({ ...mail, metadata: { subject: 'The dress' } }), {
    path: 'shop.example/messages',
    body: { from: 'hello@shop.example', to: 'ngozi@example.org', subject: 'The dress', text: 'Good day' },
  });
  t.match(
    toMailgun({ ...mail, replyToExternalMessageId: '1@example.org', attachments: [image] }, linkOf).body,
    {
      text: 'Good day\n\nhttps://files.example/k/1.png',
      'h:In-Reply-To': '<1@example.org>',
    },
  );
});

t.test("the provider's id stands in its answer", async (t) => {
  t.equal(sentIdIn({ messages: [{ id: 'wamid.1' }] }), 'wamid.1');
  t.equal(sentIdIn({ recipient_id: '1', message_id: 'm1' }), 'm1');
  t.equal(sentIdIn({ id: '<1@shop.example>', message: 'Queued.' }), '1@shop.example');
  for (const answer of [null, {}, [], { messages: [] }, { error: { code: 1 } }])
    t.equal(sentIdIn(answer), null);
});

t.test('what the queue gives out can be sent as it is', async (t) => {
  const db = await createTestDatabase(t, { template: 'empty' });
  const database = createDatabase({
    connectionString: db.urls.DATABASE_API_URL,
    authConnectionString: db.urls.DATABASE_AUTH_URL,
    workerConnectionString: db.urls.DATABASE_WORKER_URL,
  });
  t.teardown(() => database.close());
  const shop = await openShop(db);
  const { threadId } = await addChatCustomer(db, shop, '2348030000001');
  await approve(db, shop, 'hello');
  const next = () =>
    database.asWorker((tx) => tx.run(claimMessages, { worker: 'w' }), { tenantId: shop.tenantId });
  const key = await uploadKey(asMember, db, shop.owner, 'chat');
  await queue(db, shop.owner, threadId, {
    key: 'a',
    message: null,
    attachments: JSON.stringify([{ file_type: 'image', storage_key: key, caption: 'This' }]),
  });
  const [claimed] = await next();
  t.match(toWhatsApp(claimed as Claimed, linkOf).body, {
    to: '2348030000001',
    image: { link: `https://files.example/${key}`, caption: 'This' },
  });
});
