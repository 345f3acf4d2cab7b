import pg from 'pg';
import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asMember, asRole, asWorker, openSession } from '../support/session.ts';
import { addChatCustomer, addShopper, one, openShop, refused, type Shop } from './shop.ts';

const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db);
const other = await openShop(db);

type Invite = { invite_id: string; token: string; expires_at: Date };
type Member = { id: string; user_id: string; role: string; version: number; subject: string };
type Person = { subject: string; email: string | null };

const person = (subject: string): Person => ({ subject, email: `${subject}@people.example` });

/** A session as the identity provider's claims open it: of a tenant, or of none. */
async function sessionOf(
  { subject, email }: Person,
  tenantId: string | null = null,
  role: 'member' | 'buyer' = 'buyer',
): Promise<string> {
  const { rows } = await db.auth.query<{ session_id: string }>(
    'select session_id from internal.open_session($1, $2, null, $3, $4)',
    [tenantId, role, subject, email],
  );
  return rows[0]?.session_id ?? '';
}

const answer = (session: string, call: 'accept' | 'decline', token: string | null, pool = db.api) =>
  asRole(pool, 'commerce_buyer', session, async (client) =>
    one<Record<string, unknown>>(client, `select * from api.${call}_team_invite($1)`, [token]),
  );

const accept = async (who: Person, token: string | null) => answer(await sessionOf(who), 'accept', token);
const decline = async (who: Person, token: string | null) => answer(await sessionOf(who), 'decline', token);

type Offer = {
  role?: string | null;
  email?: string | null;
  phone?: string | null;
  permissions?: (string | null)[] | null;
  validFor?: string | null;
  message?: string | null;
};

function invite(
  subject: string,
  {
    role = 'viewer',
    email = null,
    phone = null,
    permissions = [],
    validFor = '7 days',
    message = null,
  }: Offer,
  { tenantId }: Shop = shop,
): Promise<Invite> {
  return asMember(db, { tenantId, subject }, (client) =>
    one<Invite>(client, 'select * from api.create_team_invite($1, $2, $3, $4, $5, $6)', [
      role,
      email,
      phone,
      permissions,
      validFor,
      message,
    ]),
  );
}

/** A member by the installer's hand: the subject is the name. */
async function hire(
  { tenantId }: Shop,
  subject: string,
  role: string,
  permissions: string[] = [],
): Promise<Member> {
  return one<Member>(
    db.installer,
    `with person as (
       insert into commerce.users (tenant_id, auth_subject, email) values ($1, $2, $2 || '@people.example') returning id
     )
     insert into commerce.team_members (tenant_id, user_id, role, permissions)
     select $1, id, $3, $4 from person
     returning id, user_id, role, version, $2 as subject`,
    [tenantId, subject, role, permissions],
  );
}

const memberOf = (id: string) =>
  one<Member & { is_active: boolean; permissions: string[]; deactivated_at: Date | null }>(
    db.installer,
    'select * from commerce.team_members where id = $1',
    [id],
  );

const ownerOf = ({ tenantId }: Shop) =>
  one<Member>(
    db.installer,
    `select m.*, u.auth_subject as subject
       from commerce.team_members m join commerce.users u on u.id = m.user_id
      where m.tenant_id = $1 and m.role = 'owner'`,
    [tenantId],
  );

const statusOf = async (inviteId: string) =>
  (
    await one<{ status: string }>(db.installer, 'select status from commerce.team_invites where id = $1', [
      inviteId,
    ])
  ).status;

const call = (subject: string, sql: string, values: unknown[], { tenantId }: Shop = shop) =>
  asMember(db, { tenantId, subject }, (client) => one(client, sql, values));
const changeRole = 'select * from api.change_member_role($1, $2, $3)';
const setPermissions = 'select * from api.set_member_permissions($1, $2, $3)';
const deactivate = 'select * from api.deactivate_member($1, $2)';
const transfer = 'select * from api.transfer_ownership($1, $2)';
const resend = 'select * from api.resend_team_invite($1, $2)';
const revoke = 'select * from api.revoke_team_invite($1)';

const owner = shop.owner.subject as string;
await hire(shop, 'admin', 'admin');
await hire(shop, 'hr', 'manager', ['team.manage']);
await hire(shop, 'manager', 'manager');
await hire(shop, 'watcher', 'viewer');

