import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asMember, type Who } from '../support/session.ts';
import { addMember, claim, markSent, queue } from './chat.ts';
import { addChatCustomer, addProduct, one, openShop, type Row, refused, type Shop } from './shop.ts';

/** A bot of the merchant that acts as itself, and stands back where a person answers. */
const db = await createTestDatabase(t, { template: 'empty' });

const createService = (shop: Shop, subject = 'bot', permissions: string[] = [], who: Who = shop.owner) =>
  asMember(db, who, (client) =>
    one(client, `select * from api.create_service('Order bot', $1, $2)`, [subject, permissions]),
  );
const threadOf = (id: unknown) =>
  one(db.installer, 'select * from commerce.conversation_thread where id = $1', [id]);
const assign = (shop: Shop, threadId: string, memberId: unknown) =>
  asMember(db, shop.owner, (client) =>
    client.query('select api.assign_thread($1, version, $2) from api.conversation_thread where id = $1', [
      threadId,
      memberId,
    ]),
  );
const staff = (who: Who, sql: string, values: unknown[]): Promise<Row> =>
  asMember(db, who, (client) => one(client, sql, values));

t.test(
  'a service is a member with its own role, without a place of the plan and without an address',
  async (t) => {
    const shop = await openShop(db, { tier: 'free' });
    const service = await createService(shop);
    t.match(service, { role: 'service', is_active: true, permissions: [] });
    t.match(await one(db.installer, 'select * from commerce.users where id = $1', [service.user_id]), {
      auth_subject: 'bot',
      display_name: 'Order bot',
      email: null,
    });
    for (let i = 0; i < 5; i += 1) await createService(shop, `bot ${i}`);
    const invite = (email: string) =>
      asMember(db, shop.owner, (client) =>
        client.query(`select api.create_team_invite('viewer', $1)`, [email]),
      );
    await invite('one@shop.example');
    await refused(t, invite('two@shop.example'), 'SCLIM', { metric: 'team_members', limit: 2, used: 2 });
  },
);

t.test('what is refused', async (t) => {
  const shop = await openShop(db);
  const service = await createService(shop);
  await refused(t, createService(shop), 'SCDUP', { field: 'subject' });
  await refused(t, createService(shop, shop.owner.subject), 'SCDUP', { field: 'subject' });
  await refused(t, createService(shop, ' '), 'SCVAL', { field: 'subject' });
  await refused(t, createService(shop, 'x'.repeat(256)), 'SCVAL', { field: 'subject' });
  await refused(t, createService(shop, 'other', ['no.such']), 'SCVAL');
  const manager = await addMember(db, shop, 'manager');
  await refused(t, createService(shop, 'other', [], manager), 'SCPRM', { permission: 'team.manage' });
  await db.installer.query(
    `update commerce.team_members set permissions = '{team.manage}', version = version where id = $1`,
    [manager.id],
  );
  await refused(t, createService(shop, 'other', ['audit.read'], manager), 'SCPRM', {
    permission: 'audit.read',
  });
  t.match(await createService(shop, 'other', ['inventory.manage'], manager), {
    permissions: ['inventory.manage'],
  });

  const role = (member: Row, to: string) =>
    staff(shop.owner, 'select (api.change_member_role($1, $2, $3)).role', [member.id, to, member.version]);
  await refused(t, role(service, 'editor'), 'SCVAL', { field: 'role' });
  const editor = await addMember(db, shop, 'editor');
  await refused(t, role(editor, 'service'), 'SCVAL', { field: 'role' });
  const transfer = staff(shop.owner, 'select api.transfer_ownership($1, $2)', [service.id, service.version]);
  await refused(t, transfer, 'SCVAL', { field: 'member_id' });
  const invite = staff(shop.owner, `select * from api.create_team_invite('service', 'bot@shop.example')`, []);
  await refused(t, invite, 'SCVAL', { field: 'role' });
});

