import pg from 'pg';
import t from 'tap';
import { createDatabase, readGeneric, readWhatsApp, recordEvents, toWhatsApp } from '../../src/index.ts';
import type { Json } from '../../src/model/json.ts';
import { createTestDatabase } from '../support/database.ts';
import { diceOf } from '../support/dice.ts';
import { asMember, asRole, asWorker } from '../support/session.ts';
import { claim, queue } from './chat.ts';
import { addProduct, addShopper, asRead, one, openShop, type Row, refused, type Shop } from './shop.ts';

/** One person under several ids of a channel: WhatsApp's number, and the user id of who hides it. */
const db = await createTestDatabase(t, { template: 'empty' });
const database = createDatabase({
  connectionString: db.urls.DATABASE_API_URL,
  authConnectionString: db.urls.DATABASE_AUTH_URL,
  workerConnectionString: db.urls.DATABASE_WORKER_URL,
});
t.teardown(() => database.close());

const start = Math.floor(Date.now() / 1000) - 3600;
const number = '2348030000001';
const userId = 'NG.13491208655302741918';
type Ids = { number?: string; userId?: string };

/** The webhook of a message that names the number, the user id, or both. */
const webhook = (account: string, second: number, { number, userId }: Ids, id = `wamid.${second}`): Json => ({
  entry: [
    {
      changes: [
        {
          field: 'messages',
          value: {
            metadata: { phone_number_id: account },
            contacts: [
              {
                profile: { name: 'Ngozi' },
                ...(number !== undefined && { wa_id: number }),
                ...(userId !== undefined && { user_id: userId }),
              },
            ],
            messages: [
              {
                id,
                timestamp: String(start + second),
                type: 'text',
                text: { body: `message ${second}` },
                ...(number !== undefined && { from: number }),
                ...(userId !== undefined && { from_user_id: userId }),
              },
            ],
          },
        },
      ],
    },
  ],
});
const write = (shop: Shop, second: number, ids: Ids, id?: string) =>
  recordEvents(database, readWhatsApp(webhook(shop.account, second, ids, id)));

const byNumber = { number };
const byUserId = { userId };
const byBoth = { number, userId };

type State = {
  customers: number;
  ids: string[];
  texts: string[];
  unread: number;
  phone: string | null;
  open: number;
};
const state = (shop: Shop): Promise<State> =>
  asMember(db, shop.owner, (client) =>
    one<State>(
      client,
      `select (select count(*)::integer from api.customer) as customers,
              (select array_agg(i.external_user_id order by i.external_user_id)
                 from api.customer_identity as i join api.customer as c on c.id = i.customer_id) as ids,
              (select array_agg(h.message order by h.occurred_at)
                 from api.conversation_history as h join api.customer as c on c.id = h.customer_id) as texts,
              (select sum(unread_count)::integer from api.conversation_thread) as unread,
              (select max(phone_number) from api.customer) as phone,
              (select count(*)::integer from api.conversation_thread where is_open) as open`,
    ),
  );

const permutations = <T>(list: readonly T[]): T[][] =>
  list.length < 2
    ? [[...list]]
    : list.flatMap((item, i) =>
        permutations([...list.slice(0, i), ...list.slice(i + 1)]).map((rest) => [item, ...rest]),
      );

t.test('whichever id comes first, it is one person', async (t) => {
  const history: [number, Ids][] = [
    [1, byNumber],
    [2, byBoth],
    [3, byUserId],
    [4, byNumber],
  ];
  for (const order of permutations(history)) {
    const shop = await openShop(db);
    for (const [second, ids] of [...order, ...order]) await write(shop, second, ids);
    t.strictSame(
      await state(shop),
      {
        customers: 1,
        ids: [number, userId].sort(),
        texts: [1, 2, 3, 4].map((n) => `message ${n}`),
        unread: 4,
        phone: `+${number}`,
        open: 1,
      },
      order.map(([, ids]) => Object.keys(ids).join('+')).join(', then '),
    );
  }
});

t.test('the contact beside a message names what the message leaves out', async (t) => {
  const shop = await openShop(db);
  const body = webhook(shop.account, 1, byBoth) as { entry: [{ changes: [{ value: { messages: Row[] } }] }] };
  delete (body.entry[0].changes[0].value.messages[0] as Partial<Row> | undefined)?.from_user_id;
  await recordEvents(database, readWhatsApp(body as unknown as Json));
  await write(shop, 2, byUserId);
  t.match(await state(shop), { customers: 1, ids: [number, userId].sort() });
});

t.test('what was sent from the phone app names both as well', async (t) => {
  const shop = await openShop(db);
  await recordEvents(
    database,
    readWhatsApp({
      entry: [
        {
          changes: [
            {
              field: 'smb_message_echoes',
              value: {
                metadata: { phone_number_id: shop.account },
                message_echoes: [
                  {
                    from: '15550001',
                    to: number,
                    to_user_id: userId,
                    id: 'wamid.echo',
                    timestamp: String(start),
                    type: 'text',
                    text: { body: 'By phone' },
                  },
                ],
              },
            },
          ],
        },
      ],
    }),
  );
  await write(shop, 2, byUserId);
  t.match(await state(shop), { customers: 1, texts: ['By phone', 'message 2'] });
});

