import t, { type Test } from 'tap';
import { createTestDatabase, isBlocked } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import {
  asAnonymous,
  asBuyer,
  asInstaller,
  asMember,
  asRole,
  asWorker,
  openSession,
  type Who,
} from '../support/session.ts';
import { addSeller, addShopper, one, openShop, refused, type Shop } from './shop.ts';

const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db);

type Opened = {
  role: string;
  permissions: string[];
  user_id: string;
  customer_id: string;
  seller_id: string;
};

const open = (...values: unknown[]) =>
  db.auth.query('select * from internal.open_session($1, $2, $3, $4, $5, $6)', [
    ...values,
    ...Array.from({ length: 6 - values.length }, () => null),
  ]);

/** What stands in internal.session, which nobody but the database itself reads. */
const stored = (id: string): Promise<Opened> =>
  one(
    db.installer,
    'select role, permissions, user_id, customer_id, seller_id from internal.session where id = $1',
    [id],
  );

let people = 0;

/** Somebody on the shop's team. */
async function join(
  role: string,
  { permissions = [], at = shop }: { permissions?: string[]; at?: Shop } = {},
): Promise<Who & { userId: string }> {
  people += 1;
  const subject = `colleague-${people}`;
  const { id: userId } = await one(
    db.installer,
    `with person as (
       insert into commerce.users (tenant_id, auth_subject) values ($1, $2) returning id, tenant_id
     )
     insert into commerce.team_members (tenant_id, user_id, role, permissions)
     select tenant_id, id, $3, $4 from person
     returning user_id as id`,
    [at.tenantId, subject, role, permissions],
  );
  return { tenantId: at.tenantId, userId, subject };
}

/** That a session is over: from its next statement on, also inside of a transaction. */
async function endsAtOnce(t: Test, who: Who, change: () => Promise<unknown>): Promise<void> {
  const session = await openSession(db, 'member', who);
  const look = 'select id from api.products';
  const underWay = asRole(db.api, 'commerce_member', session, async (client) => {
    await client.query(look);
    await change();
    await client.query(look);
  });
  await refused(t, underWay, 'SCCTX');
  await refused(
    t,
    asRole(db.api, 'commerce_member', session, (client) => client.query(look)),
    'SCCTX',
  );
}

t.test('a session is for a role that exists, and for a person who has it', async (t) => {
  const { tenantId, owner } = shop;
  const viewer = await join('viewer');
  const other = await openShop(db);
  for (const role of [null, '', 'owner', 'commerce_member', 'worker', 'platform']) {
    await refused(t, open(tenantId, role, viewer.userId), 'SCVAL', { field: 'role' });
  }
  await refused(t, open(tenantId, 'member'), 'SCPRM');
  await refused(t, open(tenantId, 'member', null, 'nobody'), 'SCPRM');
  await refused(t, open(other.tenantId, 'member', viewer.userId), 'SCPRM');
  await refused(t, open(tenantId, 'member', viewer.userId, owner.subject), 'SCPRM');
  await refused(t, open(tenantId, 'buyer'), 'SCPRM');
  await refused(t, open(other.tenantId, 'buyer', viewer.userId), 'SCPRM');
  await refused(t, open('01890000-0000-7000-8000-000000000000', 'anonymous'), 'SCTEN');
  await refused(t, open(null, 'anonymous'), 'SCTEN');
  await refused(t, open(null, 'member', viewer.userId), 'SCTEN');
  await t.resolves(open(null, 'member', null, viewer.subject), 'a person who has yet to choose a tenant');
  await t.resolves(open(tenantId, 'anonymous'));
});

t.test('a member holds the permissions of the role and those of the person', async (t) => {
  const viewer = await join('viewer', { permissions: ['orders.manage', 'orders.read'] });
  const session = await stored(await openSession(db, 'member', viewer));
  const { rows } = await db.installer.query<{ code: string }>(
    `select permission_code as code from commerce.role_permission where role = 'viewer'`,
  );
  t.equal(session.role, 'commerce_member');
  t.same(session.permissions, [...rows.map(({ code }) => code), 'orders.manage'].toSorted());
  const asked = await asMember(db, viewer, (client) =>
    one(
      client,
      `select api.has_permission('orders.manage') as granted, api.has_permission('team.manage') as missing`,
    ),
  );
  t.match(asked, { granted: true, missing: false });
});

t.test('a seller who is not on the team is a member without permissions', async (t) => {
  const sellerId = await addSeller(db, shop);
  const { userId } = await one<{ userId: string }>(
    db.installer,
    'select user_id as "userId" from commerce.seller_profile where id = $1',
    [sellerId],
  );
  const session = await stored(await openSession(db, 'member', { tenantId: shop.tenantId, userId }));
  t.match(session, { user_id: userId, seller_id: sellerId, customer_id: null, permissions: [] });
});

