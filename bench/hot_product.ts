import { randomUUID } from 'node:crypto';
import { type Buy, connections, raceAll, title } from './race.ts';
import type { Measured } from './report.ts';
import { openMany, type Stage } from './stage.ts';

const rounds = Number(process.env.ROUNDS ?? 3);

/** The same rows for every way: stock, orders and lines without tenants, audit or rules. */
const tables = `
  create schema bench;
  create table bench.products (id uuid primary key, stock integer not null check (stock >= 0));
  create table bench.orders (id uuid primary key default gen_random_uuid(), buyer integer not null);
  create table bench.lines (
    order_id uuid not null references bench.orders, product_id uuid not null references bench.products,
    quantity integer not null);
  create function bench.take(p_product uuid, p_buyer integer) returns boolean language plpgsql as $$
  declare
    v_order uuid;
  begin
    update bench.products set stock = stock - 1 where id = p_product and stock >= 1;
    if not found then
      return false;
    end if;
    insert into bench.orders (buyer) values (p_buyer) returning id into v_order;
    insert into bench.lines values (v_order, p_product, 1);
    return true;
  end $$`;

const shop = {
  stock: 'insert into bench.products values ($1, $2)',
  outcome: `select p.stock as left, (select count(*)::integer from bench.lines as l where l.product_id = p.id) as sold
              from bench.products as p where p.id = $1`,
};

/** Stock is taken by a conditional update in a function, as place_order takes it. */
const inFunction: Buy = async (client, product, buyer) => {
  const text = 'select bench.take($1, $2) as sold';
  return (await client.query({ name: 'take', text, values: [product, buyer] })).rows[0].sold;
};

/** Stock is locked, looked at and written by the client. */
const forUpdate: Buy = async (client, product, buyer) => {
  const run = (name: string, text: string, values: unknown[]) => client.query({ name, text, values });
  await client.query('begin');
  const { rows } = await run('lock', 'select stock from bench.products where id = $1 for update', [product]);
  const isLeft = rows[0].stock >= 1;
  if (isLeft) {
    const order = randomUUID();
    await run('stock', 'update bench.products set stock = stock - 1 where id = $1', [product]);
    await run('order', 'insert into bench.orders values ($1, $2)', [order, buyer]);
    await run('line', 'insert into bench.lines values ($1, $2, 1)', [order, product]);
  }
  await client.query('commit');
  return isLeft;
};

export const benchmark = {
  title: `Hot product, bare tables: ${title}`,
  async run({ urls, client }: Stage): Promise<Measured> {
    await client.query(tables);
    const clients = await openMany(urls.DATABASE_URL, connections);
    try {
      const figures = await raceAll(
        rounds,
        { client, ...shop },
        {
          ours: [clients, inFunction],
          locks: [clients, forUpdate],
          queue: [clients.slice(0, 1), inFunction],
        },
      );
      return { figures };
    } finally {
      await Promise.all(clients.map((each) => each.end()));
    }
  },
};
