import type pg from 'pg';
import type { Test } from 'tap';
import type { TestDatabase } from '../support/database.ts';
import { asBuyer, asMember, asWorker, type Who } from '../support/session.ts';

/** A merchant made for one test, with one WhatsApp account. */
export type Shop = { tenantId: string; sellerId: string; owner: Who; account: string };

export type Shopper = Who & { customerId: string };

export type Row = Record<string, unknown> & { id: string; version: number };

/** The only row of a query that must return one. */
export async function one<T extends pg.QueryResultRow = Row>(
  client: pg.ClientBase | pg.Pool,
  sql: string,
  values: unknown[] = [],
): Promise<T> {
  const { rows } = await client.query<T>(sql, values);
  const [row] = rows;
  if (row === undefined || rows.length > 1) throw new Error(`${rows.length} rows from ${sql}`);
  return row;
}

let shops = 0;

export async function openShop(
  db: TestDatabase,
  { currency = 'NGN', tier = 'enterprise' }: { currency?: string; tier?: string } = {},
): Promise<Shop> {
  shops += 1;
  const name = `shop-${shops}`;
  const { id: tenantId } = await asWorker(db, (client) =>
    one(client, `select internal.provision_tenant($1, $2, $3, $1, 'NG', $4, 'en', $5, $1) as id`, [
      name,
      `${name}.example`,
      `owner@${name}.example`,
      currency,
      tier,
    ]),
  );
  const owner = { tenantId, subject: name };
  const account = `account-${shops}`;
  const { id: sellerId } = await asMember(db, owner, async (client) => {
    await client.query(`select api.connect_channel('whatsapp', 'WhatsApp', $1)`, [account]);
    return one(client, 'select id from api.seller_profile');
  });
  return { tenantId, sellerId, owner, account };
}

type Product = {
  price?: string;
  stock?: number;
  sellerId?: string;
  [column: string]: unknown;
};

/** Adds a product as the owner does, with its first stock. */
export async function addProduct(
  db: TestDatabase,
  shop: Shop,
  { price = '1000', stock = 0, sellerId = shop.sellerId, ...columns }: Product = {},
): Promise<string> {
  const values = { name: 'Ankara dress', currency_code: 'NGN', ...columns, price, seller_id: sellerId };
  const names = Object.keys(values);
  return asMember(db, shop.owner, async (client) => {
    const { id } = await one(
      client,
      `insert into api.products (${names.join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')}) returning id`,
      Object.values(values),
    );
    if (stock !== 0) {
      await client.query(`select api.adjust_inventory($1, $2, 'initial', null, $3)`, [
        id,
        stock,
        `first ${id}`,
      ]);
    }
    return id;
  });
}

/** A second seller of the shop's marketplace, who is not on the team. */
export async function addSeller(db: TestDatabase, shop: Shop, slug = 'second'): Promise<string> {
  const { id } = await one(
    db.installer,
    `with person as (insert into commerce.users (tenant_id) values ($1) returning id)
     insert into commerce.seller_profile (tenant_id, user_id, business_name, slug)
     select $1, id, 'Another seller', $2 from person
     returning id`,
    [shop.tenantId, slug],
  );
  return id;
}

export async function addShopper(db: TestDatabase, shop: Shop, subject: string): Promise<Shopper> {
  const who = { tenantId: shop.tenantId, subject };
  const { id } = await asBuyer(db, who, (client) =>
    one(client, 'select id from api.register_buyer($1)', [subject]),
  );
  return { ...who, customerId: id };
}

/** A customer who has written to the shop's account. */
export async function addChatCustomer(
  db: TestDatabase,
  shop: Shop,
  sender: string,
): Promise<{ customerId: string; threadId: string; messageId: string }> {
  return asWorker(db, (client) =>
    one(
      client,
      `select customer_id as "customerId", thread_id as "threadId", message_id as "messageId"
         from internal.receive_message('whatsapp', $1, $2, $3, 'Hello', p_profile_name => 'Ngozi')`,
      [shop.account, sender, `wamid.${sender}`],
    ),
  );
}

/**
 * p_expected_totals of somebody who has just read the products, for lines that are an argument ($2) of the statement. The
 * shop adds tax to its prices, which have two decimals.
 */
export const asRead = (lines: string): string => `coalesce(
  (select jsonb_agg(jsonb_build_object('currency_code', r.currency_code, 'total_amount', r.total))
     from (select p.currency_code,
                  sum(l.quantity * p.price + round(l.quantity * p.price * p.tax_rate, 2)) as total
             from jsonb_to_recordset(${lines}::jsonb) as l (product_id uuid, quantity numeric)
             join api.products as p on p.id = l.product_id
            group by p.currency_code) as r),
  '[{"currency_code": "NGN", "total_amount": "1.00"}]')`;

export async function stockOf(db: TestDatabase, productId: string): Promise<number> {
  const { stock } = await one<{ stock: number }>(
    db.installer,
    'select inventory_count as stock from commerce.products where id = $1',
    [productId],
  );
  return stock;
}

/** The shop's own check: the ledger's sum is the stock, for every product. */
export async function ledgerAgrees(t: Test, db: TestDatabase, shop: Shop): Promise<void> {
  const { rows } = await asMember(db, shop.owner, (client) =>
    client.query('select * from api.check_inventory()'),
  );
  t.strictSame(rows, [], 'the ledger equals the stock');
}

/** That the work fails with this SQLSTATE and, if given, this detail. */
export async function refused(
  t: Test,
  work: Promise<unknown>,
  code: string,
  detail?: unknown,
): Promise<void> {
  const error = await work.then(
    () => null,
    (reason: { code?: string; detail?: string; message?: string }) => reason,
  );
  t.equal(error?.code, code, error === null ? `should fail with ${code}` : `${code}: ${error.message}`);
  if (detail !== undefined) {
    t.match(error?.detail === undefined ? null : JSON.parse(error.detail), detail, `detail of ${code}`);
  }
}

/** The key of a file that somebody is allowed to upload. */
export const uploadKey = async (
  as: typeof asMember,
  db: TestDatabase,
  who: Who,
  purpose: string,
  mimeType = 'image/png',
): Promise<string> =>
  (
    await as(db, who, (client) =>
      one<{ key: string }>(
        client,
        `select storage_key as key from api.request_upload($1, 'a file', $2, 10)`,
        [purpose, mimeType],
      ),
    )
  ).key;