t.test('a shopper is known as customer; a new one comes with a login only', async (t) => {
  const shopper = await addShopper(db, shop, 'known');
  t.match(await stored(await openSession(db, 'buyer', shopper)), {
    customer_id: shopper.customerId,
    seller_id: null,
    permissions: [],
  });
  t.match(await stored(await openSession(db, 'buyer', { tenantId: shop.tenantId, subject: 'new' })), {
    user_id: null,
    customer_id: null,
  });
  const owner = await stored(await openSession(db, 'buyer', shop.owner));
  t.match(owner, { seller_id: null, permissions: [] }, 'as a shopper even the owner has no permission');
});

t.test('a session ends with the proof of identity, within the hour', async (t) => {
  const { tenantId } = shop;
  const minutes = async (expiresAt: string | null) => {
    const { rows } = await open(tenantId, 'anonymous', null, null, null, expiresAt);
    return Math.round((rows[0].expires_at.getTime() - Date.now()) / 60_000);
  };
  t.equal(await minutes(null), 60);
  t.equal(await minutes(new Date(Date.now() + 10 * 60_000).toISOString()), 10);
  t.equal(await minutes('infinity'), 60);
  const session = await openSession(db, 'anonymous', { tenantId });
  await db.installer.query('update internal.session set expires_at = now() where id = $1', [session]);
  const late = asRole(db.api, 'commerce_anonymous', session, (client) =>
    client.query('select id from api.products'),
  );
  await refused(t, late, 'SCCTX');
});

t.test('a session serves the role that it was opened for, and no other', async (t) => {
  const session = await openSession(db, 'member', shop.owner);
  const look = (role: 'commerce_buyer' | 'commerce_anonymous') =>
    asRole(db.api, role, session, (client) => client.query('select id from api.products'));
  await refused(t, look('commerce_buyer'), 'SCCTX');
  await refused(t, look('commerce_anonymous'), 'SCCTX');
  const ofVisitor = await openSession(db, 'anonymous', { tenantId: shop.tenantId });
  const climb = asRole(db.api, 'commerce_member', ofVisitor, (client) =>
    client.query('select id from api.products'),
  );
  await refused(t, climb, 'SCCTX');
});

t.test('what ends sessions ends them at once', async (t) => {
  const set = (columns: string, userId: string) =>
    db.installer.query(`update commerce.team_members set ${columns}, version = version where user_id = $1`, [
      userId,
    ]);
  const editUser = (columns: string, userId: string) =>
    db.installer.query(`update commerce.users set ${columns}, version = version where id = $1`, [userId]);
  const changes: Record<string, (userId: string) => Promise<unknown>> = {
    'a change of role': (userId) => set(`role = 'viewer'`, userId),
    'a change of permissions': (userId) => set(`permissions = array['orders.manage']`, userId),
    deactivation: (userId) => set('is_active = false, deactivated_at = now()', userId),
    'removal of the login': (userId) => editUser('auth_subject = null', userId),
    'deletion of the person': (userId) => editUser('is_deleted = true', userId),
    'a change of what a role may do': () =>
      db.installer.query(
        `delete from commerce.role_permission where role = 'editor' and permission_code = 'customers.read'`,
      ),
  };
  for (const [name, change] of Object.entries(changes)) {
    const who = await join('editor');
    const visitor = await openSession(db, 'anonymous', shop.owner);
    await t.test(name, (t) =>
      endsAtOnce(t, { tenantId: who.tenantId, userId: who.userId }, () => change(who.userId)),
    );
    await t.resolves(stored(visitor), 'a visitor stays');
  }
  await t.test('logging out', async (t) => {
    const session = await openSession(db, 'member', shop.owner);
    await db.auth.query('select internal.close_session($1)', [session]);
    await db.auth.query('select internal.close_session($1)', [session]);
    const late = asRole(db.api, 'commerce_member', session, (client) =>
      client.query('select id from api.products'),
    );
    await refused(t, late, 'SCCTX');
  });
});

t.test('nobody is in a suspended tenant', async (t) => {
  const suspended = await openShop(db);
  const { tenantId } = suspended;
  const setStatus = (status: string) =>
    db.installer.query('update commerce.tenant set status = $2, version = version where id = $1', [
      tenantId,
      status,
    ]);
  const shopper = await addShopper(db, suspended, 'loyal');
  await endsAtOnce(t, suspended.owner, () => setStatus('suspended'));
  for (const role of ['member', 'buyer', 'anonymous'] as const) {
    await refused(t, openSession(db, role, { tenantId, subject: 'loyal' }), 'SCTEN');
  }
  await setStatus('active');
  await t.resolves(openSession(db, 'buyer', shopper));
});

