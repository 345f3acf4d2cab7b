import t from 'tap';
import { createTestDatabase, isBlocked } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { asAnonymous, asMember, asRole, openSession } from '../support/session.ts';
import { provisionTenant } from '../support/tenants.ts';

const db = await createTestDatabase(t, { template: 'empty' });
const shop = await provisionTenant(db, 'shop');
const other = await provisionTenant(db, 'other');

t.test('a storefront does not put on a theme that is being deleted', async (t) => {
  const themeId = await asMember(db, shop.owner, async (client) => {
    const { rows } = await client.query(
      `insert into api.storefront_theme (name) values ('Summer') returning id`,
    );
    return rows[0].id as string;
  });
  const dresser = await openSession(db, 'member', shop.owner);
  let dressing: Promise<unknown> | undefined;
  await asMember(db, shop.owner, async (client) => {
    await client.query('delete from api.storefront_theme where id = $1', [themeId]);
    dressing = asRole(db.api, 'commerce_member', dresser, (second) =>
      second.query('update api.storefront set theme_id = $1, version = version', [themeId]),
    );
    dressing.catch(() => undefined);
    // The deletion is committed only when the other transaction waits for it.
    t.ok(await eventually(() => isBlocked(db)), 'the storefront waits for the theme');
  });
  await t.rejects(dressing as Promise<unknown>, { code: 'SCVAL' });
});

t.test('a theme that is worn is not deleted, and a foreign one is not put on', async (t) => {
  await asMember(db, shop.owner, async (client) => {
    const { rows } = await client.query(
      `insert into api.storefront_theme (name) values ('Winter') returning id`,
    );
    await client.query('update api.storefront set theme_id = $1, version = version', [rows[0].id]);
  });
  const remove = () =>
    asMember(db, shop.owner, (client) =>
      client.query(`delete from api.storefront_theme where name = 'Winter'`),
    );
  await t.rejects(remove, { code: 'SCDEP' });

  const { rows } = await db.installer.query(`select id from commerce.storefront_theme where name = 'Winter'`);
  const steal = () =>
    asMember(db, other.owner, (client) =>
      client.query('update api.storefront set theme_id = $1, version = version', [rows[0].id]),
    );
  await t.rejects(steal, { code: 'SCVAL' });
});

t.test('a private file is for those who work with orders or files', async (t) => {
  await asMember(db, shop.owner, (client) =>
    client.query(
      `insert into api.storefront_asset (file_name, file_type, url, is_private)
       values ('proof.png', 'image', 'https://files.example/proof.png', true),
              ('logo.png', 'image', 'https://files.example/logo.png', false)`,
    ),
  );
  const { rows } = await db.installer.query(
    `insert into commerce.users (tenant_id, display_name) values ($1, 'Seller') returning id`,
    [shop.tenantId],
  );
  const sellerId = rows[0].id;
  await db.installer.query(
    `insert into commerce.seller_profile (tenant_id, user_id, business_name, slug, email)
     values ($1, $2, 'Seller', 'seller', 'seller@shop.example')`,
    [shop.tenantId, sellerId],
  );

  const files = 'select file_name from api.storefront_asset order by file_name';
  const seen = (result: { rows: { file_name: string }[] }) => result.rows.map((row) => row.file_name);
  const seller = { tenantId: shop.tenantId, userId: sellerId };
  t.strictSame(seen(await asMember(db, shop.owner, (c) => c.query(files))), ['logo.png', 'proof.png']);
  t.strictSame(seen(await asMember(db, seller, (c) => c.query(files))), ['logo.png']);
  t.strictSame(seen(await asAnonymous(db, { tenantId: shop.tenantId }, (c) => c.query(files))), ['logo.png']);

  const sellers = await asMember(db, seller, (c) => c.query('select slug, email from api.seller_profile'));
  t.strictSame(
    sellers.rows,
    [{ slug: 'seller', email: 'seller@shop.example' }],
    'nor does a seller see how to reach the others',
  );
});

t.test('a domain is claimed once, by whichever tenant, and not without its claim', async (t) => {
  const take = (domain: string) =>
    db.installer.query('update commerce.tenant set domain = $2, version = version where id = $1', [
      other.tenantId,
      domain,
    ]);
  await t.rejects(take('shop.example'), {
    code: 'SCDUP',
    message: 'this domain is taken',
    detail: '{"field" : "domain"}',
  });
  await t.rejects(take('no host'), { code: '23514', constraint: 'tenant_domain_form' });
  await t.rejects(
    db.installer.query(`update commerce.storefront set custom_domain = 'own.example', version = version`),
    { code: 'SCTEN' },
    'outside a session the claim cannot be made',
  );
});
