import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asAnonymous, asBuyer, asMember, asWorker } from '../support/session.ts';
import { one, openShop, type Row, refused, type Shop } from './shop.ts';

const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db);
const other = await openShop(db);
for (const role of ['viewer', 'editor', 'manager']) {
  await db.installer.query(
    `with person as (insert into commerce.users (tenant_id, auth_subject) values ($1, $2) returning id)
     insert into commerce.team_members (tenant_id, user_id, role) select $1, id, $2 from person`,
    [shop.tenantId, role],
  );
}

const call = (sql: string, values: unknown[], { owner }: Shop = shop, subject = owner.subject) =>
  asMember(db, { tenantId: owner.tenantId, subject } as Shop['owner'], (client) => one(client, sql, values));
const by = (subject: string, sql: string, values: unknown[]) => call(sql, values, shop, subject);
const save = 'select * from api.save_draft($1, $2, $3, $4, $5)';
const publish = 'select * from api.publish_storefront($1, $2, $3)';
const rollback = 'select * from api.rollback_storefront($1, $2)';
const unpublish = 'select * from api.unpublish_storefront($1)';
const setDomain = 'select * from api.set_custom_domain($1, $2)';
const storefront = (of: Shop = shop) => call('select * from api.storefront', [], of);
const versionOf = async (of: Shop = shop) => (await storefront(of)).version;
const seen = (of: Shop = shop) =>
  asAnonymous(db, of, async (client) => {
    const { rows } = await client.query(
      `select s.config, v.snapshot, v.version_number
         from api.storefront s join api.storefront_versions v on v.id = s.published_version_id`,
    );
    return rows;
  });
const theme = (name: string): Promise<Row> =>
  call(`insert into api.storefront_theme (name) values ($1) returning id`, [name]);

t.test('from a draft to visitors, and back', async (t) => {
  const before = await storefront();
  const { id: summer } = await theme('Summer');
  const draft = await call(save, [{ title: 'Hello' }, null, 'First', null, null]);
  t.match(draft, {
    config: { title: 'Hello' },
    theme_id: before.theme_id,
    name: 'First',
    base_version_id: null,
    version: 1,
  });
  const changed = await call(save, [{ title: 'Hello all' }, summer, null, draft.id, 1]);
  t.match(changed, {
    id: draft.id,
    config: { title: 'Hello all' },
    theme_id: summer,
    name: 'First',
    version: 2,
  });
  t.strictSame(await seen(), [], 'a draft is nobody’s business');

  const first = await call(publish, [before.version, draft.id, 'We open']);
  t.match(first, {
    version_number: 1,
    theme_id: summer,
    snapshot: { title: 'Hello all' },
    change_summary: 'We open',
    created_by: (await call('select user_id from api.team_members where role = $1', ['owner'])).user_id,
  });
  t.match(await storefront(), {
    is_published: true,
    published_version_id: first.id,
    published_at: Date,
    published_by: first.created_by,
    theme_id: summer,
    config: { title: 'Hello all' },
    version: before.version + 1,
  });
  t.strictSame(await seen(), [
    { config: { title: 'Hello all' }, snapshot: { title: 'Hello all' }, version_number: 1 },
  ]);

  await call(`update api.storefront set config = $1, version = version returning id`, [{ title: 'Sale' }]);
  const second = await call(publish, [await versionOf(), null, null]);
  t.match(second, { version_number: 2, snapshot: { title: 'Sale' }, theme_id: summer });
  t.match(await call(save, [{}, null, null, null, null]), { base_version_id: second.id });

  const third = await call(rollback, [first.id, await versionOf()]);
  t.match(third, {
    version_number: 3,
    snapshot: { title: 'Hello all' },
    theme_id: summer,
    change_summary: 'As version 1',
  });
  t.match(await seen(), [{ config: { title: 'Hello all' }, version_number: 3 }]);

  t.match(await call(unpublish, [await versionOf()]), {
    is_published: false,
    published_version_id: third.id,
  });
  t.strictSame(await seen(), []);
  await refused(t, call(unpublish, [await versionOf()]), 'SCTRN', { machine: 'storefront.is_published' });
  t.match(await call(rollback, [second.id, await versionOf()]), {
    version_number: 4,
    snapshot: { title: 'Sale' },
  });
  t.match(await seen(), [{ version_number: 4 }], 'and is shown again');
});