t.test('an invited stranger joins by the token alone', async (t) => {
  const ann = person('ann');
  const { invite_id, token, expires_at } = await invite(owner, {
    role: 'editor',
    email: ' Ann@People.example ',
    permissions: ['reports.read', 'reports.read'],
    message: 'Welcome',
  });
  t.match(token, /^[A-Za-z0-9_-]{64}$/);
  t.ok(Math.abs(expires_at.getTime() - Date.now() - 7 * 86_400_000) < 60_000);

  const session = await sessionOf(ann);
  const joined = await asRole(db.api, 'commerce_buyer', session, async (client) => {
    const row = await one<Record<string, string>>(client, 'select * from api.accept_team_invite($1)', [
      token,
    ]);
    const { rows } = await client.query('select from api.tenant');
    t.equal(rows.length, 0, 'the session is again what it was: of no tenant');
    t.strictSame((await client.query('select tenant_id, role from api.my_tenants()')).rows, [
      { tenant_id: shop.tenantId, role: 'editor' },
    ]);
    return row;
  });
  t.match(joined, { tenant_id: shop.tenantId, tenant_name: owner, role: 'editor' });
  t.match(await memberOf(joined.member_id ?? ''), {
    user_id: joined.user_id,
    role: 'editor',
    permissions: ['reports.read'],
    is_active: true,
    invited_by: (await ownerOf(shop)).user_id,
  });
  t.match(
    await one(
      db.installer,
      'select status, accepted_by, responded_at from commerce.team_invites where id = $1',
      [invite_id],
    ),
    { status: 'accepted', accepted_by: joined.user_id, responded_at: Date },
  );
  t.match(
    await one(db.installer, 'select email, auth_subject from commerce.users where id = $1', [joined.user_id]),
    { email: 'ann@people.example', auth_subject: 'ann' },
  );
  await asMember(db, { tenantId: shop.tenantId, subject: 'ann' }, async (client) => {
    t.match(await one(client, `select api.has_permission('reports.read') as may`), { may: true });
  });
  const { rows } = await db.installer.query(
    `select table_name, action, actor_user_id from audit.log where request_id = 'test' and tenant_id = $1
        and (record_key = any ($2)) order by id`,
    [shop.tenantId, [joined.user_id, joined.member_id, invite_id]],
  );
  t.match(rows, [
    { table_name: 'team_invites', action: 'insert' },
    { table_name: 'users', action: 'insert', actor_user_id: null },
    { table_name: 'team_members', action: 'insert', actor_user_id: joined.user_id },
    { table_name: 'team_invites', action: 'update', actor_user_id: joined.user_id },
  ]);
  await refused(t, accept(ann, token), 'SCDUP', { field: 'token' });
  await refused(t, decline(ann, token), 'SCDUP', { field: 'token' });
});