t.test('it queues messages as itself, and stands back where a person answers', async (t) => {
  const shop = await openShop(db);
  const service = await createService(shop);
  const bot = { tenantId: shop.tenantId, subject: 'bot' };
  const clerk = await addMember(db, shop, 'editor');
  const { threadId, messageId } = await addChatCustomer(db, shop, '2348030000001');
  const first = await queue(db, bot, threadId, { key: 'one', message: 'Welcome' });
  t.match(first, { sender_type: 'bot', sender_user_id: service.user_id, delivery_status: 'queued' });
  await assign(shop, threadId, service.id);
  await queue(db, bot, threadId, { key: 'two' });
  await assign(shop, threadId, (await createService(shop, 'another bot')).id);
  await queue(db, bot, threadId, { key: 'three' });
  await assign(shop, threadId, clerk.id);
  const held = { field: 'thread_id' };
  await refused(t, queue(db, bot, threadId, { key: 'four' }), 'SCPRM', held);
  for (const call of ['cancel_message($1)', 'retry_message($1)']) {
    await refused(t, staff(bot, `select api.${call}`, [first.id]), 'SCPRM', held);
  }
  for (const call of ['mark_thread_read($1)', 'mark_thread_unread($1)']) {
    await refused(t, staff(bot, `select api.${call}`, [threadId]), 'SCPRM', held);
  }
  t.match(await threadOf(threadId), { unread_count: 1 });
  const begin = staff(
    bot,
    `select * from api.begin_conversation((select customer_id from api.conversation_thread where id = $1),
                                          (select id from api.channel), 'five', p_message => 'Hello')`,
    [threadId],
  );
  await refused(t, begin, 'SCPRM', held);
  await queue(db, clerk, threadId, { key: 'six', message: 'I am here', reply_to_id: messageId });

  const claimed = await claim(db, shop.tenantId);
  t.same(claimed, [], "what waits is ended first: the bot's words no longer go out");
  const { rows } = await db.installer.query(
    'select message, delivery_status, error_code from commerce.conversation_history where thread_id = $1 order by arrival',
    [threadId],
  );
  t.match(rows[1], { delivery_status: 'failed', error_code: 'person_answers' });
  let next = claimed;
  for (let i = 0; i < 4 && next.length === 0; i += 1) next = await claim(db, shop.tenantId);
  t.match(next, [{ message: 'I am here' }]);
  await markSent(db, next[0]?.message_id ?? null, 'wamid.out');
  await assign(shop, threadId, null);
  await queue(db, bot, threadId, { key: 'seven' });
});

t.test('it has no longer window than any bot', async (t) => {
  const shop = await openShop(db);
  await createService(shop);
  const bot = { tenantId: shop.tenantId, subject: 'bot' };
  const { threadId } = await addChatCustomer(db, shop, '2348030000001');
  await db.installer.query(
    `update commerce.channel set human_window_minutes = 10080, version = version where tenant_id = $1`,
    [shop.tenantId],
  );
  await db.installer.query(
    `update commerce.conversation_thread set last_inbound_at = now() - interval '2 days',
            reply_window_ends_at = now() - interval '1 day', version = version where id = $1`,
    [threadId],
  );
  await refused(t, queue(db, bot, threadId, { key: 'bot' }), 'SCWIN');
  t.match(await queue(db, shop.owner, threadId, { key: 'person' }), { delivery_status: 'queued' });
});

t.test('it places orders as itself, and no longer once it is deactivated', async (t) => {
  const shop = await openShop(db);
  const service = await createService(shop);
  const bot = { tenantId: shop.tenantId, subject: 'bot' };
  const productId = await addProduct(db, shop, { stock: 5 });
  const { customerId } = await addChatCustomer(db, shop, '2348030000001');
  const place = (key: string) =>
    staff(
      bot,
      `select id, status from api.place_order($1, p_lines => $2, p_customer_id => $3, p_channel => 'whatsapp')`,
      [key, JSON.stringify([{ product_id: productId, quantity: 1 }]), customerId],
    );
  const order = await place('one');
  const { rows } = await db.installer.query(
    'select distinct changed_by from commerce.order_status_history where order_id = $1',
    [order.id],
  );
  t.strictSame(rows, [{ changed_by: service.user_id }]);
  await refused(
    t,
    staff(bot, 'select api.adjust_inventory($1, 1, $2, null, $3)', [productId, 'restock', 'k']),
    'SCPRM',
  );
  await refused(t, staff(bot, `select * from api.create_team_invite('viewer', 'x@y.example')`, []), 'SCPRM');
  await staff(shop.owner, 'select api.deactivate_member($1, $2)', [service.id, service.version]);
  await refused(t, place('two'), 'SCPRM');
});