t.test('two who publish at once number their versions one after the other', async (t) => {
  const place = await openShop(db);
  for (let round = 0; round < 5; round++) {
    const version = await versionOf(place);
    const outcomes = await Promise.allSettled(
      [1, 2, 3].map(() => call(publish, [version, null, null], place)),
    );
    t.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1, 'one at a version');
    t.ok(outcomes.every((outcome) => outcome.status === 'fulfilled' || outcome.reason.code === 'SCVER'));
  }
  const retry = async (): Promise<number> => {
    for (;;) {
      try {
        return Number((await call(publish, [await versionOf(place), null, null], place)).version_number);
      } catch (error) {
        if ((error as { code?: string }).code !== 'SCVER') throw error;
      }
    }
  };
  t.strictSame((await Promise.all([retry(), retry(), retry()])).sort(), [6, 7, 8]);
  const draft = await call(save, [{}, null, null, null, null], place);
  const saves = await Promise.allSettled(
    [1, 2].map((n) => call(save, [{ n }, null, null, draft.id, draft.version], place)),
  );
  t.equal(saves.filter(({ status }) => status === 'fulfilled').length, 1, 'nor is a draft’s change lost');
});

t.test('which roles may publish', async (t) => {
  const version = await versionOf();
  const draft = await by('editor', save, [{ by: 'editor' }, null, null, null, null]);
  for (const [subject, sql, values, permission] of [
    ['viewer', save, [{}, null, null, null, null], 'storefront.manage'],
    ['viewer', publish, [version, null, null], 'storefront.publish'],
    ['editor', publish, [version, draft.id, null], 'storefront.publish'],
    ['editor', rollback, [draft.base_version_id, version], 'storefront.publish'],
    ['editor', unpublish, [version], 'storefront.publish'],
    ['manager', setDomain, ['shop.example.com', version], 'settings.manage'],
  ] as const) {
    await refused(t, by(subject, sql, [...values]), 'SCPRM', { permission });
  }
  t.match(await by('manager', publish, [version, draft.id, null]), { snapshot: { by: 'editor' } });
  for (const [sql, values] of [
    [save, [{}, null, null, null, null]],
    [publish, [1, null, null]],
    [rollback, [draft.id, 1]],
    [unpublish, [1]],
    [setDomain, ['x.example', 1]],
  ] as const) {
    await refused(
      t,
      asBuyer(db, { ...shop, subject: 'x' }, (client) => client.query(sql, [...values])),
      '42501',
    );
    await refused(
      t,
      asAnonymous(db, shop, (client) => client.query(sql, [...values])),
      '42501',
    );
    await refused(
      t,
      asWorker(db, (client) => client.query(sql, [...values])),
      '42501',
    );
  }
});

