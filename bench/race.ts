import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { Figure } from './report.ts';
import { ratios } from './turns.ts';

export const buyers = Number(process.env.BUYERS ?? 1_000);
const pieces = 100;
export const connections = 16;
export const title = `${buyers.toLocaleString('en')} buyers of ${pieces} pieces`;

/** Where pieces are sold: how a product comes there, and how many of it are left and sold then. */
export type Shop = {
  client: pg.Client;
  stock: string;
  outcome: string;
};

/** Buys one piece on a connection; false where none is left. */
export type Buy = (client: pg.Client, product: string, buyer: number) => Promise<boolean>;

type Race = {
  /** Milliseconds until every buyer had an answer. */
  time: number;
  /** Milliseconds until the last piece was sold. */
  soldOut: number;
  /** How many of the sold pieces went to the buyers who asked first. */
  fairness: number;
};

/** All buyers ask at once, on so many connections; one connection is a queue. */
async function race({ client, stock, outcome }: Shop, clients: pg.Client[], buy: Buy): Promise<Race> {
  const product = randomUUID();
  await client.query(stock, [product, pieces]);
  const winners: number[] = [];
  let next = 0;
  let soldOut = 0;
  const began = performance.now();
  await Promise.all(
    clients.map(async (each) => {
      for (let buyer = next++; buyer < buyers; buyer = next++) {
        if (!(await buy(each, product, buyer))) continue;
        winners.push(buyer);
        soldOut = performance.now() - began;
      }
    }),
  );
  const time = performance.now() - began;
  const { rows } = await client.query<{ left: number; sold: number }>(outcome, [product]);
  const { left, sold } = rows[0] ?? {};
  if (left !== 0 || sold !== pieces || winners.length !== pieces)
    throw new Error(`${sold} of ${pieces} pieces were sold, ${winners.length} said so, ${left} are left`);
  return { time, soldOut, fairness: winners.filter((buyer) => buyer < pieces).length / pieces };
}

/** Races ours against locks that the client takes, and against a queue. One that sells too much or too little throws. */
export async function raceAll(
  rounds: number,
  shop: Shop,
  ways: Record<'ours' | 'locks' | 'queue', [clients: pg.Client[], buy: Buy]>,
): Promise<Figure[]> {
  const races: Record<keyof typeof ways, Race[]> = { ours: [], locks: [], queue: [] };
  for (let round = 0; round <= rounds; round += 1) {
    for (const [way, [clients, buy]] of Object.entries(ways)) {
      const run = await race(shop, clients, buy);
      // The first round warms the connections up.
      if (round > 0) races[way as keyof typeof ways].push(run);
    }
  }
  const all = (way: keyof typeof ways, what: keyof Race) => races[way].map((run) => run[what]);
  const against = (way: keyof typeof ways, what: keyof Race) => ratios(all(way, what), all('ours', what));
  return [
    {
      what: `orders per second on ${connections} connections until every buyer has an answer, against SELECT … FOR UPDATE by the client`,
      rounds: against('locks', 'time'),
      atLeast: 1.25,
    },
    { what: 'the same until the last piece is sold', rounds: against('locks', 'soldOut') },
    { what: 'the same until every buyer has an answer, against one queue', rounds: against('queue', 'time') },
    { what: 'seconds until every buyer has an answer', rounds: all('ours', 'time').map((ms) => ms / 1000) },
    { what: 'share of the pieces that went to those who asked first', rounds: all('ours', 'fairness') },
    { what: 'the same with FOR UPDATE', rounds: all('locks', 'fairness') },
    { what: 'the same with one queue', rounds: all('queue', 'fairness') },
  ];
}
