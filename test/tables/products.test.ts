import type pg from 'pg';
import t from 'tap';
import { createTestDatabase, isBlocked } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { asMember, type Who } from '../support/session.ts';

const db = await createTestDatabase(t);
const { rows } = await db.installer.query(
  `select tenant_id as "tenantId", user_id as "userId" from commerce.team_members where role = 'owner' limit 1`,
);
const owner = rows[0] as Who;

/** A seller of whom nothing is sold yet. */
async function newSeller(slug: string): Promise<string> {
  const { rows: users } = await db.installer.query(
    'insert into commerce.users (tenant_id) values ($1) returning id',
    [owner.tenantId],
  );
  return asMember(db, owner, async (client) => {
    const { rows: sellers } = await client.query(
      'insert into api.seller_profile (user_id, business_name, slug) values ($1, $2, $2) returning id',
      [users[0].id, slug],
    );
    return sellers[0].id;
  });
}

const sell = (client: pg.ClientBase, sellerId: string) =>
  client.query(
    `insert into api.products (seller_id, name, price, currency_code) values ($1, 'Basket', 10, 'NGN')`,
    [sellerId],
  );
const leave = (client: pg.ClientBase, sellerId: string) =>
  client.query('delete from api.seller_profile where id = $1', [sellerId]);

/** Runs the first half, then the second beside it; the first commits once the second waits for it. */
async function race(first: (client: pg.ClientBase) => Promise<unknown>, second: typeof first): Promise<void> {
  let waiting: Promise<unknown> = Promise.resolve();
  await asMember(db, owner, async (client) => {
    await first(client);
    waiting = asMember(db, owner, second);
    waiting.catch(() => {});
    if (await eventually(() => isBlocked(db))) return;
    throw new Error('the second statement never waited for the first');
  });
  await waiting;
}

t.test('a product belongs to a live seller', async (t) => {
  const sellerId = await newSeller('gone');
  await asMember(db, owner, (client) => leave(client, sellerId));
  await t.rejects(
    asMember(db, owner, (client) => sell(client, sellerId)),
    { code: 'SCDEP' },
  );
});

t.test('a seller who is being deleted gets no new product', async (t) => {
  const sellerId = await newSeller('leaving');
  await t.rejects(
    race(
      (client) => leave(client, sellerId),
      (client) => sell(client, sellerId),
    ),
    { code: 'SCDEP' },
  );
});

t.test('a seller whose product is being made is not deleted', async (t) => {
  const sellerId = await newSeller('staying');
  await t.rejects(
    race(
      (client) => sell(client, sellerId),
      (client) => leave(client, sellerId),
    ),
    { code: 'SCDEP' },
  );
});