t.test('what is refused', async (t) => {
  const version = await versionOf();
  const draft = await call(save, [{}, null, null, null, null]);
  const theirs = await call(save, [{}, null, null, null, null], other);
  const theirVersion = await call(publish, [await versionOf(other), theirs.id, null], other);
  const theirTheme = await call(
    `insert into api.storefront_theme (name) values ('T') returning id`,
    [],
    other,
  );
  for (const [sql, values, code, detail] of [
    [save, [null, null, null, null, null], 'SCVAL', { field: 'config' }],
    [save, ['[]', null, null, null, null], 'SCVAL', { field: 'config' }],
    [save, [{ x: 'x'.repeat(65_536) }, null, null, null, null], 'SCVAL', { field: 'config' }],
    [save, [{}, null, 'x'.repeat(201), null, null], 'SCVAL', { field: 'name' }],
    [save, [{}, theirTheme.id, null, null, null], 'SCVAL', { field: 'theme_id' }],
    [save, [{}, null, null, theirs.id, 1], 'SCNTF', { field: 'draft_id' }],
    [save, [{}, null, null, draft.id, null], 'SCVRQ', {}],
    [save, [{}, null, null, draft.id, 2], 'SCVER', { expected: 2, actual: 1 }],
    [publish, [version, theirs.id, null], 'SCNTF', { field: 'draft_id' }],
    [publish, [null, null, null], 'SCVRQ', {}],
    [publish, [version - 1, null, null], 'SCVER', { expected: version - 1, actual: version }],
    [publish, [version, null, 'x'.repeat(65_537)], 'SCVAL', { field: 'change_summary' }],
    [rollback, [theirVersion.id, version], 'SCNTF', { field: 'version_id' }],
    [rollback, [theirVersion.id, version + 1], 'SCVER', {}],
    [unpublish, [version + 1], 'SCVER', {}],
    [setDomain, ['x.example', null], 'SCVRQ', {}],
    [setDomain, ['x.example', version + 1], 'SCVER', {}],
  ] as const) {
    await refused(t, call(sql, [...values]), code, detail);
  }
  const { id: worn } = await theme('Worn once');
  const old = await call(save, [{}, worn, null, null, null]);
  const published = await call(publish, [version, old.id, null]);
  await call(save, [{}, (await theme('Worn now')).id, null, old.id, 1]);
  await call(publish, [version + 1, old.id, null]);
  await asMember(db, shop.owner, (client) =>
    client.query('delete from api.storefront_theme where id = $1', [worn]),
  );
  await refused(t, call(rollback, [published.id, version + 2]), 'SCVAL', { field: 'theme_id' });
  t.equal(await versionOf(), version + 2);
});

const resolve = async (host: string) => {
  const { rows } = await db.auth.query('select tenant_id from internal.resolve_tenant($1)', [host]);
  return rows[0].tenant_id;
};
const verify = ({ tenantId }: Shop, host: string | null) =>
  asWorker(db, (client) => client.query('select internal.verify_custom_domain($1, $2)', [tenantId, host]));
const expire = ({ tenantId }: Shop) =>
  asWorker(
    db,
    async (client) =>
      (await one<{ n: number }>(client, 'select internal.expire_domain_claims($1) as n', [tenantId])).n,
  );
const age = (host: string, days: number) =>
  db.installer.query(
    `update internal.domain_claim set claimed_at = now() - make_interval(days => $2) - interval '1 minute' where host = $1`,
    [host, days],
  );

t.test('a custom domain leads to the shop once it is verified', async (t) => {
  const place = await openShop(db);
  const own = `${place.owner.subject}.example`;
  for (const host of [own.toUpperCase(), `${own}:443`, `${own}.`, `${own}.:443`]) {
    t.equal(await resolve(host), place.tenantId, host);
  }
  await refused(t, resolve(`${own}..`), 'SCNTF');
  t.match(await call(setDomain, [' Ankara.Example.COM. ', 1], place), {
    custom_domain: 'ankara.example.com',
    domain_verified_at: null,
    version: 2,
  });
  await refused(t, resolve('ankara.example.com'), 'SCNTF');
  for (const [who, host] of [
    [other, 'ankara.example.com'],
    [place, 'elsewhere.example.com'],
    [place, null],
    [{ ...place, tenantId: '00000000-0000-7000-8000-000000000000' }, 'ankara.example.com'],
  ] as const) {
    await refused(t, verify(who, host), 'SCNTF', { field: 'host' });
  }
  await verify(place, 'Ankara.example.com.');
  t.equal(await resolve('ankara.example.com'), place.tenantId);
  const verified = await storefront(place);
  t.match(verified, { domain_verified_at: Date, version: 3 });
  await verify(place, 'ankara.example.com');
  t.strictSame(await storefront(place), verified, 'a repeat changes nothing');

  for (const taken of ['ankara.example.com', `${place.owner.subject}.example`]) {
    await refused(t, call(setDomain, [taken, await versionOf(other)], other), 'SCDUP', {
      field: 'custom_domain',
    });
  }
  t.match(await call(setDomain, ['ankara.example.com', 3], place), { domain_verified_at: Date, version: 4 });
  t.match(await call(setDomain, ['new.example.com', 4], place), { domain_verified_at: null });
  await refused(t, resolve('ankara.example.com'), 'SCNTF');
  t.match(await call(setDomain, ['ankara.example.com', await versionOf(other)], other), {
    custom_domain: 'ankara.example.com',
  });
  t.match(await call(setDomain, [null, 5], place), { custom_domain: null });
  await refused(t, verify(place, 'new.example.com'), 'SCNTF');
  for (const domain of [
    'localhost',
    '127.0.0.1',
    'a..example',
    'a.example..',
    '.',
    '-a.example',
    'a_b.example',
    'a.example/',
    'a.example:80',
    'münchen.example',
    `${'x'.repeat(64)}.example`,
    `${'x.'.repeat(130)}example`,
  ]) {
    await refused(t, call(setDomain, [domain, 6], place), 'SCVAL', { field: 'custom_domain' });
  }
});

