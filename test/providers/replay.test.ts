import { createHmac } from 'node:crypto';
import t from 'tap';
import {
  createDatabase,
  isSigned,
  isSignedByMailgun,
  type ProviderEvent,
  readGeneric,
  readMailgun,
  readMessenger,
  readWhatsApp,
  recordEvents,
} from '../../src/index.ts';
import type { Json } from '../../src/model/json.ts';
import { approve, claim, markSent } from '../functions/chat.ts';
import { one, openShop, type Shop } from '../functions/shop.ts';
import { createTestDatabase } from '../support/database.ts';
import { diceOf } from '../support/dice.ts';
import { asMember } from '../support/session.ts';

/** Whole histories of webhooks, as providers write them, delivered in order, twice, late and in any order. */
const db = await createTestDatabase(t, { template: 'empty' });
const database = createDatabase({
  connectionString: db.urls.DATABASE_API_URL,
  authConnectionString: db.urls.DATABASE_AUTH_URL,
  workerConnectionString: db.urls.DATABASE_WORKER_URL,
});
t.teardown(() => database.close());

const start = Math.floor(Date.now() / 1000) - 3600;
const customer = '2348030000001';

/** Webhooks of a WhatsApp number, one of each kind. */
function whatsapp(account: string): Json[] {
  let n = 0;
  const change = (field: string, value: Record<string, Json>): Json => ({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: `business ${account}`,
        time: start + n,
        changes: [
          {
            field,
            value: { messaging_product: 'whatsapp', metadata: { phone_number_id: account }, ...value },
          },
        ],
      },
    ],
  });
  const message = (type: string, content: Json, more: Record<string, Json> = {}): Json => {
    n += 1;
    return change('messages', {
      contacts: [{ wa_id: customer, profile: { name: 'Ngozi' } }],
      messages: [
        {
          from: customer,
          id: `wamid.${n}`,
          timestamp: String(start + 10 * n),
          type,
          [type]: content,
          ...more,
        },
      ],
    });
  };
  const status = (name: string, second: number): Json =>
    change('messages', { statuses: [{ id: 'wamid.out', status: name, timestamp: String(start + second) }] });
  const template = (event: string, second: number): Json => ({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: `business ${account}`,
        time: start + second,
        changes: [
          {
            field: 'message_template_status_update',
            value: {
              event,
              message_template_name: 'sale',
              message_template_language: 'pt_BR',
              reason: 'NONE',
            },
          },
        ],
      },
    ],
  });
  return [
    message('text', { body: 'Is it there?' }),
    message('image', { id: 'media 1', mime_type: 'image/jpeg', caption: 'This one' }),
    message('text', { body: 'And this?' }, { context: { id: 'wamid.2' } }),
    message('location', { latitude: 6.5, longitude: 3.4, name: 'Home' }),
    message('contacts', [{ name: { formatted_name: 'Bisi' } }]),
    message('interactive', { type: 'button_reply', button_reply: { id: 'yes', title: 'Yes' } }),
    message('order', { catalog_id: '1', product_items: [{ product_retailer_id: 'A', quantity: 1 }] }),
    message('system', { body: 'The customer changed their number' }),
    message('holograms', {}),
    message('reaction', { message_id: 'wamid.1', emoji: '👍' }),
    message('reaction', { message_id: 'wamid.1', emoji: '' }),
    message('reaction', { message_id: 'wamid.3', emoji: '❤️' }),
    message('edit', { original_message_id: 'wamid.3', message: { text: { body: 'And that?' } } }),
    message('text', { body: 'Forget this' }),
    message('revoke', { original_message_id: 'wamid.14' }),
    message('edit', {
      original_message_id: 'wamid.2',
      message: {
        type: 'image',
        image: { caption: 'This one, in blue', mime_type: 'image/jpeg', id: 'media 1' },
      },
    }),
    message('interactive', {
      type: 'nfm_reply',
      nfm_reply: { name: 'flow', body: 'Sent', response_json: '{"size":"M"}' },
    }),
    message(
      'text',
      { body: 'From the group' },
      { from: '2348030000005', group_id: 'group 1', context: { referred_product: { catalog_id: '1' } } },
    ),
    change('messages', {
      contacts: [{ user_id: 'NG.77', profile: { name: 'Hidden' } }],
      messages: [
        {
          from_user_id: 'NG.77',
          id: 'wamid.hidden',
          timestamp: String(start + 400),
          type: 'text',
          text: { body: 'Hi' },
        },
      ],
    }),
    change('history', {
      history: [
        {
          metadata: { phase: 0, chunk_order: 1, progress: 100 },
          threads: [
            {
              id: customer,
              messages: [
                {
                  from: customer,
                  id: 'wamid.old1',
                  timestamp: String(start - 86_400),
                  type: 'text',
                  text: { body: 'Last year' },
                  history_context: { status: 'READ' },
                },
                {
                  from: '15550001',
                  id: 'wamid.old2',
                  timestamp: String(start - 86_000),
                  type: 'text',
                  text: { body: 'Our answer' },
                  history_context: { status: 'READ' },
                },
              ],
            },
          ],
        },
      ],
    }),
    change('smb_message_echoes', {
      message_echoes: [
        {
          from: account,
          to: customer,
          id: 'wamid.echo',
          timestamp: String(start + 500),
          type: 'text',
          text: { body: 'By phone' },
        },
      ],
    }),
    status('sent', 1),
    status('delivered', 2),
    status('read', 3),
    template('REJECTED', 4),
    template('APPROVED', 5),
  ];
}

