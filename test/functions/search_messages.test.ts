import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asAnonymous, asBuyer, asMember, asRole, asWorker } from '../support/session.ts';
import { addMember, approve, queue } from './chat.ts';
import { addShopper, one, openShop, refused, type Shop } from './shop.ts';

const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db);
const other = await openShop(db);

type Found = { message_id: string; customer_id: string; message: string; occurred_at: Date; cursor: string };
type Filter = {
  query?: string | null;
  customer?: string | null;
  channel?: string | null;
  since?: string | null;
  until?: string | null;
  first?: number | null;
  after?: string | null;
};

const sql = 'select * from api.search_messages($1, $2, $3, $4, $5, $6, $7)';
const values = ({ query, customer, channel, since, until, first = 20, after }: Filter) => [
  query,
  customer,
  channel,
  since,
  until,
  first,
  after,
];
const search = (filter: Filter, { owner }: Shop = shop): Promise<Found[]> =>
  asMember(db, owner, async (client) => (await client.query<Found>(sql, values(filter))).rows);
const texts = (rows: Found[]) => rows.map(({ message }) => message);

let messages = 0;
async function write(
  text: string,
  at: string,
  { sender = 'ngozi', account = shop.account, channel = 'whatsapp' } = {},
): Promise<{ customer: string; thread: string; channel: string }> {
  messages += 1;
  return asWorker(db, async (client) => {
    const received = await one<{ customer: string; thread: string }>(
      client,
      `select customer_id as customer, thread_id as thread
         from internal.receive_message($1, $2, $3, $4, $5, 'text', $6)`,
      [channel, account, sender, `m${messages}`, text, at],
    );
    const { channel_id } = await one<{ channel_id: string }>(
      client,
      'select channel_id from api.conversation_thread where id = $1',
      [received.thread],
    );
    return { ...received, channel: channel_id };
  });
}

await asMember(db, shop.owner, (client) =>
  client.query(`select api.connect_channel('instagram', 'Page', 'page')`),
);
const ngozi = await write('Do you have the Ankara dress in blue?', '2026-03-01T10:00:00Z');
await write('And the blue bag?', '2026-03-02T10:00:00Z');
const bisi = await write('Blue shoes, please', '2026-03-03T10:00:00Z', { sender: 'bisi' });
const insta = await write('A blue scarf', '2026-03-04T10:00:00Z', {
  sender: 'insta',
  account: 'page',
  channel: 'instagram',
});
await write('Thank you 👗', '2026-03-05T10:00:00Z');
await write('هل لديكم فستان أزرق', '2026-03-05T11:00:00Z');
await write('Blue of another shop', '2026-03-06T10:00:00Z', { account: other.account });
await approve(db, shop, 'answer');
await queue(db, shop.owner, bisi.thread, {
  key: 'answer',
  template_name: 'answer',
  message: 'Blue is sold out',
});

t.test('words are found on both sides, newest first', async (t) => {
  const rows = await search({ query: 'blue' });
  t.strictSame(texts(rows), [
    'Blue is sold out',
    'A blue scarf',
    'Blue shoes, please',
    'And the blue bag?',
    'Do you have the Ankara dress in blue?',
  ]);
  t.match(rows[0], { direction: 'outbound', sender_type: 'merchant', message_type: 'template' });
  t.match(rows[2], {
    thread_id: bisi.thread,
    customer_id: bisi.customer,
    channel_id: bisi.channel,
    direction: 'inbound',
    occurred_at: new Date('2026-03-03T10:00:00Z'),
  });
  t.strictSame(texts(await search({ query: 'blue -bag "ankara dress"' })), [
    'Do you have the Ankara dress in blue?',
  ]);
  t.strictSame(texts(await search({ query: 'bag or scarf' })), ['A blue scarf', 'And the blue bag?']);
  t.strictSame(texts(await search({ query: 'فستان' })), ['هل لديكم فستان أزرق']);
  for (const query of ['bicycle', '!!!', `'); drop table`, '(((', '"', '👗', 'x'.repeat(200), '% _ \\']) {
    t.strictSame(await search({ query }), [], query);
  }
});