t.test('of two who claim a domain at once, one has it', async (t) => {
  const shops = [await openShop(db), await openShop(db), await openShop(db)];
  const outcomes = await Promise.allSettled(
    shops.map((each) => call(setDomain, ['gold.example.com', 1], each)),
  );
  t.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
  t.ok(outcomes.every((outcome) => outcome.status === 'fulfilled' || outcome.reason.code === 'SCDUP'));
});

t.test('a claim that nobody verifies ends after seven days', async (t) => {
  const [lazy, quick, fresh] = [await openShop(db), await openShop(db), await openShop(db)];
  await call(setDomain, ['lazy.example.com', 1], lazy);
  await call(setDomain, ['quick.example.com', 1], quick);
  await verify(quick, 'quick.example.com');
  await call(setDomain, ['fresh.example.com', 1], fresh);
  for (const [host, days] of [
    ['lazy', 7],
    ['quick', 30],
    ['fresh', 6],
  ] as const) {
    await age(`${host}.example.com`, days);
  }
  const counts = await Promise.all([lazy, quick, fresh, lazy, other].map(expire));
  t.equal(
    counts.reduce((sum, n) => sum + n),
    1,
    'once, though asked twice at once',
  );
  t.match(await storefront(lazy), { custom_domain: null, version: 3 });
  t.match(await storefront(quick), { custom_domain: 'quick.example.com' });
  t.match(await storefront(fresh), { custom_domain: 'fresh.example.com' });
  await refused(t, verify(lazy, 'lazy.example.com'), 'SCNTF');
  t.match(await call(setDomain, ['lazy.example.com', await versionOf(fresh)], fresh), {
    custom_domain: 'lazy.example.com',
  });
  t.equal(await expire(fresh), 0, 'a new claim has its own seven days');
});

t.test('a domain verified in the moment of its expiry stays, or is gone for both', async (t) => {
  for (let round = 0; round < 8; round++) {
    const place = await openShop(db);
    const host = `brink-${round}.example.com`;
    await call(setDomain, [host, 1], place);
    await age(host, 8);
    const [verified, expired] = await Promise.allSettled([verify(place, host), expire(place)]);
    const stays = verified.status === 'fulfilled';
    t.strictSame(expired, { status: 'fulfilled', value: stays ? 0 : 1 });
    t.match(await storefront(place), {
      custom_domain: stays ? host : null,
      domain_verified_at: stays ? Date : null,
    });
    t.equal(await resolve(host).catch(({ code }) => code), stays ? place.tenantId : 'SCNTF');
  }
});

t.test('machines only', async (t) => {
  for (const sql of [
    `select internal.verify_custom_domain($1, 'x.example')`,
    'select internal.expire_domain_claims($1)',
  ]) {
    await refused(
      t,
      asMember(db, shop.owner, (client) => client.query(sql, [shop.tenantId])),
      '42501',
    );
    await refused(t, db.auth.query(sql, [shop.tenantId]), '42501');
  }
});