/** Webhooks of a page of Messenger, or of an account of Instagram. */
function messenger(account: string, object = 'page'): Json[] {
  const event = (content: Record<string, Json>, second: number, from = 'psid 1', to = account): Json => ({
    object,
    entry: [
      {
        id: account,
        time: (start + second) * 1000,
        messaging: [
          {
            sender: { id: from },
            recipient: { id: to },
            timestamp: (start + second) * 1000 + 250,
            ...content,
          },
        ],
      },
    ],
  });
  return [
    event({ message: { mid: 'm1', text: 'Hello' } }, 1),
    event(
      {
        message: { mid: 'm2', attachments: [{ type: 'image', payload: { url: 'https://files.example/1' } }] },
      },
      2,
    ),
    event({ message: { mid: 'm3', text: 'And this?', reply_to: { mid: 'm2' } } }, 3),
    event({ reaction: { mid: 'm1', action: 'react', emoji: '👍' } }, 4),
    event({ reaction: { mid: 'm1', action: 'unreact' } }, 5),
    event({ message_edit: { mid: 'm3', text: 'And that?' } }, 6),
    event({ message: { mid: 'm4', is_echo: true, text: 'By the page' } }, 7, account, 'psid 1'),
    event({ message: { mid: 'm5', is_echo: true, app_id: 77, text: 'Ours' } }, 8, account, 'psid 1'),
    event({ delivery: { mids: ['m4'], watermark: (start + 8) * 1000 } }, 9),
    object === 'page'
      ? event({ read: { watermark: (start + 9) * 1000 } }, 10)
      : event({ read: { mid: 'm4' } }, 10),
    event({ message: { mid: 'm6', text: 'Forget this' } }, 11),
    event({ message: { mid: 'm6', is_deleted: true } }, 12),
    event({ message: { mid: 'm7', text: 'Red', quick_reply: { payload: 'RED' } } }, 13),
    event({ postback: { mid: 'm8', title: 'Get started', payload: 'START' } }, 14),
    event(
      {
        message: {
          mid: 'm9',
          attachments: [
            { type: 'image', payload: { url: 'https://files.example/s', sticker_id: 1 } },
            { type: 'sticker', payload: { url: 'https://files.example/s', sticker_id: 1 } },
          ],
        },
      },
      15,
    ),
    event(
      { message: { mid: 'm10', attachments: [{ type: 'story_mention', payload: { url: 'https://x/s' } }] } },
      16,
    ),
    event(
      { message: { mid: 'm11', text: 'Nice', reply_to: { story: { id: 's1', url: 'https://x/s1' } } } },
      17,
    ),
    event({ reaction: { mid: 'm11', action: 'react', emoji: '😀' } }, 18, account, 'psid 1'),
    // After the time up to which all is read: delivered, and no more.
    event({ message: { mid: 'm12', is_echo: true, text: 'One more' } }, 20, account, 'psid 1'),
    event(
      object === 'page' ? { delivery: { watermark: (start + 21) * 1000 } } : { delivery: { mids: ['m12'] } },
      22,
    ),
    event({ message: { mid: 'm13', is_echo: true, text: 'The last' } }, 30, account, 'psid 1'),
    // Another person's reading is nobody else's.
    event({ read: { watermark: (start + 60) * 1000 } }, 61, 'psid 2'),
  ];
}