t.test('an answer goes to the id under which the person last wrote', async (t) => {
  const shop = await openShop(db);
  await write(shop, 1, byBoth);
  const threadId = async () =>
    String(
      (await asMember(db, shop.owner, (client) => one(client, 'select id from api.conversation_thread'))).id,
    );
  await queue(db, shop.owner, await threadId(), { key: 'by number' });
  await write(shop, 2, byUserId);
  await queue(db, shop.owner, await threadId(), { key: 'by user id' });
  const [first] = await claim(db, shop.tenantId);
  t.equal(first?.external_user_id, number, 'fixed when it was queued');
  await asWorker(db, (client) =>
    client.query('select internal.mark_sent($1, $2, $3)', [shop.tenantId, first?.message_id, 'out']),
  );
  const [second] = await claim(db, shop.tenantId);
  t.equal(second?.external_user_id, userId);
  t.match(
    toWhatsApp({
      externalAccountId: shop.account,
      externalUserId: String(second?.external_user_id),
      replyToExternalMessageId: null,
      templateName: null,
      messageType: 'text',
      message: 'Good day',
      attachments: [],
      metadata: {},
    } as never).body,
    { recipient: userId, recipient_type: 'individual' },
  );
});

t.test('who hides the number takes back a reaction that was made by number', async (t) => {
  const shop = await openShop(db);
  await write(shop, 1, byBoth);
  const react = (second: number, ids: Ids, emoji: string) => {
    const body = webhook(shop.account, second, ids) as {
      entry: [{ changes: [{ value: { messages: [Record<string, unknown>] } }] }];
    };
    Object.assign(body.entry[0].changes[0].value.messages[0], {
      type: 'reaction',
      reaction: { message_id: 'wamid.1', emoji },
    });
    return recordEvents(database, readWhatsApp(body as unknown as Json));
  };
  const reactions = () =>
    asMember(db, shop.owner, (client) =>
      one<{ emojis: string[] | null }>(client, 'select array_agg(emoji) as emojis from api.message_reaction'),
    );
  await react(2, byNumber, '👍');
  await react(3, byUserId, '❤️');
  t.match(await reactions(), { emojis: ['❤️'] }, 'one person has one reaction');
  await react(4, byUserId, '');
  t.match(await reactions(), { emojis: null });
});

t.test('a customer of another channel, or whom staff added, is found by the number', async (t) => {
  const shop = await openShop(db);
  const { id } = await asMember(db, shop.owner, (client) =>
    one(
      client,
      `insert into api.customer (display_name, phone_number) values ('Ngozi O.', '+${number}') returning id`,
    ),
  );
  await write(shop, 1, byUserId);
  t.match(await state(shop), { customers: 2 });
  await write(shop, 2, byBoth);
  t.match(await state(shop), {
    customers: 1,
    ids: [number, userId].sort(),
    texts: ['message 1', 'message 2'],
  });
  t.match(
    await asMember(db, shop.owner, (client) => one(client, 'select id, display_name from api.customer')),
    {
      display_name: 'Ngozi O.',
    },
  );
  t.ok(id);
});

t.test('who has bought stays, or who has a login; two logins stay two customers', async (t) => {
  const shop = await openShop(db);
  const product = await addProduct(db, shop, { stock: 10 });
  const customerOf = async (key: string) =>
    String(
      (
        await one(
          db.installer,
          'select customer_id from commerce.customer_identity where tenant_id = $1 and external_user_id = $2',
          [shop.tenantId, key],
        )
      ).customer_id,
    );
  await write(shop, 1, byNumber);
  await write(shop, 2, byUserId);
  const hidden = await customerOf(userId);
  await asMember(db, shop.owner, (client) =>
    client.query(
      `select api.place_order('k', p_lines => $2, p_customer_id => $1, p_channel => 'whatsapp', p_expected_totals => ${asRead('$2')})`,
      [hidden, JSON.stringify([{ product_id: product, quantity: 1 }])],
    ),
  );
  await write(shop, 3, byBoth);
  t.equal(await customerOf(number), hidden, 'the later customer has bought');
  t.equal(await customerOf(userId), hidden);

  for (const logins of [1, 2]) {
    const shop = await openShop(db);
    const [ann, ben] = [await addShopper(db, shop, 'ann'), await addShopper(db, shop, 'ben')];
    await write(shop, 1, byNumber);
    await write(shop, 2, byUserId);
    const give = (to: string, id: string) =>
      db.installer.query(
        'update commerce.customer_identity set customer_id = $3 where tenant_id = $1 and external_user_id = $2',
        [shop.tenantId, id, to],
      );
    await give(ann.customerId, userId);
    if (logins === 2) await give(ben.customerId, number);
    await write(shop, 3, byBoth);
    const { rows } = await db.installer.query<{ id: string; customer: string }>(
      'select external_user_id as id, customer_id as customer from commerce.customer_identity where tenant_id = $1',
      [shop.tenantId],
    );
    const owners = new Map(rows.map(({ id, customer }) => [id, customer]));
    t.equal(owners.get(userId), ann.customerId);
    t.equal(owners.get(number), logins === 2 ? ben.customerId : ann.customerId, `${logins} logins`);
    t.match((await state(shop)).texts, [], 'and the message is there');
    t.ok((await state(shop)).texts.includes('message 3'));
  }
});

