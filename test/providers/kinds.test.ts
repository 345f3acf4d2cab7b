import { readFileSync } from 'node:fs';
import t from 'tap';
import {
  type ProviderEvent,
  readGeneric,
  readMailgun,
  readMessenger,
  readWhatsApp,
  toMailgun,
  toMessenger,
  toWhatsApp,
} from '../../src/index.ts';
import type { Json, JsonObject } from '../../src/model/json.ts';

/** The table of docs/chat.md: which kind comes and goes through which channel. */
const [section = ''] = readFileSync(new URL('../../docs/chat.md', import.meta.url), 'utf8').split(
  '\n## A webhook\n',
);
const [head = '', , ...lines] = section.split('\n').filter((line) => line.startsWith('|'));
const cellsOf = (line: string) =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
const [, ...channels] = cellsOf(head);
const table = lines.map((line) => {
  const [kind = '', ...cells] = cellsOf(line);
  return { kind, cells: new Map(channels.map((channel, i) => [channel, (cells[i] ?? '').split(', ')])) };
});
const written = (channel: string, way: 'in' | 'out') =>
  table.filter(({ cells }) => cells.get(channel)?.includes(way)).map(({ kind }) => kind);

const at = '1795870000';
const whatsapp = (field: string, value: Json): JsonObject => ({
  entry: [{ id: 'b', time: Number(at), changes: [{ field, value }] }],
});
const message = (type: string, content: Json): JsonObject =>
  whatsapp('messages', {
    metadata: { phone_number_id: '1' },
    messages: [{ from: '2', id: 'm', timestamp: at, type, [type]: content }],
  });
const messaging = (object: string, content: JsonObject): JsonObject => ({
  object,
  entry: [
    {
      messaging: [{ sender: { id: '2' }, recipient: { id: '1' }, timestamp: 1_795_870_000_000, ...content }],
    },
  ],
});
const withFile = (object: string, type: string, payload: JsonObject = {}) =>
  messaging(object, {
    message: { mid: 'm', attachments: [{ type, payload: { url: 'https://files.example/1', ...payload } }] },
  });
const mail = (more: JsonObject): JsonObject => ({
  recipient: 'shop@shop.example',
  from: 'a@b.example',
  'Message-Id': '<m>',
  timestamp: at,
  ...more,
});
const mailed = (type: string) =>
  mail({ attachments: JSON.stringify([{ url: 'https://files.example/1', 'content-type': type }]) });
const told = (kind: string, values: JsonObject): JsonObject => ({
  events: [{ kind, channelType: 'telegram', externalAccountId: '1', externalMessageId: 'm', ...values }],
});
const messageOf = (messageType: string) =>
  told('message', { externalUserId: '2', message: 'x', messageType });

/** A webhook of each kind, as the provider's reference has it. */
const meta = (object: string): Record<string, JsonObject> => ({
  text: messaging(object, { message: { mid: 'm', text: 'Hello' } }),
  image: withFile(object, 'image'),
  video: withFile(object, 'video'),
  audio: withFile(object, 'audio'),
  document: withFile(object, 'file'),
  sticker: withFile(object, 'image', { sticker_id: 1 }),
  interactive: messaging(object, { message: { mid: 'm', text: 'Red', quick_reply: { payload: 'RED' } } }),
  unsupported: messaging(object, { message: { mid: 'm', attachments: [{ type: 'hologram', payload: {} }] } }),
  reaction: messaging(object, { reaction: { mid: 'm', action: 'react', emoji: '👍' } }),
  edit: messaging(object, { message_edit: { mid: 'm', text: 'Hi' } }),
  deletion: messaging(object, { message: { mid: 'm', is_deleted: true } }),
  receipt: messaging(object, object === 'page' ? { delivery: { mids: ['m'] } } : { read: { mid: 'm' } }),
  echo: messaging(object, { message: { mid: 'm', is_echo: true, text: 'Ours' } }),
});
const incoming: Record<
  string,
  [read: (body: Json) => ProviderEvent[], webhooks: Record<string, JsonObject>]