/** Webhooks of a mailbox at Mailgun. */
function mailgun(account: string): Json[] {
  const mail = (id: string, text: string, second: number, more: Record<string, Json> = {}): Json => ({
    recipient: account,
    sender: 'bounces@example.org',
    from: 'Ngozi <Ngozi@Example.org>',
    subject: 'The dress',
    'body-plain': `${text}\n> quoted`,
    'stripped-text': text,
    'Message-Id': `<${id}@example.org>`,
    timestamp: String(start + second),
    ...more,
  });
  const event = (name: string, second: number, more: Record<string, Json> = {}): Json => ({
    signature: {},
    'event-data': {
      event: name,
      timestamp: start + second + 0.5,
      message: { headers: { 'message-id': 'out@shop.example', from: `Shop <${account}>` } },
      ...more,
    },
  });
  return [
    mail('1', 'Is it there?', 1),
    mail('2', 'This one', 2, {
      attachments: JSON.stringify([
        { url: 'https://files.example/1', 'content-type': 'image/png', name: 'a.png', size: 10 },
      ]),
    }),
    mail('3', 'And this?', 3, { 'In-Reply-To': '<1@example.org>' }),
    mail('4', '', 4, { subject: 'Only a subject', 'body-plain': '' }),
    mail('5', 'In capitals', 5, { from: 'NGOZI@EXAMPLE.ORG' }),
    event('accepted', 10),
    event('failed', 11, { severity: 'temporary' }),
    event('delivered', 12),
    event('opened', 13),
    event('clicked', 14),
  ];
}

/** Webhooks in our own form, of a Telegram bot. */
function generic(account: string): Json[] {
  const event = (kind: string, second: number, values: Record<string, Json>): Json => ({
    events: [
      {
        kind,
        channelType: 'telegram',
        externalAccountId: account,
        occurredAt: new Date((start + second) * 1000).toISOString(),
        ...values,
      },
    ],
  });
  const message = (id: string, text: string, second: number, more: Record<string, Json> = {}) =>
    event('message', second, { externalUserId: '77', externalMessageId: id, message: text, ...more });
  const change = (what: string, id: string, second: number, content: string) =>
    event('change', second, { change: what, externalMessageId: id, content });
  return [
    message('t1', 'Hello', 1),
    message('t2', '', 2, {
      messageType: 'image',
      attachments: [{ fileType: 'image', externalMediaId: 'f' }],
    }),
    message('t3', 'And this?', 3, { replyToExternalId: 't2', authorExternalId: '78', authorName: 'Bisi' }),
    message('t4', 'Forget this', 4),
    message('t5', 'Hologram', 5, { messageType: 'hologram' }),
    message('t6', 'By the app', 6, { direction: 'outbound' }),
    message('t7', '👍', 7, { messageType: 'reaction', replyToExternalId: 't1' }),
    change('edit', 't3', 8, 'And that?'),
    change('deletion', 't4', 9, ''),
    event('receipt', 10, { externalMessageId: 't6', status: 'delivered' }),
    event('receipt', 11, { externalMessageId: 't6', status: 'read' }),
    message('t8', 'Last year', -86_400, { isHistory: true }),
    event('template', 12, { name: 'sale', language: 'en', status: 'rejected', rejectionReason: 'No' }),
    event('template', 13, { name: 'sale', language: 'en', status: 'approved' }),
    message('t9', 'By the app again', 15, { direction: 'outbound' }),
    event('receipts', 16, {
      externalUserId: '77',
      status: 'read',
      sentUntil: new Date((start + 15) * 1000).toISOString(),
    }),
    event('weather', 14, {}),
  ];
}

