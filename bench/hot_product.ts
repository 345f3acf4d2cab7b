import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Figure, Measured } from './report.ts';
import type { Stage } from './stage.ts';

const rounds = Number(process.env.ROUNDS ?? 3);
const buyers = Number(process.env.BUYERS ?? 1_000);
const pieces = 100;
const connections = 16;

/** The same rows for all three ways: stock, orders and lines without tenants, audit or rules. */
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

type Buy = (client: pg.Client, product: string, buyer: number) => Promise<boolean>;

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

type Race = {
  /** Milliseconds until every buyer had an answer. */
  time: number;
  /** How many of the sold pieces went to the buyers who asked first. */
  fairness: number;
};

/** All buyers ask at once, on so many connections; one connection is a queue. */
async function race(clients: pg.Client[], buy: Buy): Promise<Race> {
  const [first] = clients as [pg.Client];
  const product = randomUUID();
  await first.query('insert into bench.products values ($1, $2)', [product, pieces]);
  const winners: number[] = [];
  let next = 0;
  const began = performance.now();
  await Promise.all(
    clients.map(async (client) => {
      for (let buyer = next++; buyer < buyers; buyer = next++) {
        if (await buy(client, product, buyer)) winners.push(buyer);
      }
    }),
  );
  const time = performance.now() - began;
  const { rows } = await first.query<{ stock: number; sold: number }>(
    `select p.stock, (select count(*)::int from bench.lines as l where l.product_id = p.id) as sold
       from bench.products as p where p.id = $1`,
    [product],
  );
  const { stock, sold } = rows[0] ?? {};
  if (stock !== 0 || sold !== pieces || winners.length !== pieces)
    throw new Error(`${sold} of ${pieces} pieces were sold, ${winners.length} said so, ${stock} are left`);
  return { time, fairness: winners.filter((buyer) => buyer < pieces).length / pieces };
}

export const benchmark = {
  title: `Hot product: ${buyers} buyers, ${pieces} pieces`,
  async run({ urls, client }: Stage): Promise<Measured> {
    await client.query(tables);
    const clients = await Promise.all(
      Array.from({ length: connections }, async () => {
        const each = new pg.Client({ connectionString: urls.DATABASE_URL });
        await each.connect();
        return each;
      }),
    );
    const ways = {
      ours: [clients, inFunction],
      locks: [clients, forUpdate],
      queue: [clients.slice(0, 1), inFunction],
    } as const;
    const races: Record<keyof typeof ways, Race[]> = { ours: [], locks: [], queue: [] };
    try {
      for (let round = 0; round <= rounds; round += 1) {
        for (const [way, [on, buy]] of Object.entries(ways)) {
          const run = await race([...on], buy);
          // The first round warms the connections up.
          if (round > 0) races[way as keyof typeof ways].push(run);
        }
      }
    } finally {
      await Promise.all(clients.map((each) => each.end()));
    }
    const ratios = (way: keyof typeof ways) =>
      races[way].map(({ time }, i) => time / (races.ours[i]?.time ?? Number.NaN));
    const fairness = (way: keyof typeof ways) => races[way].map((run) => run.fairness);
    const figures: Figure[] = [
      {
        what: `orders per second on ${connections} connections, against SELECT … FOR UPDATE by the client`,
        rounds: ratios('locks'),
        atLeast: 1.25,
      },
      { what: 'the same against one queue, which is one connection', rounds: ratios('queue') },
      { what: 'share of the pieces that went to those who asked first', rounds: fairness('ours') },
      { what: 'the same with FOR UPDATE', rounds: fairness('locks') },
      { what: 'the same with one queue', rounds: fairness('queue') },
    ];
    return { figures };
  },
};
