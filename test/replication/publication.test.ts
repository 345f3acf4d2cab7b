import t from 'tap';
import { one } from '../functions/shop.ts';
import { asMember, type Who } from '../support/session.ts';
import { digests, follow, isMainRun, openServer, until } from './servers.ts';

/**
 * A publication of all tables: what change data capture and the way to a newer PostgreSQL rest on. A filled
 * database of the oldest version is copied to the newest, follows it, and then works there by itself.
 */
const skip = isMainRun() ? false : 'runs with the embedded PostgreSQL 18';

t.test('a filled database goes from 15 to 18 by a publication of all tables', { skip }, async (t) => {
  const [source, target] = [await openServer(t, 15, { isFilled: true }), await openServer(t, 18)];
  const { tenant_id: tenantId, user_id: userId } = await one<{ tenant_id: string; user_id: string }>(
    source.installer,
    `select tenant_id, user_id from commerce.team_members where role = 'owner' order by tenant_id limit 1`,
  );
  const owner: Who = { tenantId, userId };
  await follow(target, source);

  const product = await asMember(source, owner, async (client) => {
    const { id } = await one(client, 'select id from api.products order by id limit 1');
    await client.query(`select api.adjust_inventory($1, 5, 'restock', 'published', 'a key')`, [id]);
    await client.query(`update api.products set description = 'followed', version = version where id = $1`, [
      id,
    ]);
    const { id: removed } = await one(
      client,
      `insert into api.products (seller_id, name, price, currency_code)
       select seller_id, 'Gone again', 1, currency_code from api.products where id = $1 returning id`,
      [id],
    );
    await client.query('delete from api.products where id = $1', [removed]);
    return id;
  });
  await source.installer.query(
    'delete from internal.idempotency_key where ctid = (select min(ctid) from internal.idempotency_key)',
  );
  await until(
    target,
    `(select count(*) from internal.idempotency_key) = $1 and exists (
       select from commerce.products where id = $2 and description = 'followed')`,
    [(await one(source.installer, 'select count(*) from internal.idempotency_key')).count, product],
  );
  const [there, here] = [await digests(source), await digests(target)];
  t.strictSame(here, there, `${Object.keys(there).length} tables, no difference`);

  await target.installer.query('drop subscription everything');
  await asMember(target, owner, async (client) => {
    await client.query(`select api.adjust_inventory($1, -1, 'damage', 'works there', 'another key')`, [
      product,
    ]);
    t.match(await one(client, 'select description from api.products where id = $1', [product]), {
      description: 'followed',
    });
  });
  t.match(await one(target.installer, 'select * from audit.verify()'), { reason: null });
});
