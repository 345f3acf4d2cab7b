import t from 'tap';
import { createTestDatabase } from './database.ts';
import { asAnonymous, asBuyer, asInstaller, asMember, asPlatform, asWorker } from './session.ts';
import { demoTenants } from './tenants.ts';

/** The helpers of all other tests: whether each is who its name says. */
const db = await createTestDatabase(t, { template: 'empty' });
const [ours, theirs] = await demoTenants(db);
const me = `select current_setting('role') as role, current_setting('commerce.session') <> '' as session`;

t.test('the empty template has no tenant but ours', async (t) => {
  const { rows } = await db.installer.query('select id from commerce.tenant');
  t.same(new Set(rows.map(({ id }) => id)), new Set([ours.tenantId, theirs.tenantId]));
  t.not(ours.owner.userId, theirs.owner.userId);
});

t.test('each helper works as its role', async (t) => {
  const { tenantId, owner } = ours;
  const { rows } = await db.installer.query<{ id: string }>(
    `insert into commerce.users (tenant_id, is_system_admin, email)
     values (null, true, 'admin@platform.example') returning id`,
  );
  const admin = { adminId: rows[0]?.id ?? '', tenantId };
  const ask = async (client: { query(sql: string): Promise<{ rows: unknown[] }> }): Promise<unknown> =>
    (await client.query(me)).rows[0];
  t.same(await asMember(db, owner, ask), { role: 'commerce_member', session: true });
  t.same(await asBuyer(db, { tenantId, subject: 'new' }, ask), { role: 'commerce_buyer', session: true });
  t.same(await asAnonymous(db, { tenantId }, ask), { role: 'commerce_anonymous', session: true });
  t.same(await asPlatform(db, admin, ask), { role: 'commerce_platform', session: true });
  t.same(await asWorker(db, ask), { role: 'commerce_worker', session: false });
});

t.test('a transaction is kept, or taken back if the work throws', async (t) => {
  await asInstaller(db, (client) => client.query('create table public.kept (id integer)'));
  const work = asInstaller(db, async (client) => {
    await client.query('drop table public.kept');
    throw new Error('changed my mind');
  });
  await t.rejects(work, { message: 'changed my mind' });
  t.same((await db.installer.query('select count(*)::int as rows from public.kept')).rows, [{ rows: 0 }]);
});