/** What staff see in the end, whatever ids and times the database gave. */
async function state(shop: Shop): Promise<unknown> {
  return asMember(db, shop.owner, (client) =>
    one(
      client,
      `select (select jsonb_agg(jsonb_build_object(
                  'id', h.external_message_id, 'type', h.message_type, 'text', h.message, 'direction', h.direction,
                  'status', h.delivery_status, 'at', case when h.sender_user_id is null then h.occurred_at end, 'edited', h.edited_at, 'withdrawn', h.withdrawn_at,
                  'author', h.author_external_id, 'about', h.metadata, 'silent', h.is_silent,
                  'reply', (select r.external_message_id from api.conversation_history r where r.id = h.reply_to_id),
                  'reactions', (select jsonb_agg(e.emoji) from api.message_reaction e where e.message_id = h.id),
                  'texts', (select jsonb_agg(v.message order by v.occurred_at) from api.message_revision v where v.message_id = h.id),
                  'files', (select jsonb_agg(a.file_type) from api.message_attachment a where a.message_id = h.id)
                ) order by h.external_message_id)
                 from api.conversation_history h where h.template_name is null) as messages,
              (select jsonb_agg(h.delivery_status) from api.conversation_history h where h.template_name is not null) as sent,
              (select jsonb_agg(jsonb_build_object(
                  'status', t.status, 'unread', t.unread_count, 'inbound', t.last_inbound_at,
                  'window', t.reply_window_ends_at) order by t.last_inbound_at)
                 from api.conversation_thread t) as threads,
              (select jsonb_agg(jsonb_build_object('name', m.name, 'language', m.language, 'status', m.status) order by m.name)
                 from api.message_template m) as templates,
              (select count(*)::integer from api.customer) as customers`,
    ),
  );
}

async function play(shop: Shop, histories: readonly ProviderEvent[][]): Promise<unknown> {
  for (const events of histories) await recordEvents(database, events);
  return state(shop);
}

async function whatsappShop(): Promise<Shop> {
  const shop = await openShop(db);
  await approve(db, shop, 'hello');
  const { id } = await asMember(db, shop.owner, async (client) => {
    const person = await one(
      client,
      `insert into api.customer (phone_number) values ('+${customer}') returning id`,
    );
    return one(
      client,
      `select id from api.begin_conversation($1, (select id from api.channel), 'k', 'hello')`,
      [person.id],
    );
  });
  await claim(db, shop.tenantId);
  await markSent(db, id, 'wamid.out');
  return shop;
}
const shopWith = (channelType: string) => async (): Promise<Shop> => {
  const shop = await openShop(db);
  await asMember(db, shop.owner, (client) =>
    client.query('select api.connect_channel($1, $1, $2)', [channelType, shop.account]),
  );
  return shop;
};

/** A shop that has written a mail, which Mailgun has taken. */
async function mailShop(): Promise<Shop> {
  const opened = await openShop(db);
  const shop = { ...opened, account: `${opened.account}@shop.example` };
  const { id } = await asMember(db, shop.owner, async (client) => {
    const channel = await one(client, `select id from api.connect_channel('email', 'Mail', $1, 'mailgun')`, [
      shop.account,
    ]);
    const person = await one(
      client,
      `insert into api.customer (email) values ('ngozi@example.org') returning id`,
    );
    return one(client, `select id from api.begin_conversation($1, $2, 'k', p_message => 'Good day')`, [
      person.id,
      channel.id,
    ]);
  });
  await claim(db, shop.tenantId);
  await markSent(db, id, 'out@shop.example');
  return shop;
}

