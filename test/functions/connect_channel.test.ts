import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asBuyer, asMember, asWorker } from '../support/session.ts';
import { addShopper, one, openShop, refused } from './shop.ts';

const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db);
const other = await openShop(db);
const connect = 'select * from api.connect_channel($1, $2, $3)';

t.test('a connected account receives messages', async (t) => {
  const channel = await asMember(db, shop.owner, (client) =>
    one(client, connect, ['instagram', ' Our page ', 'page-1']),
  );
  t.match(channel, {
    tenant_id: shop.tenantId,
    channel_type: 'instagram',
    name: 'Our page',
    external_account_id: 'page-1',
    provider: 'meta',
    is_active: true,
    reply_window_minutes: 1440,
  });
  await asWorker(db, async (client) => {
    t.match(
      await one(
        client,
        `select * from internal.receive_message('instagram', 'page-1', 'igsid', 'm1', 'Hello')`,
      ),
      {
        tenant_id: shop.tenantId,
        is_new: true,
      },
    );
  });
  const sms = await asMember(db, shop.owner, (client) =>
    one(client, `select * from api.connect_channel('sms', 'SMS', '20880', 'africastalking', 60)`),
  );
  t.match(sms, { provider: 'africastalking', reply_window_minutes: 60 });
  const telegram = await asMember(db, shop.owner, (client) =>
    one(client, connect, ['telegram', 'Bot', 'bot-1']),
  );
  t.equal(telegram.reply_window_minutes, null, 'no rule of the provider, no window');
});

t.test('an account has one channel on the whole platform', async (t) => {
  for (const { owner } of [shop, other]) {
    await refused(
      t,
      asMember(db, owner, (client) => client.query(connect, ['instagram', 'Mine', 'page-1'])),
      'SCDUP',
      {
        field: 'external_account_id',
      },
    );
  }
  const outcomes = await Promise.allSettled(
    [shop, other, shop, other].map(({ owner }) =>
      asMember(db, owner, (client) => one(client, connect, ['instagram', 'Mine', 'page-2'])),
    ),
  );
  t.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
  t.ok(outcomes.every((outcome) => outcome.status === 'fulfilled' || outcome.reason.code === 'SCDUP'));
});

t.test('a disconnected account is free again', async (t) => {
  await asMember(db, shop.owner, async (client) => {
    const { id } = await one(client, connect, ['tiktok', 'Shop', 'shop-1']);
    await client.query('delete from api.channel where id = $1', [id]);
  });
  const channel = await asMember(db, other.owner, (client) =>
    one(client, connect, ['tiktok', 'Ours now', 'shop-1']),
  );
  t.equal(channel.tenant_id, other.tenantId);
});

t.test('the plan limits the channels, also for two at once', async (t) => {
  const small = await openShop(db, { tier: 'free' });
  const { limit } = await one<{ limit: number }>(
    db.installer,
    `select max_channels as limit from commerce.subscription_plan where code = 'free'`,
  );
  const outcomes = await Promise.allSettled(
    Array.from({ length: limit + 1 }, (_, i) =>
      asMember(db, small.owner, (client) => one(client, connect, ['email', 'Mail', `mail-${i}`])),
    ),
  );
  const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  t.equal(refusals.length, 2, 'the shop had one already');
  for (const { code, detail } of refusals) {
    t.equal(code, 'SCLIM');
    t.strictSame(JSON.parse(detail), { metric: 'channels', limit, used: limit });
  }
});

t.test('what is refused', async (t) => {
  const asOwner = (values: unknown[]) => asMember(db, shop.owner, (client) => client.query(connect, values));
  for (const type of [null, '', 'pigeon']) {
    await refused(t, asOwner([type, 'Name', 'x']), 'SCVAL', { field: 'channel_type' });
  }
  for (const name of [null, ' ', 'x'.repeat(201)]) {
    await refused(t, asOwner(['sms', name, 'x']), 'SCVAL', { field: 'name' });
  }
  for (const account of [null, '', 'x'.repeat(256)]) {
    await refused(t, asOwner(['sms', 'Name', account]), 'SCVAL', { field: 'external_account_id' });
  }
  for (const [provider, minutes, field] of [
    ['', null, 'provider'],
    ['x'.repeat(256), null, 'provider'],
    ['meta', 0, 'reply_window_minutes'],
    ['meta', -5, 'reply_window_minutes'],
  ]) {
    await refused(
      t,
      asMember(db, shop.owner, (client) =>
        client.query(`select api.connect_channel('sms', 'Name', 'x', $1, $2)`, [provider, minutes]),
      ),
      'SCVAL',
      { field },
    );
  }
  const shopper = await addShopper(db, shop, 'shopper');
  await refused(
    t,
    asBuyer(db, shopper, (client) => client.query(connect, ['sms', 'Name', 'x'])),
    '42501',
  );
  await db.installer.query(
    `with person as (insert into commerce.users (tenant_id, auth_subject) values ($1, 'viewer') returning id)
     insert into commerce.team_members (tenant_id, user_id, role) select $1, id, 'viewer' from person`,
    [shop.tenantId],
  );
  await refused(
    t,
    asMember(db, { tenantId: shop.tenantId, subject: 'viewer' }, (client) =>
      client.query(connect, ['sms', 'Name', 'x']),
    ),
    'SCPRM',
    { permission: 'channels.manage' },
  );
});