t.test('a session opened while its person is being demoted has the new rights', async (t) => {
  const who = await join('admin');
  const client = await db.installer.connect();
  await client.query('begin');
  await client.query(
    `update commerce.team_members set role = 'viewer', version = version where user_id = $1`,
    [who.userId],
  );
  let isOpen = false;
  const opening = openSession(db, 'member', who).finally(() => {
    isOpen = true;
  });
  await eventually(async () => isOpen || (await isBlocked(db)));
  await client.query('commit');
  client.release();
  await opening;
  const { rows } = await db.installer.query<{ permissions: string[] }>(
    'select permissions from internal.session where user_id = $1',
    [who.userId],
  );
  t.same(
    rows.filter(({ permissions }) => permissions.includes('team.manage')),
    [],
  );
});

t.test(
  'a snapshot from before a revocation opens no session with the rights that were taken away',
  async (t) => {
    for (const level of ['repeatable read', 'serializable', 'read committed']) {
      const person = await join('admin');
      const early = await db.auth.connect();
      try {
        await early.query(`begin isolation level ${level}`);
        await early.query('select from internal.resolve_tenant($1)', [`${shop.owner.subject}.example`]);
        await db.installer.query(
          'update commerce.team_members set is_active = false, version = version where user_id = $1',
          [person.userId],
        );
        const opened = early.query('select * from internal.open_session($1, $2, $3)', [
          shop.tenantId,
          'member',
          person.userId,
        ]);
        if (level === 'read committed') await refused(t, opened, 'SCPRM');
        else await refused(t, opened, 'SCVAL', { field: 'transaction_isolation' });
      } finally {
        await early.query('rollback');
        early.release();
      }
    }
  },
);

t.test('a machine has one tenant a transaction', async (t) => {
  const other = await openShop(db);
  const receive = `select tenant_id as id from internal.receive_message('whatsapp', $1, '2348030000001', $2, 'Hello')`;
  const twice = asWorker(db, async (client) => {
    t.match(await one(client, receive, [shop.account, 'wamid.1']), { id: shop.tenantId });
    t.match(
      await one(client, receive, [shop.account, 'wamid.2']),
      { id: shop.tenantId },
      'the same again is fine',
    );
    await client.query(receive, [other.account, 'wamid.3']);
  });
  await refused(t, twice, 'SCCTX');

  let adopted = '';
  await asWorker(db, async (client) => {
    await client.query(receive, [shop.account, 'wamid.4']);
    const { id } = await one(client, `select current_setting('commerce.session') as id`);
    adopted = id;
    t.not((await client.query('select id from api.customer')).rowCount, 0);
  });
  const later = asRole(db.worker, 'commerce_worker', adopted, (client) =>
    client.query('select id from api.customer'),
  );
  await refused(t, later, 'SCCTX');

  const posing = asInstaller(db, async (client) => {
    await client.query(`select set_config('role', 'commerce_definer', true)`);
    await client.query('select internal.adopt_tenant($1)', [shop.tenantId]);
  });
  await refused(t, posing, 'SCCTX');
});

t.test('no request role opens, adopts or reads sessions', async (t) => {
  const { tenantId, owner } = shop;
  const admin = await one(
    db.installer,
    `insert into commerce.users (is_system_admin) values (true) returning id`,
  );
  const { rows } = await db.auth.query<{ session_id: string }>(
    `select session_id from internal.open_platform_session($1, $2, 'who may do what', 5)`,
    [admin.id, tenantId],
  );
  const as: Record<string, (sql: string) => Promise<unknown>> = {
    member: (sql) => asMember(db, owner, (client) => client.query(sql)),
    buyer: (sql) => asBuyer(db, owner, (client) => client.query(sql)),
    anonymous: (sql) => asAnonymous(db, owner, (client) => client.query(sql)),
    worker: (sql) => asWorker(db, (client) => client.query(sql)),
    platform: (sql) =>
      asRole(db.platform, 'commerce_platform', rows[0]?.session_id ?? '', (client) => client.query(sql)),
    'the login of requests': (sql) => db.api.query(sql),
    'the login of sessions': (sql) => db.auth.query(sql),
  };
  const tenant = `'${tenantId}'::uuid`;
  const forbidden = [
    `select internal.adopt_tenant(${tenant})`,
    'select id from internal.session',
    'delete from internal.session',
    `select internal.revoke_sessions('commerce_member')`,
    'select id from commerce.products',
  ];
  const ofSessions = [
    `select * from internal.open_session(${tenant}, 'anonymous')`,
    `select internal.close_session(${tenant})`,
    `select * from internal.open_platform_session(${tenant}, ${tenant}, 'for no good reason', 5)`,
  ];
  for (const [name, query] of Object.entries(as)) {
    await t.test(name, async (t) => {
      for (const sql of name === 'the login of sessions' ? forbidden : [...forbidden, ...ofSessions]) {
        await refused(t, query(sql), '42501');
      }
    });
  }
});