t.test('the token is stored nowhere', async (t) => {
  const { invite_id, token } = await invite(owner, { email: 'secret@people.example' });
  const again = await call(owner, resend, [invite_id, '1 day']);
  const { rows: tables } = await db.installer.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c
      where c.relnamespace::regnamespace::text in ('api', 'audit', 'commerce', 'internal') and c.relkind in ('r', 'v')`,
  );
  t.ok(tables.length > 80);
  for (const { name } of tables) {
    const { rows } = await db.installer.query(`select from ${name} as x where x::text like any ($1)`, [
      [token, again.token].map((each) => `%${each}%`),
    ]);
    t.equal(rows.length, 0, name);
  }
  const { rows } = await db.installer.query(
    `select from audit.log where table_name = 'team_invites' and (old_values || new_values)::text ~ 'token|@'`,
  );
  t.equal(rows.length, 0, 'the log has neither the hash nor the address');
  t.match(
    await one(
      db.installer,
      'select token_hash = sha256($2::bytea) as hashed from commerce.team_invites where id = $1',
      [invite_id, String(again.token)],
    ),
    { hashed: true },
  );
  for (const role of ['commerce_member', 'commerce_buyer', 'commerce_worker', 'commerce_platform']) {
    t.match(
      await one(
        db.installer,
        `select has_column_privilege($1, 'commerce.team_invites', 'token_hash', 'select') as may`,
        [role],
      ),
      { may: false },
      role,
    );
  }
  const error = await accept(person('nobody'), String(again.token)).catch((reason) => reason);
  const { message, detail, hint, where, internalQuery } = error;
  t.notMatch(JSON.stringify([message, detail, hint, where, internalQuery]), String(again.token));
});

t.test('the token and the address belong together', async (t) => {
  const { invite_id, token } = await invite(owner, { email: 'bea@people.example' });
  const bea = person('bea');
  const words = await Promise.all(
    [
      [person('mallory'), token],
      [bea, token.slice(0, -1)],
      [bea, `${token}A`],
      [bea, `${token.slice(0, 63)}*`],
      [bea, ''],
      [bea, null],
      [bea, token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))],
      // Another tenant's, and a tenant that does not exist, before the same secret.
      [
        bea,
        Buffer.from(other.tenantId.replaceAll('-', ''), 'hex').toString('base64url').slice(0, 21) +
          token.slice(21),
      ],
      [bea, 'A'.repeat(64)],
    ].map(([who, text]) =>
      accept(who as Person, text as string | null).then(
        () => 'accepted',
        ({ code, message, detail }) => `${code} ${message} ${detail}`,
      ),
    ),
  );
  t.strictSame(new Set(words), new Set(['SCNTF not found: token {"field" : "token"}']));
  for (const who of [
    { subject: 'bea', email: null },
    { subject: null as unknown as string, email: null },
  ]) {
    const session =
      who.subject === null
        ? await openSession(
            db,
            'buyer',
            await addShopper(db, shop, 'by-id').then(async ({ customerId }) =>
              one<{ tenantId: string; userId: string }>(
                db.installer,
                'select tenant_id as "tenantId", user_id as "userId" from commerce.buyer_profile where id = $1',
                [customerId],
              ),
            ),
          )
        : await sessionOf(who);
    await refused(t, answer(session, 'accept', token), 'SCPRM', { permission: 'verified_email' });
    await refused(t, answer(session, 'decline', token), 'SCPRM', { permission: 'verified_email' });
  }
  await refused(
    t,
    asRole(db.api, 'commerce_buyer', '', (client) =>
      client.query('select api.accept_team_invite($1)', [token]),
    ),
    'SCPRM',
  );
  const visitor = await openSession(db, 'anonymous', { tenantId: shop.tenantId });
  await refused(
    t,
    asRole(db.api, 'commerce_anonymous', visitor, (client) =>
      client.query('select api.accept_team_invite($1)', [token]),
    ),
    '42501',
  );
  t.equal(await statusOf(invite_id), 'pending');
  t.match(await accept({ subject: 'bea', email: 'BEA@people.example' }, token), { role: 'viewer' });
});

t.test('by telephone the token alone is the proof', async (t) => {
  const { token } = await invite(owner, { phone: '+2348030000009' });
  t.match(await accept(person('cyn'), token), { tenant_id: shop.tenantId });
  const both = await invite(owner, { phone: '+2348030000008', email: 'dan@people.example' });
  await refused(t, accept(person('mallory'), both.token), 'SCNTF');
  t.match(await accept(person('dan'), both.token), { tenant_id: shop.tenantId });
});

t.test('of twenty who accept one token at once, one is let in', async (t) => {
  const { invite_id, token } = await invite(owner, { phone: '+2348030000001' });
  const pool = new pg.Pool({ connectionString: db.urls.DATABASE_API_URL, max: 20 });
  t.teardown(() => pool.end());
  const sessions = await Promise.all(
    Array.from({ length: 20 }, (_, i) => sessionOf(person(i < 10 ? 'twin' : `rival-${i}`))),
  );
  const outcomes = await Promise.allSettled(
    sessions.map((session) => answer(session, 'accept', token, pool)),
  );
  t.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') t.equal(outcome.reason.code, 'SCDUP', outcome.reason.message);
  }
  t.match(
    await one(
      db.installer,
      `select count(*)::integer as n from commerce.team_members m join commerce.team_invites i on i.accepted_by = m.user_id
        where i.id = $1`,
      [invite_id],
    ),
    { n: 1 },
  );
  t.match(
    await one(
      db.installer,
      `select count(*)::integer as n from commerce.users where tenant_id = $1 and auth_subject ~ '^(twin|rival)'`,
      [shop.tenantId],
    ),
    { n: 1 },
    'the others left nothing behind',
  );
});

t.test('an answer races with a revocation, a new token and a refusal', async (t) => {
  for (const [i, rival] of ['revoke', 'resend', 'decline'].entries()) {
    const { invite_id, token } = await invite(owner, { email: `race-${i}@people.example` });
    const who = person(`race-${i}`);
    const [accepted, other] = await Promise.allSettled([
      accept(who, token),
      rival === 'decline'
        ? decline(who, token)
        : call(
            owner,
            rival === 'revoke' ? revoke : resend,
            rival === 'revoke' ? [invite_id] : [invite_id, '1 day'],
          ),
    ]);
    t.equal([accepted, other].filter(({ status }) => status === 'fulfilled').length, 1, rival);
    const { rows } = await db.installer.query(
      `select from commerce.team_members m join commerce.users u on u.id = m.user_id where u.auth_subject = $1`,
      [who.subject],
    );
    t.equal(rows.length, accepted.status === 'fulfilled' ? 1 : 0, 'on the team exactly if accepted');
  }
});

t.test('every end of an invitation', async (t) => {
  const eve = person('eve');
  const open = () => invite(owner, { email: eve.email as string });
  const end = (inviteId: string) =>
    db.installer.query(
      `update commerce.team_invites set created_at = now() - interval '2 days', expires_at = now() - interval '1 second' where id = $1`,
      [inviteId],
    );

  const declined = await open();
  await decline(eve, declined.token);
  t.match(
    await one(
      db.installer,
      'select status, accepted_by, responded_at from commerce.team_invites where id = $1',
      [declined.invite_id],
    ),
    { status: 'declined', accepted_by: null, responded_at: Date },
  );
  const machine = 'team_invites.status';
  await refused(t, accept(eve, declined.token), 'SCTRN', { machine, from: 'declined', to: 'accepted' });
  await refused(t, decline(eve, declined.token), 'SCTRN', { machine, from: 'declined', to: 'declined' });
  await refused(t, call(owner, revoke, [declined.invite_id]), 'SCTRN', {
    machine,
    from: 'declined',
    to: 'revoked',
  });
  await refused(t, call(owner, resend, [declined.invite_id, '1 day']), 'SCTRN', {
    machine,
    from: 'declined',
  });

  const revoked = await open();
  t.match(await call(owner, revoke, [revoked.invite_id]), { id: revoked.invite_id, status: 'revoked' });
  await refused(t, accept(eve, revoked.token), 'SCTRN', { machine, from: 'revoked', to: 'accepted' });
  await refused(t, call(owner, revoke, [revoked.invite_id]), 'SCTRN', {
    machine,
    from: 'revoked',
    to: 'revoked',
  });

  const overdue = await open();
  await end(overdue.invite_id);
  await refused(t, accept(eve, overdue.token), 'SCEXP', { field: 'token' });
  await refused(t, decline(eve, overdue.token), 'SCEXP', { field: 'token' });
  t.equal(await statusOf(overdue.invite_id), 'pending', 'nobody has marked it yet');
  const next = await open();
  t.equal(await statusOf(overdue.invite_id), 'expired', 'what is over does not stand in the way');
  await refused(t, accept(eve, overdue.token), 'SCEXP', { field: 'token' });
  await refused(t, call(owner, resend, [overdue.invite_id, '1 day']), 'SCTRN', { machine, from: 'expired' });

  await end(next.invite_id);
  const sent = await call(owner, resend, [next.invite_id, '1 day']);
  t.not(sent.token, next.token);
  await refused(t, accept(eve, next.token), 'SCNTF', { field: 'token' });
  t.match(
    await one(db.installer, 'select resent_count, status from commerce.team_invites where id = $1', [
      next.invite_id,
    ]),
    { resent_count: 1, status: 'pending' },
  );
  t.match(await accept(eve, String(sent.token)), { role: 'viewer' });
  await refused(t, call(owner, resend, [next.invite_id, '1 day']), 'SCTRN', { machine, from: 'accepted' });
  await refused(t, call(owner, revoke, [next.invite_id]), 'SCTRN', {
    machine,
    from: 'accepted',
    to: 'revoked',
  });
});

t.test('a person is invited once, and not when on the team', async (t) => {
  const first = await invite(owner, { email: 'fay@people.example', phone: '+2348030000002' });
  await refused(t, invite(owner, { email: 'FAY@people.example' }), 'SCDUP', { field: 'email' });
  await refused(t, invite(owner, { phone: '+2348030000002' }), 'SCDUP', { field: 'phone_number' });
  t.ok(
    await invite(other.owner.subject as string, { email: 'fay@people.example' }, other),
    'elsewhere she is free',
  );
  const outcomes = await Promise.allSettled(
    Array.from({ length: 5 }, () => invite(owner, { email: 'gus@people.example' })),
  );
  t.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
  t.ok(outcomes.every((outcome) => outcome.status === 'fulfilled' || outcome.reason.code === 'SCDUP'));
  await accept(person('fay'), first.token);
  await refused(t, invite(owner, { email: 'fay@people.example' }), 'SCDUP', { field: 'email' });
  const again = await invite(owner, { phone: '+2348030000003' });
  await refused(t, accept(person('fay'), again.token), 'SCDUP', { field: 'user_id' });
  t.equal(await statusOf(again.invite_id), 'pending');

  await addShopper(db, shop, 'shopping');
  await db.installer.query(
    `update commerce.users set email = 'taken@people.example', version = version where auth_subject = 'shopping'`,
  );
  const taken = await invite(owner, { email: 'taken@people.example' });
  await refused(t, accept({ subject: 'impostor', email: 'taken@people.example' }, taken.token), 'SCDUP', {
    field: 'email',
  });
});

t.test('a shopper of the shop, and a member of another, join with the session they have', async (t) => {
  const shopper = await addShopper(db, shop, 'hal');
  const hal = person('hal');
  const hired = await invite(owner, { email: hal.email });
  const shopping = await sessionOf(hal, shop.tenantId);
  const joined = await asRole(db.api, 'commerce_buyer', shopping, async (client) => {
    const row = await one<Record<string, string>>(client, 'select * from api.accept_team_invite($1)', [
      hired.token,
    ]);
    await one(client, 'select id from api.buyer_profile');
    return row;
  });
  t.match(
    await one(db.installer, 'select user_id from commerce.buyer_profile where id = $1', [shopper.customerId]),
    { user_id: joined.user_id },
    'the same person',
  );
  await refused(t, answer(shopping, 'decline', hired.token), 'SCCTX');

  const newcomer = person('new-shopper');
  const visit = await sessionOf(newcomer, shop.tenantId);
  const { token } = await invite(owner, { email: newcomer.email });
  await answer(visit, 'accept', token);
  await refused(t, answer(visit, 'accept', token), 'SCCTX');
  const registered = await asRole(
    db.api,
    'commerce_buyer',
    await sessionOf(newcomer, shop.tenantId),
    (client) => one(client, `select * from api.register_buyer('New shopper')`),
  );
  t.ok(registered.id, 'and may shop as well');

  const { token: abroad } = await invite(other.owner.subject as string, { email: hal.email }, other);
  const member = await sessionOf(hal, shop.tenantId, 'member');
  t.match(
    await asRole(db.api, 'commerce_member', member, (client) =>
      one(client, 'select * from api.accept_team_invite($1)', [abroad]),
    ),
    { tenant_id: other.tenantId },
  );
  await asRole(db.api, 'commerce_member', member, async (client) => {
    t.equal((await client.query('select from api.tenant')).rows.length, 1, 'still in the first shop');
    t.equal((await client.query('select from api.my_tenants()')).rows.length, 2);
  });
});

t.test('accepting lends no rights to what else runs in the transaction', async (t) => {
  const ivy = person('ivy');
  const { token } = await invite(other.owner.subject as string, { email: ivy.email, role: 'viewer' }, other);
  const session = await sessionOf(ivy);
  await asRole(db.api, 'commerce_buyer', session, async (client) => {
    await client.query('savepoint before');
    await client.query('select api.accept_team_invite($1)', ['A'.repeat(64)]).catch(() => undefined);
    await client.query('rollback to before');
    for (const when of ['after a refusal', 'after declining']) {
      t.match(await one(client, `select current_setting('commerce.session') as session`), { session }, when);
      for (const view of ['tenant', 'products', 'storefront', 'orders']) {
        t.equal((await client.query(`select id from api.${view}`)).rows.length, 0, `${when}: ${view}`);
      }
      if (when === 'after a refusal') await client.query('select api.decline_team_invite($1)', [token]);
    }
  });
  const { rows } = await db.installer.query(
    'select from internal.session where subject = $1 and tenant_id is not null and expires_at > now()',
    [ivy.subject],
  );
  t.equal(rows.length, 0, 'no session of the tenant is left');
  for (const helper of ['adopt_invited_tenant($1::uuid)', 'bind_user($1::uuid)', 'new_invite_token()']) {
    for (const role of ['commerce_member', 'commerce_buyer', 'commerce_worker'] as const) {
      const pool = role === 'commerce_worker' ? db.worker : db.api;
      await refused(
        t,
        asRole(pool, role, '', (client) =>
          client.query(`select internal.${helper}`, helper.includes('$1') ? [shop.tenantId] : []),
        ),
        '42501',
      );
    }
  }
});

t.test('twenty sessions of no tenant open at once', async (t) => {
  const sessions = await Promise.all(Array.from({ length: 20 }, (_, i) => sessionOf(person(`crowd-${i}`))));
  t.equal(new Set(sessions).size, 20);
});

t.test('which member may invite which', async (t) => {
  const offer = (role: string, permissions: string[] = []) => ({
    role,
    permissions,
    phone: `+23480300${String(Math.floor(Math.random() * 1e5)).padStart(5, '0')}`,
  });
  for (const [subject, role, permissions, missing] of [
    ['admin', 'admin', [], 'owner'],
    ['hr', 'admin', [], 'audit.read'],
    ['hr', 'viewer', ['kyc.review'], 'kyc.review'],
    ['manager', 'viewer', [], 'team.manage'],
    ['watcher', 'viewer', [], 'team.manage'],
  ] as const) {
    await refused(t, invite(subject, offer(role, [...permissions])), 'SCPRM', { permission: missing });
  }
  for (const [subject, role, permissions] of [
    [owner, 'admin', []],
    ['admin', 'manager', ['kyc.review']],
    ['hr', 'manager', ['team.manage']],
    ['hr', 'editor', []],
  ] as const) {
    t.ok((await invite(subject, offer(role, [...permissions]))).token, `${subject} invites ${role}`);
  }
  for (const subject of [owner, 'admin']) {
    await refused(t, invite(subject, offer('owner')), 'SCVAL', { field: 'role' });
  }
  const chief = await invite(owner, offer('admin'));
  for (const subject of ['admin', 'hr', 'watcher']) {
    await refused(t, call(subject, resend, [chief.invite_id, '1 day']), 'SCPRM');
    await refused(t, call(subject, revoke, [chief.invite_id]), 'SCPRM');
  }
  await refused(t, call(other.owner.subject as string, revoke, [chief.invite_id], other), 'SCNTF', {
    field: 'invite_id',
  });
  await refused(t, call(other.owner.subject as string, resend, [chief.invite_id, '1 day'], other), 'SCNTF');
  t.equal(await statusOf(chief.invite_id), 'pending');
  for (const outsider of ['commerce_buyer', 'commerce_worker'] as const) {
    await refused(
      t,
      asRole(outsider === 'commerce_worker' ? db.worker : db.api, outsider, '', (client) =>
        client.query(`select api.create_team_invite('viewer', 'x@y.example')`),
      ),
      '42501',
    );
  }
});

t.test('an invitation does not outlast the rights of who made it', async (t) => {
  const place = await openShop(db);
  const boss = await hire(place, 'boss', 'owner');
  const back = await invite('boss', { role: 'admin', email: 'backdoor@people.example' }, place);
  await call(place.owner.subject as string, changeRole, [boss.id, 'admin', 1], place);
  await refused(t, accept(person('backdoor'), back.token), 'SCEXP', { field: 'token' });
  const viewer = await invite('boss', { email: 'friend@people.example' }, place);
  await call(place.owner.subject as string, deactivate, [boss.id, 2], place);
  await refused(t, accept(person('friend'), viewer.token), 'SCEXP', { field: 'token' });
  const sent = await call(place.owner.subject as string, resend, [viewer.invite_id, '1 day'], place);
  t.match(
    await accept(person('friend'), String(sent.token)),
    { role: 'viewer' },
    'sent again by one who may',
  );
});

t.test('what an invitation must say', async (t) => {
  for (const [offer, field] of [
    [{ email: 'x@y.example', role: null }, 'role'],
    [{ email: 'x@y.example', role: 'king' }, 'role'],
    [{}, 'email'],
    [{ email: ' ' }, 'email'],
    [{ email: 'nobody' }, 'email'],
    [{ email: '@y.example' }, 'email'],
    [{ email: 'a b@y.example' }, 'email'],
    [{ email: 'a@b@y.example' }, 'email'],
    [{ email: `${'x'.repeat(250)}@y.example` }, 'email'],
    [{ phone: '0803' }, 'phone_number'],
    [{ email: 'x@y.example', permissions: null }, 'permissions'],
    [{ email: 'x@y.example', permissions: ['sing.loudly'] }, 'permissions'],
    [{ email: 'x@y.example', permissions: [null] }, 'permissions'],
    [{ email: 'x@y.example', validFor: null }, 'valid_for'],
    [{ email: 'x@y.example', validFor: '59 minutes' }, 'valid_for'],
    [{ email: 'x@y.example', validFor: '-7 days' }, 'valid_for'],
    [{ email: 'x@y.example', validFor: '31 days' }, 'valid_for'],
    [{ email: 'x@y.example', message: 'x'.repeat(65_537) }, 'message'],
  ] as const) {
    await refused(t, invite(owner, offer as Offer), 'SCVAL', { field });
  }
  const { invite_id } = await invite(owner, { email: 'zoe@people.example' });
  await refused(t, call(owner, resend, [invite_id, '1 year']), 'SCVAL', { field: 'valid_for' });
});

t.test('the plan limits the team, invitations included, also for many at once', async (t) => {
  const small = await openShop(db, { tier: 'basic' });
  const boss = small.owner.subject as string;
  const outcomes = await Promise.allSettled(
    Array.from({ length: 7 }, (_, i) => invite(boss, { email: `basic-${i}@people.example` }, small)),
  );
  const made = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  t.equal(made.length, 4, 'five with the owner');
  for (const outcome of outcomes) {
    if (outcome.status === 'fulfilled') continue;
    t.equal(outcome.reason.code, 'SCLIM');
    t.strictSame(JSON.parse(outcome.reason.detail), { metric: 'team_members', limit: 5, used: 5 });
  }
  await call(boss, revoke, [made[0]?.invite_id], small);
  await invite(boss, { phone: '+2348030000004' }, small);

  const tiny = await openShop(db, { tier: 'standard' });
  const offers: Invite[] = [];
  for (let i = 0; i < 3; i++) {
    offers.push(await invite(tiny.owner.subject as string, { phone: `+23480300001${i}0` }, tiny));
  }
  await db.installer.query(
    `update commerce.tenant set subscription_tier = 'free', version = version where id = $1`,
    [tiny.tenantId],
  );
  const joined = await Promise.allSettled(offers.map(({ token }, i) => accept(person(`tiny-${i}`), token)));
  t.equal(joined.filter(({ status }) => status === 'fulfilled').length, 1, 'two in all: the plan has shrunk');
  t.ok(joined.every((outcome) => outcome.status === 'fulfilled' || outcome.reason.code === 'SCLIM'));
});

t.test('nobody joins a suspended merchant', async (t) => {
  const gone = await openShop(db);
  const { token } = await invite(gone.owner.subject as string, { email: 'late@people.example' }, gone);
  await db.installer.query(
    `update commerce.tenant set status = 'suspended', version = version where id = $1`,
    [gone.tenantId],
  );
  await refused(t, accept(person('late'), token), 'SCTEN');
  await refused(t, decline(person('late'), token), 'SCTEN');
  await refused(t, accept(person('curious'), token), 'SCNTF');
});

t.test('roles and permissions of members', async (t) => {
  const place = await openShop(db);
  const boss = place.owner.subject as string;
  const kim = await hire(place, 'kim', 'viewer');
  const lee = await hire(place, 'lee', 'admin');
  const max = await hire(place, 'max', 'manager', ['team.manage']);
  const session = await openSession(db, 'member', { tenantId: place.tenantId, subject: 'kim' });
  t.match(await call('lee', changeRole, [kim.id, 'manager', 1], place), {
    id: kim.id,
    role: 'manager',
    version: 2,
  });
  t.equal(
    (await db.installer.query('select from internal.session where id = $1', [session])).rows.length,
    0,
    'the session with the old rights has ended',
  );
  t.match(
    await call('max', setPermissions, [kim.id, ['team.manage', 'orders.read', 'team.manage'], 2], place),
    {
      permissions: ['orders.read', 'team.manage'],
      version: 3,
    },
  );
  t.match(await call(boss, setPermissions, [kim.id, [], 3], place), { permissions: [], version: 4 });

  for (const [subject, sql, values, missing] of [
    ['lee', changeRole, [kim.id, 'admin', 4], 'owner'],
    ['lee', changeRole, [kim.id, 'owner', 4], 'owner'],
    ['lee', transfer, [kim.id, 4], 'owner'],
    ['lee', deactivate, [(await ownerOf(place)).id, 1], 'owner'],
    ['lee', changeRole, [(await ownerOf(place)).id, 'viewer', 1], 'owner'],
    ['lee', setPermissions, [(await ownerOf(place)).id, [], 1], 'owner'],
    ['max', changeRole, [lee.id, 'viewer', 1], 'audit.read'],
    ['max', deactivate, [lee.id, 1], 'audit.read'],
    ['max', setPermissions, [kim.id, ['kyc.review'], 4], 'kyc.review'],
    ['max', setPermissions, [max.id, ['team.manage', 'settings.manage'], 1], 'settings.manage'],
    ['max', changeRole, [max.id, 'admin', 1], 'audit.read'],
    ['kim', changeRole, [kim.id, 'admin', 4], 'team.manage'],
    ['kim', deactivate, [max.id, 1], 'team.manage'],
    ['kim', transfer, [kim.id, 4], 'team.manage'],
  ] as const) {
    await refused(t, call(subject, sql, [...values], place), 'SCPRM', { permission: missing });
  }
  for (const [sql, values] of [
    [changeRole, [kim.id, 'viewer', 3]],
    [setPermissions, [kim.id, [], 3]],
    [deactivate, [kim.id, 3]],
    [transfer, [kim.id, 3]],
  ] as const) {
    await refused(t, call(boss, sql, [...values], place), 'SCVER', { expected: 3, actual: 4 });
    await refused(t, call(boss, sql, [...values.slice(0, -1), null], place), 'SCVRQ');
    await refused(t, call(other.owner.subject as string, sql, [...values.slice(0, -1), 4], other), 'SCNTF', {
      field: 'member_id',
    });
  }
  await refused(t, call(boss, changeRole, [kim.id, 'king', 4], place), 'SCVAL', { field: 'role' });
  await refused(t, call(boss, changeRole, [kim.id, null, 4], place), 'SCVAL', { field: 'role' });
  await refused(t, call(boss, setPermissions, [kim.id, ['sing.loudly'], 4], place), 'SCVAL', {
    field: 'permissions',
  });
  await refused(t, call(boss, setPermissions, [kim.id, null, 4], place), 'SCVAL', { field: 'permissions' });
  t.match(await memberOf(kim.id), { role: 'manager', permissions: [], version: 4 });
  t.match(
    await call('max', changeRole, [max.id, 'viewer', 1], place),
    { role: 'viewer' },
    'one’s own one may lower',
  );
  const both = await Promise.allSettled([
    call(boss, changeRole, [kim.id, 'editor', 4], place),
    call(boss, changeRole, [kim.id, 'viewer', 4], place),
  ]);
  t.equal(both.filter(({ status }) => status === 'fulfilled').length, 1, 'no change is lost to another');
  for (const role of ['commerce_buyer', 'commerce_worker'] as const) {
    for (const [sql, values] of [
      [changeRole, [kim.id, 'viewer', 4]],
      [deactivate, [kim.id, 4]],
    ] as const) {
      await refused(
        t,
        asRole(role === 'commerce_worker' ? db.worker : db.api, role, '', (client) =>
          client.query(sql, [...values]),
        ),
        '42501',
      );
    }
  }
});

t.test('a member who is deactivated leaves the threads to others, and may be invited back', async (t) => {
  const place = await openShop(db);
  const boss = place.owner.subject as string;
  const nia = await hire(place, 'nia', 'editor');
  const threads = [];
  for (const [i, status] of ['open', 'resolved', 'closed'].entries()) {
    const { threadId } = await addChatCustomer(db, place, `23480400000${i}`);
    await db.installer.query(
      `update commerce.conversation_thread
          set assigned_member_id = $2, status = $3, closed_at = case $3 when 'closed' then now() end, version = version
        where id = $1`,
      [threadId, nia.id, status],
    );
    threads.push(threadId);
  }
  const session = await openSession(db, 'member', { tenantId: place.tenantId, subject: 'nia' });
  t.match(await call(boss, deactivate, [nia.id, 1], place), {
    is_active: false,
    deactivated_at: Date,
    version: 2,
  });
  t.equal((await db.installer.query('select from internal.session where id = $1', [session])).rows.length, 0);
  await refused(t, openSession(db, 'member', { tenantId: place.tenantId, subject: 'nia' }), 'SCPRM');
  const { rows } = await db.installer.query(
    `select t.status, t.assigned_member_id, t.version, e.event_type, e.metadata, e.actor_user_id
       from commerce.conversation_thread t
       left join commerce.conversation_event e on e.thread_id = t.id and e.event_type = 'unassigned'
      where t.id = any ($1) order by t.id`,
    [threads],
  );
  const freed = {
    assigned_member_id: null,
    version: 3,
    event_type: 'unassigned',
    metadata: { fromMemberId: nia.id },
    actor_user_id: (await ownerOf(place)).user_id,
  };
  t.match(rows, [
    { status: 'open', ...freed },
    { status: 'resolved', ...freed },
    { status: 'closed', assigned_member_id: nia.id, version: 2, event_type: null },
  ]);
  for (const [sql, values] of [
    [deactivate, [nia.id, 2]],
    [changeRole, [nia.id, 'admin', 2]],
    [setPermissions, [nia.id, [], 2]],
    [transfer, [nia.id, 2]],
  ] as const) {
    await refused(t, call(boss, sql, [...values], place), 'SCNTF', { field: 'member_id' });
  }
  const { token } = await invite(boss, { email: 'nia@people.example', role: 'manager' }, place);
  t.match(await accept(person('nia'), token), { member_id: nia.id, user_id: nia.user_id, role: 'manager' });
  t.match(await memberOf(nia.id), { is_active: true, deactivated_at: null, role: 'manager', version: 3 });
});

t.test('an owner stays', async (t) => {
  const place = await openShop(db);
  const boss = place.owner.subject as string;
  const { id } = await ownerOf(place);
  await refused(t, call(boss, changeRole, [id, 'admin', 1], place), 'SCOWN');
  await refused(t, call(boss, deactivate, [id, 1], place), 'SCOWN');
  t.match(await memberOf(id), { role: 'owner', is_active: true, version: 1 });
});

for (const move of ['demote', 'deactivate']) {
  t.test(`two owners who ${move} each other at once leave one`, async (t) => {
    for (let round = 0; round < 5; round++) {
      const place = await openShop(db);
      const first = await ownerOf(place);
      const second = await hire(place, `partner-${move}-${round}`, 'owner');
      const strike = (by: string, at: string) =>
        move === 'demote'
          ? call(by, changeRole, [at, 'viewer', 1], place)
          : call(by, deactivate, [at, 1], place);
      const outcomes = await Promise.allSettled([
        strike(first.subject, second.id),
        strike(second.subject, first.id),
      ]);
      t.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') t.match(outcome.reason.code, /^(SCOWN|SCCTX|SCPRM)$/);
      }
      const { rows } = await db.installer.query(
        `select from commerce.team_members where tenant_id = $1 and role = 'owner' and is_active`,
        [place.tenantId],
      );
      t.equal(rows.length, 1);
    }
    const place = await openShop(db);
    const selves = [await ownerOf(place), await hire(place, `leaver-${move}`, 'owner')];
    const outcomes = await Promise.allSettled(
      selves.map(({ subject, id }) =>
        move === 'demote'
          ? call(subject, changeRole, [id, 'viewer', 1], place)
          : call(subject, deactivate, [id, 1], place),
      ),
    );
    t.strictSame(
      outcomes.map((outcome) => (outcome.status === 'fulfilled' ? 'left' : outcome.reason.code)).sort(),
      ['SCOWN', 'left'],
    );
  });
}

t.test('ownership is handed over, both rows at once', async (t) => {
  const place = await openShop(db);
  const boss = place.owner.subject as string;
  const first = await ownerOf(place);
  const heir = await hire(place, 'heir', 'viewer');
  const session = await openSession(db, 'member', { tenantId: place.tenantId, subject: 'heir' });
  t.match(await call(boss, transfer, [heir.id, 1], place), { id: heir.id, role: 'owner', version: 2 });
  t.match(await memberOf(first.id), { role: 'admin', version: 2 });
  t.equal((await db.installer.query('select from internal.session where id = $1', [session])).rows.length, 0);
  await refused(t, call(boss, transfer, [first.id, 2], place), 'SCPRM', { permission: 'owner' });
  await refused(t, call('heir', transfer, [heir.id, 2], place), 'SCDUP', { field: 'member_id' });

  const rivals = [await hire(place, 'rival-a', 'viewer'), await hire(place, 'rival-b', 'viewer')];
  const outcomes = await Promise.allSettled(rivals.map(({ id }) => call('heir', transfer, [id, 1], place)));
  t.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1, 'one of two at once');
  t.equal((await ownerOf(place)).role, 'owner', 'and one owner');
  await refused(
    t,
    asWorker(db, (client) => client.query(transfer, [first.id, 2])),
    '42501',
  );
});
