import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asMember, asWorker } from '../support/session.ts';
import { addMember, claim, markSent, queue } from './chat.ts';
import { addChatCustomer, one, openShop, type Row, refused, type Shop } from './shop.ts';

/** A person asks for the deletion of something that was said. */
const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db);
const other = await openShop(db);
const secret = 'My passport is A1234567';

const erase = (of: Shop, id: unknown): Promise<Row> =>
  asMember(db, of.owner, (client) => one(client, 'select * from api.erase_message($1)', [id]));

/** In how many rows of the merchant's tables, logs and queues a text stands. */
async function places(text: string): Promise<string[]> {
  const { rows: tables } = await db.installer.query<{ name: string }>(`
    select format('%I.%I', n.nspname, c.relname) as name
      from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
     where n.nspname in ('commerce', 'internal', 'audit') and c.relkind in ('r', 'p') and not c.relispartition`);
  const found: string[] = [];
  for (const { name } of tables) {
    const { rowCount } = await db.installer.query(`select from ${name} as x where x::text like $1`, [
      `%${text}%`,
    ]);
    if (rowCount !== 0) found.push(name);
  }
  return found.sort();
}

t.test('nothing of it is left anywhere, and that it was there is', async (t) => {
  const { threadId } = await addChatCustomer(db, shop, '2348030000001');
  const { message_id: id } = await asWorker(db, async (client) => {
    const message = await one(
      client,
      `select * from internal.receive_message('whatsapp', $1, '2348030000001', 'secret', '', 'image',
         p_metadata => jsonb_build_object('note', $2::text),
         p_attachments => jsonb_build_array(
           jsonb_build_object('file_type', 'image', 'url', 'https://files.example/A1234567', 'caption', $2::text),
           jsonb_build_object('file_type', 'location', 'latitude', 6.51234, 'longitude', 3.31234, 'caption', $2::text)))`,
      [shop.account, secret],
    );
    await client.query(`select internal.record_message_change('whatsapp', $1, 'secret', 'edit', $2)`, [
      shop.account,
      `${secret}, I mean`,
    ]);
    return message;
  });
  t.strictSame(await places('A1234567'), [
    'commerce.conversation_history',
    'commerce.message_attachment',
    'commerce.message_revision',
  ]);
  const erased = await erase(shop, id);
  t.match(erased, { id, message: '', metadata: {}, thread_id: threadId });
  t.ok(erased.withdrawn_at);
  t.strictSame(await places('A1234567'), []);
  t.strictSame(await places('6.51234'), []);
  t.match(
    await one(
      db.installer,
      `select e.event_type, u.auth_subject from commerce.conversation_event as e
         join commerce.users as u on u.id = e.actor_user_id
        where e.conversation_id = $1 and e.event_type = 'message_deleted'`,
      [id],
    ),
    { auth_subject: shop.owner.subject },
    'by whom',
  );
  // The provider delivers it again, with the edit; and staff press the button again.
  await asWorker(db, async (client) => {
    await client.query(`select internal.receive_message('whatsapp', $1, '2348030000001', 'secret', $2)`, [
      shop.account,
      secret,
    ]);
    await client.query(`select internal.record_message_change('whatsapp', $1, 'secret', 'edit', $2)`, [
      shop.account,
      secret,
    ]);
  });
  t.strictSame(await places('A1234567'), []);
  t.strictSame(await erase(shop, id), erased);
});

t.test('also what the shop wrote, once it is sent', async (t) => {
  const { threadId } = await addChatCustomer(db, shop, '2348030000002');
  const { id } = await queue(db, shop.owner, threadId, { key: 'k', message: secret });
  await refused(t, erase(shop, id), 'SCVAL', { field: 'message_id' });
  await claim(db, shop.tenantId);
  await markSent(db, id, 'out');
  t.match(await erase(shop, id), { message: '', delivery_status: 'sent' });
  t.strictSame(await places('A1234567'), []);
});

t.test('who may, and whose', async (t) => {
  const { messageId } = await addChatCustomer(db, shop, '2348030000003');
  for (const role of ['viewer', 'editor']) {
    await refused(t, erase({ ...shop, owner: await addMember(db, shop, role) }, messageId), 'SCPRM', {
      permission: 'audit.redact',
    });
  }
  for (const [by, id] of [
    [other, messageId],
    [shop, null],
    [shop, shop.tenantId],
  ] as const) {
    await refused(t, erase(by, id), 'SCNTF', { field: 'message_id' });
  }
  t.match(
    await one(db.installer, 'select message from commerce.conversation_history where id = $1', [messageId]),
    {
      message: 'Hello',
    },
  );
});

t.test('what was said, by whom and when, is never changed otherwise', async (t) => {
  const { messageId } = await addChatCustomer(db, shop, '2348030000009');
  const changes = {
    arrival: '9',
    author_name: `'Somebody else'`,
    created_at: `now() - interval '1 day'`,
    direction: `'outbound'`,
    is_silent: 'true',
    language: `'fr'`,
    message: `'I never said that'`,
    message_type: `'image'`,
    metadata: `'{"said": "never"}'`,
    occurred_at: `now() - interval '1 day'`,
    sender_type: `'merchant'`,
    template_name: `'hello'`,
  };
  for (const [column, value] of Object.entries(changes)) {
    const change = db.installer.query(
      `update commerce.conversation_history set ${column} = ${value} where id = $1`,
      [messageId],
    );
    await refused(t, change, 'SCIMM');
  }
});
