import type pg from 'pg';
import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asMember } from '../support/session.ts';
import { one, openShop, refused, type Shop } from './shop.ts';

/** What a plan counts, by every door through which one more could come, written by hand. */
const db = await createTestDatabase(t, { template: 'empty' });

type Door = (client: pg.PoolClient, shop: Shop, n: number) => Promise<unknown>;

const doors: Record<string, { has: number; doors: Record<string, Door> }> = {
  products: {
    has: 0,
    doors: {
      'one by one': (client, shop, n) =>
        client.query(
          `insert into api.products (seller_id, name, price, currency_code) values ($1, $2, 1, 'NGN')`,
          [shop.sellerId, `One ${n}`],
        ),
      'several at once': (client, shop) =>
        client.query(
          `insert into api.products (seller_id, name, price, currency_code)
           select $1, 'Both ' || n, 1, 'NGN' from generate_series(1, 2) as n`,
          [shop.sellerId],
        ),
      imported: async (client, _shop, n) => {
        const { code } = await one<{ code: string | null }>(
          client,
          'select code from api.import_products($1)',
          [JSON.stringify([{ sku: `I-${n}`, name: 'Imported', price: '1', currency_code: 'NGN' }])],
        );
        if (code !== null) {
          throw Object.assign(new Error(code), {
            code: code === 'LIMIT_REACHED' ? 'SCLIM' : code,
            detail: JSON.stringify({ metric: 'products', limit: 3 }),
          });
        }
      },
      restored: async (client, shop, n) => {
        const { id } = await one(
          client,
          `select id from api.products where seller_id = $1 order by id limit 1 offset $2`,
          [shop.sellerId, n % 2],
        );
        await client.query('delete from api.products where id = $1', [id]);
        await client.query(
          `insert into api.products (seller_id, name, price, currency_code) values ($1, 'In its place', 1, 'NGN')`,
          [shop.sellerId],
        );
        await client.query(`select api.restore('products', $1)`, [id]);
      },
    },
  },
  channels: {
    has: 1,
    doors: {
      connected: (client, shop, n) =>
        client.query(`select api.connect_channel('telegram', 'New', $1)`, [`${shop.account} ${n}`]),
      restored: async (client, shop, n) => {
        const { id, version } = await one(
          client,
          'select id, version from api.channel order by id desc limit 1',
        );
        await client.query('select api.disconnect_channel($1, $2)', [id, version]);
        await client.query(`select api.connect_channel('telegram', 'In its place', $1)`, [
          `${shop.account} other ${n}`,
        ]);
        await client.query(`select api.restore('channel', $1)`, [id]);
      },
    },
  },
  team_members: {
    has: 1,
    doors: {
      invited: (client, shop, n) =>
        client.query(`select api.create_team_invite('viewer', $1)`, [`${n}@${shop.account}.example`]),
    },
  },
};

for (const [metric, { has, doors: byName }] of Object.entries(doors)) {
  for (const [name, come] of Object.entries(byName)) {
    t.test(`${metric} of a plan, ${name}`, async (t) => {
      const shop = await openShop(db);
      const plan = `${metric}_${shop.account.replace('-', '_')}`;
      await db.installer.query(
        `insert into commerce.subscription_plan (code, name, max_${metric}) values ($1, 'Plan', 3)`,
        [plan],
      );
      await db.installer.query(
        'update commerce.tenant set subscription_tier = $2, version = version where id = $1',
        [shop.tenantId, plan],
      );
      const as = (work: Door, n: number) => asMember(db, shop.owner, (client) => work(client, shop, n));
      // The plan is filled by the plainest door, but for the last place where several come at once.
      const [plainest = come] = Object.values(byName);
      const free = 3 - has - (name === 'several at once' ? 1 : 0);
      for (let n = 0; n < free; n++) await as(plainest, n);
      await refused(t, as(come, 9), 'SCLIM', { metric, limit: 3 });
      await refused(t, as(come, 10), 'SCLIM', { metric, limit: 3 });
      if (name === 'several at once') await as(plainest, 11);
      await refused(t, as(plainest, 12), 'SCLIM', { metric, limit: 3, used: 3 });
    });
  }
}