t.test('filters', async (t) => {
  t.equal((await search({ query: 'blue', customer: ngozi.customer })).length, 2);
  t.equal((await search({ customer: ngozi.customer })).length, 4, 'all of a customer');
  t.strictSame(texts(await search({ query: 'blue', channel: insta.channel })), ['A blue scarf']);
  t.strictSame(
    texts(await search({ query: 'blue', since: '2026-03-02T10:00:00Z', until: '2026-03-04T10:00:00Z' })),
    ['Blue shoes, please', 'And the blue bag?'],
  );
  t.equal((await search({ query: 'blue', since: '0001-01-01', until: '9999-12-31' })).length, 5);
});

t.test('pages cover every row once, also those of one instant', async (t) => {
  const many = await openShop(db);
  for (let n = 0; n < 45; n++) {
    await write(`Kente no. ${n}`, n < 20 ? '2026-03-01T10:00:00.123456Z' : `2026-03-02T10:00:${n}Z`, {
      account: many.account,
    });
  }
  const [newest] = await search({ query: 'kente', first: 1 }, many);
  for (const filter of [{ query: 'kente' }, { customer: newest?.customer_id ?? null }]) {
    const seen: Found[] = [];
    let after: string | null = null;
    do {
      const rows: Found[] = await search({ ...filter, first: 10, after }, many);
      seen.push(...rows);
      after = rows.at(-1)?.cursor ?? null;
    } while (after !== null);
    t.equal(seen.length, 45);
    t.equal(new Set(seen.map(({ message_id }) => message_id)).size, 45);
    const times = seen.map(({ occurred_at }) => occurred_at.getTime());
    t.strictSame(
      times,
      times.toSorted((a, b) => b - a),
    );
  }
});

t.test('only staff who may read conversations, and only of this shop', async (t) => {
  t.strictSame(texts(await search({ query: 'blue' }, other)), ['Blue of another shop']);
  t.strictSame(await search({ customer: ngozi.customer }, other), []);
  t.strictSame(await search({ query: 'blue', channel: insta.channel }, other), []);
  const viewer = await addMember(db, shop, 'viewer');
  t.equal((await asMember(db, viewer, (client) => client.query(sql, values({ query: 'blue' })))).rowCount, 5);
  await db.installer.query(
    `delete from commerce.role_permission where role = 'viewer' and permission_code = 'conversations.read'`,
  );
  await refused(
    t,
    asMember(db, viewer, (client) => client.query(sql, values({ query: 'blue' }))),
    'SCPRM',
    { permission: 'conversations.read' },
  );
  const shopper = await addShopper(db, shop, 'shopper');
  const call = values({ query: 'blue' });
  await refused(
    t,
    asBuyer(db, shopper, (client) => client.query(sql, call)),
    '42501',
  );
  await refused(
    t,
    asAnonymous(db, shop.owner, (client) => client.query(sql, call)),
    '42501',
  );
  await refused(
    t,
    asWorker(db, (client) => client.query(sql, call)),
    'SCTEN',
  );
  await refused(
    t,
    asRole(db.api, 'commerce_member', '', (client) => client.query(sql, call)),
    'SCTEN',
  );
});

t.test('what is refused', async (t) => {
  const made = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');
  const id = ngozi.thread;
  for (const [filter, field] of [
    [{}, 'query'],
    [{ query: ' ' }, 'query'],
    [{ channel: ngozi.channel }, 'query'],
    [{ query: 'x'.repeat(201) }, 'query'],
    [{ query: 'x', since: '2026-03-02', until: '2026-03-02' }, 'since'],
    [{ query: 'x', first: 0 }, 'first'],
    [{ query: 'x', first: 101 }, 'first'],
    [{ query: 'x', first: null }, 'first'],
    [{ query: 'x', after: '' }, 'after'],
    [{ query: 'x', after: '%%%' }, 'after'],
    [{ query: 'x', after: made('x') }, 'after'],
    [{ query: 'x', after: made([]) }, 'after'],
    [{ query: 'x', after: made(['x', id]) }, 'after'],
    [{ query: 'x', after: made(['2026-03-02', 'x']) }, 'after'],
    [{ query: 'x', after: made(['294277-01-01', id]) }, 'after'],
    [{ query: 'x', after: made(['2026-03-02']) }, 'after'],
    [{ query: 'x', after: Buffer.from([0xff, 0xfe]).toString('base64') }, 'after'],
  ] as [Filter, string][]) {
    await refused(t, search(filter), 'SCVAL', { field });
  }
});