const roll = diceOf(20);
const shuffled = <T>(list: readonly T[]): T[] =>
  list
    .map((item) => ({ item, at: roll(1_000_000) }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);

for (const [name, open, webhooks, read] of [
  ['WhatsApp', whatsappShop, whatsapp, (body: Json, account: string) => readWhatsApp(body, () => [account])],
  ['Messenger', shopWith('facebook_messenger'), messenger, (body: Json) => readMessenger(body, '77')],
  [
    'Instagram',
    shopWith('instagram'),
    (account: string) => messenger(account, 'instagram'),
    (body: Json) => readMessenger(body, '77'),
  ],
  ['Mailgun', mailShop, mailgun, readMailgun],
  ['another tool', shopWith('telegram'), generic, readGeneric],
] as const) {
  t.test(`${name}: every order of delivery ends the same`, async (t) => {
    const history = (shop: Shop) => webhooks(shop.account).map((body) => read(body, shop.account));
    const first = await open();
    const expected = await play(first, history(first));
    t.strictSame(await play(first, history(first)), expected, 'delivered twice');
    const orders: [string, <T>(list: T[]) => T[]][] = [
      ['each twice', (list) => list.flatMap((each) => [each, each])],
      ['backwards', (list) => [...list].reverse()],
      ...Array.from({ length: 8 }, (_, i): [string, <T>(list: T[]) => T[]] => [
        `shuffled ${i}`,
        (list) => shuffled([...list, ...list]),
      ]),
    ];
    for (const [order, arrange] of orders) {
      const shop = await open();
      t.strictSame(await play(shop, arrange(history(shop))), expected, order);
    }
  });
}

t.test('what a WhatsApp history looks like in the end', async (t) => {
  const shop = await whatsappShop();
  const { messages, sent, threads, templates } = (await play(
    shop,
    whatsapp(shop.account).map((body) => readWhatsApp(body, () => [shop.account])),
  )) as Record<string, Record<string, unknown>[]>;
  const byId = new Map(messages?.map((message) => [message.id, message]));
  t.equal(byId.size, 16);
  t.match(byId.get('wamid.1'), { type: 'text', reactions: null });
  t.match(byId.get('wamid.2'), { type: 'image', text: 'This one, in blue', files: ['image'] });
  t.match(byId.get('wamid.17'), { type: 'interactive', text: 'Sent' });
  t.match(byId.get('wamid.18'), { author: '2348030000005', about: { referredProduct: { catalog_id: '1' } } });
  t.match(byId.get('wamid.old1'), { direction: 'inbound', silent: true });
  t.match(byId.get('wamid.old2'), { direction: 'outbound', silent: true, status: 'read' });
  t.match(byId.get('wamid.3'), {
    text: 'And that?',
    texts: ['And this?', 'And that?'],
    reply: 'wamid.2',
    reactions: ['❤️'],
  });
  t.match(byId.get('wamid.9'), { type: 'unsupported' });
  t.match(byId.get('wamid.14'), { text: '', withdrawn: String });
  t.match(byId.get('wamid.echo'), { direction: 'outbound', status: 'sent' });
  t.strictSame(sent, ['read']);
  t.same(
    threads?.map(({ status, unread }) => [status, unread]).sort(),
    [
      ['open', 1],
      ['open', 1],
      ['open', 10],
    ],
    'the customer, the group and the person without a number',
  );
  t.match(templates, [{ name: 'hello' }, { name: 'sale', language: 'pt-BR', status: 'approved' }]);
});

t.test('what a Messenger history looks like in the end', async (t) => {
  const shop = await shopWith('facebook_messenger')();
  const { messages } = (await play(
    shop,
    messenger(shop.account).map((body) => readMessenger(body, '77')),
  )) as Record<string, Record<string, unknown>[]>;
  const byId = new Map(messages?.map((message) => [message.id, message]));
  t.equal(byId.size, 12);
  t.equal(byId.get('m4')?.status, 'read');
  t.equal(byId.get('m12')?.status, 'delivered');
  t.equal(byId.get('m13')?.status, 'sent');
  t.match(byId.get('m8'), {
    type: 'interactive',
    text: 'Get started',
    about: { postback: { payload: 'START' } },
  });
  t.match(byId.get('m9'), { type: 'sticker', files: ['sticker'] });
  t.match(byId.get('m10'), { type: 'unsupported', about: { kind: 'story_mention', shared: [{}] } });
  t.match(byId.get('m11'), { text: 'Nice', about: { story: { id: 's1' } }, reactions: ['😀'] });
});

t.test("what one merchant's event is refused for keeps no other from being recorded", async (t) => {
  const shop = await openShop(db);
  const text = (id: string, account: string, externalMessageId = id): ProviderEvent => ({
    kind: 'message',
    values: {
      channelType: 'whatsapp',
      externalAccountId: account,
      externalUserId: customer,
      externalMessageId,
      message: id,
    },
  });
  await t.rejects(
    recordEvents(database, [
      text('first', 'nobody connected it'),
      text('second', shop.account),
      text('third', shop.account, ''),
      text('fourth', shop.account),
    ]),
    { code: 'NOT_FOUND' },
    'the first refusal',
  );
  t.match(await state(shop), { messages: [{ text: 'fourth' }, { text: 'second' }] });
});

t.test('what a history of mails, and of another tool, looks like in the end', async (t) => {
  const mail = await mailShop();
  const mails = (await play(mail, mailgun(mail.account).map(readMailgun))) as Record<
    string,
    Record<string, unknown>[]
  >;
  const mailById = new Map(mails.messages?.map((message) => [message.id, message]));
  t.equal(mailById.size, 6);
  t.match(mailById.get('1@example.org'), { type: 'text', text: 'Is it there?' });
  t.match(mailById.get('2@example.org'), { type: 'image', files: ['image'] });
  t.match(mailById.get('3@example.org'), { reply: '1@example.org' });
  t.match(mailById.get('4@example.org'), { text: 'Only a subject' });
  t.match(mailById.get('out@shop.example'), { status: 'read', direction: 'outbound' });
  t.match(mails.threads, [{ unread: 5 }], 'one person, whatever the case of the address');
  t.equal(mails.customers, 1);

  const bot = await shopWith('telegram')();
  const told = (await play(bot, generic(bot.account).map(readGeneric))) as typeof mails;
  const toldById = new Map(told.messages?.map((message) => [message.id, message]));
  t.equal(toldById.size, 8);
  t.match(toldById.get('t9'), { status: 'read' });
  t.match(toldById.get('t8'), { silent: true });
  t.match(toldById.get('t1'), { reactions: ['👍'] });
  t.match(toldById.get('t3'), { text: 'And that?', reply: 't2' });
  t.match(toldById.get('t4'), { text: '', withdrawn: String });
  t.match(toldById.get('t5'), { type: 'unsupported' });
  t.match(toldById.get('t6'), { direction: 'outbound', status: 'read' });
  t.match(told.templates, [{ name: 'sale', status: 'approved' }]);
});

t.test("Mailgun's signature is of a fresh timestamp and its token", async (t) => {
  const sign = (timestamp: number, token = 'token', key = 'key') => ({
    timestamp: String(timestamp),
    token,
    signature: createHmac('sha256', key).update(`${timestamp}${token}`).digest('hex'),
  });
  const now = Math.floor(Date.now() / 1000);
  for (const body of [sign(now), { signature: sign(now), 'event-data': {} }]) {
    t.equal(isSignedByMailgun(body, 'key'), true);
    t.equal(isSignedByMailgun(body, 'another key'), false);
  }
  for (const body of [
    sign(now - 3600),
    sign(now + 3600),
    { ...sign(now), token: 'another' },
    { ...sign(now), timestamp: String(now - 1) },
    { ...sign(now), signature: '' },
    { token: 'token' },
    { signature: {} },
    null,
    [],
  ]) {
    t.equal(isSignedByMailgun(body as Json, 'key'), false);
  }
  t.equal(isSignedByMailgun(sign(now - 3600), 'key', 7200), true);
});

t.test('a signature is of these bytes and this secret', async (t) => {
  const body = '{"object":"page"}';
  const signature = `sha256=${createHmac('sha256', 'secret').update(body).digest('hex')}`;
  t.equal(isSigned(body, signature, 'secret'), true);
  t.equal(isSigned(Buffer.from(body), signature, 'secret'), true);
  for (const [b, s, k] of [
    [`${body} `, signature, 'secret'],
    [body, signature, 'Secret'],
    [body, signature.slice(0, -1), 'secret'],
    [body, signature.replace('sha256=', 'sha1='), 'secret'],
    [body, undefined, 'secret'],
    [body, '', 'secret'],
  ] as const) {
    t.equal(isSigned(b, s, k), false);
  }
});

t.test('of a mail that is too long the beginning is kept', async (t) => {
  const form = (text: string) => ({
    recipient: 'shop@shop.example',
    from: 'a@b.example',
    'Message-Id': '<m>',
    'stripped-text': text,
  });
  for (const [text, kept] of [
    ['x'.repeat(65_536), 65_536],
    ['x'.repeat(65_537), 65_536],
    [`x${'é'.repeat(40_000)}`, 1 + 32_767],
  ] as const) {
    const [event] = readMailgun(form(text)) as [Extract<ProviderEvent, { kind: 'message' }>];
    t.equal(event.values.message, text.slice(0, kept));
    t.equal((event.values.metadata as { isCut?: boolean }).isCut ?? false, kept < text.length);
  }
});

t.test('a mail that Mailgun refuses has failed', async (t) => {
  const events = readMailgun({
    'event-data': {
      event: 'rejected',
      timestamp: start,
      message: { headers: { 'message-id': 'm', from: 'shop@shop.example' } },
    },
  });
  t.match(events, [{ kind: 'receipt', values: { status: 'failed' } }]);
});

t.test('a template keeps what a webhook does not speak of', async (t) => {
  const shop = await openShop(db);
  const about = (field: string, value: Record<string, Json>, second: number): ProviderEvent[] =>
    readWhatsApp(
      {
        entry: [
          {
            id: 'business',
            time: start + second,
            changes: [
              {
                field,
                value: { message_template_name: 'sale', message_template_language: 'en_US', ...value },
              },
            ],
          },
        ],
      },
      () => [shop.account],
    );
  const history = [
    about('message_template_status_update', { event: 'PENDING', message_template_category: 'UTILITY' }, 1),
    about('message_template_components_update', { message_template_element: 'Hello {{1}}' }, 2),
    about('message_template_status_update', { event: 'APPROVED', reason: 'NONE' }, 3),
    about('template_category_update', { previous_category: 'UTILITY', new_category: 'MARKETING' }, 4),
    about('message_template_components_update', { message_template_element: 'Hello {{1}}, {{2}}' }, 5),
    about('message_template_status_update', { event: 'IN_APPEAL' }, 6),
    about(
      'message_template_status_update',
      { event: 'PAUSED', reason: 'NONE', other_info: { title: 'FIRST_PAUSE', description: 'Low quality' } },
      7,
    ),
  ];
  const template = () =>
    asMember(db, shop.owner, (client) => one(client, 'select * from api.message_template'));
  const expected = {
    status: 'paused',
    rejection_reason: 'Low quality',
    category: 'marketing',
    body: 'Hello {{1}}, {{2}}',
    variable_count: 2,
    language: 'en-US',
  };
  await play(shop, history);
  t.match(await template(), expected);
  for (let i = 0; i < 12; i++) {
    await db.installer.query('delete from commerce.message_template where tenant_id = $1', [shop.tenantId]);
    await play(shop, shuffled([...history, ...history]));
    t.match(await template(), expected, 'in any order');
  }
});

t.test('a time that is none is refused, and not taken for now', async (t) => {
  const shop = await shopWith('telegram')();
  const at = (occurredAt: Json): Json => ({
    events: [
      {
        kind: 'message',
        channelType: 'telegram',
        externalAccountId: shop.account,
        externalUserId: '77',
        externalMessageId: String(occurredAt),
        message: 'Hello',
        occurredAt,
      },
    ],
  });
  for (const wrong of ['yesterday', start, 'x'.repeat(300)]) {
    await t.rejects(recordEvents(database, readGeneric(at(wrong))), {
      code: 'INVALID_INPUT',
      field: 'occurredAt',
    });
  }
  await recordEvents(database, readGeneric(at(start * 1000)));
  t.match(await state(shop), { messages: [{ at: new Date(start * 1000).toISOString().slice(0, 19) }] });
});

t.test('a body that is nothing of the kind reports nothing', async (t) => {
  for (const body of [
    null,
    1,
    'x',
    [],
    {},
    { entry: 1 },
    { entry: [1] },
    { entry: [{ changes: [{}], messaging: [{}] }] },
  ]) {
    t.strictSame(readWhatsApp(body as Json), []);
    t.strictSame(readMessenger(body as Json, '77'), []);
    t.strictSame(readMailgun(body as Json), []);
    t.strictSame(readGeneric(body as Json), []);
  }
});