> = {
  WhatsApp: [
    (body) => readWhatsApp(body, () => ['1']),
    {
      text: message('text', { body: 'Hello' }),
      ...Object.fromEntries(
        ['image', 'video', 'audio', 'document', 'sticker'].map((type) => [
          type,
          message(type, { id: 'media' }),
        ]),
      ),
      location: message('location', { latitude: 1, longitude: 2 }),
      contact: message('contacts', [{ name: { formatted_name: 'Bisi' } }]),
      interactive: message('interactive', { type: 'list_reply', list_reply: { id: '1', title: 'Red' } }),
      order: message('order', { catalog_id: '1', product_items: [] }),
      system: message('system', { body: 'A new number' }),
      unsupported: message('hologram', {}),
      reaction: message('reaction', { message_id: 'm', emoji: '👍' }),
      edit: message('edit', { original_message_id: 'm', message: { text: { body: 'Hi' } } }),
      deletion: message('revoke', { original_message_id: 'm' }),
      receipt: whatsapp('messages', {
        metadata: { phone_number_id: '1' },
        statuses: [{ id: 'm', status: 'read', timestamp: at }],
      }),
      echo: whatsapp('smb_message_echoes', {
        metadata: { phone_number_id: '1' },
        message_echoes: [
          { from: '1', to: '2', id: 'm', timestamp: at, type: 'text', text: { body: 'Ours' } },
        ],
      }),
      history: whatsapp('history', {
        metadata: { phone_number_id: '1' },
        history: [
          {
            threads: [
              {
                id: '2',
                messages: [{ from: '2', id: 'm', timestamp: at, type: 'text', text: { body: 'Then' } }],
              },
            ],
          },
        ],
      }),
      group: whatsapp('messages', {
        metadata: { phone_number_id: '1' },
        messages: [{ from: '2', group_id: 'g', id: 'm', timestamp: at, type: 'text', text: { body: 'All' } }],
      }),
      'template decision': whatsapp('message_template_status_update', {
        event: 'APPROVED',
        message_template_name: 'sale',
        message_template_language: 'en',
      }),
    },
  ],
  Messenger: [(body) => readMessenger(body, '77'), meta('page')],
  Instagram: [(body) => readMessenger(body, '77'), meta('instagram')],
  'e-mail': [
    readMailgun,
    {
      text: mail({ subject: 'The dress', 'stripped-text': 'Hello' }),
      image: mailed('image/png'),
      video: mailed('video/mp4'),
      audio: mailed('audio/ogg'),
      document: mailed('application/pdf'),
      unsupported: mail({}),
      receipt: {
        'event-data': {
          event: 'opened',
          timestamp: Number(at),
          message: { headers: { 'message-id': 'm', from: 'shop@shop.example' } },
        },
      },
    },
  ],
  'another tool': [
    readGeneric,
    {
      ...Object.fromEntries(
        [
          ...['text', 'image', 'video', 'audio', 'document', 'sticker', 'location', 'contact', 'interactive'],
          ...['order', 'system', 'unsupported'],
        ].map((type) => [type, messageOf(type)]),
      ),
      reaction: told('change', { change: 'reaction', content: '👍' }),
      edit: told('change', { change: 'edit', content: 'Hi' }),
      deletion: told('change', { change: 'deletion' }),
      receipt: told('receipt', { status: 'read' }),
      echo: told('message', { externalUserId: '2', message: 'Ours', direction: 'outbound' }),
      history: told('message', { externalUserId: '2', message: 'Then', isHistory: true }),
      group: told('message', { externalUserId: 'g', message: 'All', authorExternalId: '2' }),
      'template decision': told('template', { name: 'sale', language: 'en', status: 'approved' }),
    },
  ],
};

/** What the reader made of it, by the name that the table has for it. */
function kindOf(event: ProviderEvent | undefined): string {
  if (event === undefined) return 'nothing';
  if (event.kind === 'change') return event.values.kind;
  if (event.kind === 'template') return 'template decision';
  if (event.kind === 'receipt' || event.kind === 'receipts') return 'receipt';
  if (event.values.isHistory === true) return 'history';
  if (event.values.authorExternalId != null) return 'group';
  return event.values.direction === 'outbound' ? 'echo' : (event.values.messageType ?? 'text');
}

for (const [channel, [read, webhooks]] of Object.entries(incoming)) {
  t.test(`${channel}: what comes in`, async (t) => {
    t.same(Object.keys(webhooks).sort(), written(channel, 'in').sort(), 'is what the table says');
    for (const [kind, body] of Object.entries(webhooks)) {
      const events = read(body);
      t.equal(events.length, 1);
      t.equal(kindOf(events[0]), kind);
    }
  });
}

type Claimed = Parameters<typeof toWhatsApp>[0];
const claimed = (values: Partial<Claimed>): Claimed => ({
  attachments: [],
  attempt: 1,
  channelId: 'c',
  channelType: 'whatsapp',
  externalAccountId: 'shop@shop.example',
  externalUserId: '2',
  isPastWindow: false,
  language: null,
  message: '',
  messageId: 'm',
  messageType: 'text',
  metadata: {},
  provider: 'meta',
  replyToExternalMessageId: null,
  templateName: null,
  threadId: 't',
  ...values,
});
const file = (fileType: 'image' | 'video' | 'audio' | 'document' | 'sticker') =>
  claimed({ messageType: fileType, attachments: [{ fileType, url: `https://files.example/${fileType}` }] });
/** A message of each kind, and what stands in its request where it goes out as that kind. */
const outgoing: Record<string, [message: Claimed, mark: string]> = {
  text: [claimed({ message: 'Good day' }), 'Good day'],
  image: [file('image'), 'files.example/image'],
  video: [file('video'), 'files.example/video'],
  audio: [file('audio'), 'files.example/audio'],
  document: [file('document'), 'files.example/document'],
  sticker: [file('sticker'), 'files.example/sticker'],
  location: [
    claimed({
      messageType: 'location',
      attachments: [{ fileType: 'location', latitude: 6.5, longitude: 3.4 }],
    }),
    '6.5',
  ],
  contact: [claimed({ messageType: 'contact', metadata: { contacts: [{ name: 'Bisi' }] } }), 'Bisi'],
  interactive: [
    claimed({ messageType: 'interactive', metadata: { interactive: { body: 'Which?' } } }),
    'Which?',
  ],
  template: [claimed({ messageType: 'template', templateName: 'order_shipped' }), 'order_shipped'],
  group: [claimed({ message: 'Good day', externalUserId: 'g' }), '"group"'],
};

for (const [channel, request] of [
  ['WhatsApp', toWhatsApp],
  ['Messenger', toMessenger],
  ['Instagram', toMessenger],
  ['e-mail', toMailgun],
] as const) {
  t.test(`${channel}: what goes out`, async (t) => {
    const sent = Object.entries(outgoing)
      .filter(([, [each, mark]]) => JSON.stringify(request(each)).includes(mark))
      .map(([kind]) => kind);
    // A sticker goes by mail as its link, which shows none.
    t.same(
      sent.filter((kind) => channel !== 'e-mail' || kind !== 'sticker'),
      written(channel, 'out'),
    );
  });
}