t.test('a number that passed to another person merges nobody', async (t) => {
  const shop = await openShop(db);
  await write(shop, 1, byBoth);
  await write(shop, 2, { number: '2348030000009', userId: 'NG.9' });
  await write(shop, 3, { number, userId: 'NG.9' });
  t.match(await state(shop), { customers: 2, texts: ['message 1', 'message 2', 'message 3'] });
  await write(shop, 4, byUserId);
  t.match(await state(shop), { customers: 2 });
});

t.test('a user id of another merchant, or in another account, is somebody else', async (t) => {
  const [shop, other] = [await openShop(db), await openShop(db)];
  await write(shop, 1, byBoth);
  await write(other, 1, byUserId);
  t.match(await state(shop), { customers: 1 });
  t.match(await state(other), { customers: 1, ids: [userId], phone: null });
});

t.test('in a group, each author stays an author', async (t) => {
  const shop = await openShop(db);
  const body = webhook(shop.account, 1, byBoth) as { entry: [{ changes: [{ value: { messages: Row[] } }] }] };
  Object.assign(body.entry[0].changes[0].value.messages[0] ?? {}, { group_id: 'group 1' });
  await recordEvents(database, readWhatsApp(body as unknown as Json));
  t.match(await state(shop), { customers: 1, ids: ['group 1'] });
});

t.test('another tool names further ids itself', async (t) => {
  const shop = await openShop(db);
  await asMember(db, shop.owner, (client) =>
    client.query(`select api.connect_channel('telegram', 'Telegram', $1)`, [shop.account]),
  );
  const event = (id: string, externalUserId: string, otherUserIds?: Json): Json => ({
    kind: 'message',
    channelType: 'telegram',
    externalAccountId: shop.account,
    externalMessageId: id,
    message: id,
    externalUserId,
    ...(otherUserIds !== undefined && { otherUserIds }),
  });
  const tell = (...events: Json[]) => recordEvents(database, readGeneric({ events }));
  await tell(event('1', '77'), event('2', '@ngozi'), event('3', '77', ['@ngozi']), event('4', '@ngozi'));
  t.match(await state(shop), { customers: 1, ids: ['77', '@ngozi'] });
  const call = (ids: unknown) =>
    asWorker(db, (client) =>
      client.query(
        `select internal.receive_message('telegram', $1, '78', 'bad', 'x', p_other_user_ids => $2)`,
        [shop.account, ids],
      ),
    );
  await refused(t, call(Array(11).fill('a')), 'SCVAL', { field: 'other_user_ids' });
  await refused(t, call(['']), 'SCVAL', { field: 'other_user_ids' });
  await refused(t, call(['x'.repeat(256)]), 'SCVAL', { field: 'other_user_ids' });
  await refused(t, call(null), 'SCVAL', { field: 'other_user_ids' });
  await refused(t, call([null]), 'SCVAL', { field: 'other_user_ids' });
  await call(Array(10).fill('78'));
});

t.test('eight webhooks at once make one customer of one person, and lose no message', async (t) => {
  const pool = new pg.Pool({ connectionString: db.urls.DATABASE_WORKER_URL, max: 8 });
  t.teardown(() => pool.end());
  const roll = diceOf(7);
  const failures: string[] = [];
  for (let round = 0; round < 40; round += 1) {
    const shop = await openShop(db);
    if (round % 2 === 1) await write(shop, 90, round % 4 === 1 ? byUserId : byNumber, 'before');
    const kinds = [byBoth, byNumber, byUserId, byBoth, byNumber, byUserId].sort(() => roll(3) - 1);
    const calls = [...kinds, ...kinds.slice(0, 2)].map((ids, n) => ({ ids, id: `race ${n % 6}` }));
    await Promise.all(
      calls.map(({ ids, id }) =>
        asRole(pool, 'commerce_worker', '', (client) =>
          client.query(
            `select internal.receive_message('whatsapp', $1, $2, $3, $3, p_other_user_ids => $4)`,
            [shop.account, ids === byUserId ? userId : number, id, ids === byBoth ? [userId] : []],
          ),
        ).catch((error: { code?: string }) => failures.push(JSON.stringify(error))),
      ),
    );
    const { customers, texts, unread } = await state(shop);
    t.equal(customers, 1, `round ${round}`);
    t.equal(texts.length, 6 + (round % 2), 'each message once');
    t.equal(unread, 6 + (round % 2));
  }
  t.strictSame(failures, [], 'and no webhook has to come again');
});
