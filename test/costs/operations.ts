import type pg from 'pg';
import type { Test } from 'tap';
import type { Connection, PreparedQuery } from '../../src/database/prepared-query.ts';
import * as queries from '../../src/queries/index.ts';
import { makeCases, type QueryName } from '../queries/cases.ts';
import { openStage, type Tx } from '../queries/stage.ts';
import { type Asker, enter } from '../schema/plan-nodes.ts';

type AnyQuery = PreparedQuery<object, object, unknown>;
const all = Object.values(queries) as unknown as AnyQuery[];

type Operation = {
  query: QueryName;
  /** The number of lines of an order. */
  pieces?: number;
  /** What it asks for, where its case would ask for more in a larger shop. */
  asks?: (tx: Tx) => Promise<object[]>;
};

/** A product whose name no copy of the demo products has. */
const rareProduct = `
  insert into api.products (seller_id, price, currency_code, name)
  select seller_id, price, currency_code, 'Quetzal feather fan' from api.products order by id limit 1`;

/** What a shop runs all day, as typed queries. Reads come first, as each write leaves rows that they would read. */
export const operations: Record<string, Operation> = {
  'search of products': {
    query: 'searchProducts',
    asks: async (tx) => {
      await tx.sql(rareProduct);
      return [{ first: 20, query: 'quetzal' }];
    },
  },
  inbox: { query: 'listThreads' },
  board: {
    query: 'listOrders',
    asks: async () => [{ first: 20 }, { first: 20, statuses: ['pending', 'confirmed'] }],
  },
  'timeline of an order': { query: 'getOrderTimeline' },
  'history of a row': { query: 'recordHistory' },
  'order of a basket': { query: 'placeOrder' },
  'order of one line': { query: 'placeOrderOfLines' },
  'order of twenty lines': { query: 'placeOrderOfLines', pieces: 20 },
  'line of a basket': { query: 'setOrderLine' },
  'payment result': { query: 'recordPaymentResult' },
  'message in': { query: 'receiveMessage' },
  'message queued': { query: 'queueMessage' },
  'messages claimed': { query: 'claimMessages' },
  'message sent': { query: 'markSent' },
  receipt: { query: 'recordReceipt' },
  'receipts up to a time': { query: 'recordReceipts' },
};

/** An operation that is ready to run in the present transaction, again and again. */
export type Ready = { asker: Asker; text: string; run(): Promise<void> };

/** The demo merchant, and the operations on a connection of the installer's. */
export async function openOperations(t: Test) {
  const stage = await openStage(t);
  const cases = makeCases(stage);
  const client = await stage.scene.installer.connect();
  t.teardown(() => client.release());
  const { tenantId } = stage;
  const tx: Tx = {
    // Prepared, as a transaction of a tenant runs it.
    run: (query, params) => {
      const prepared: Connection = {
        query: (statement) => client.query({ ...statement, name: query.statementName }),
      };
      return query.run({ ...params, tenantId } as never, prepared);
    },
    sql: async <R extends pg.QueryResultRow>(text: string, values?: unknown[]) =>
      (await client.query<R>(text, values)).rows,
  };

  /** The parameters of the operation; of an order, so many lines instead of one. */
  async function paramsOf({ query, pieces, asks }: Operation): Promise<object[]> {
    if (asks !== undefined) return asks(tx);
    const params = [await cases[query][1](tx)].flat() as {
      lines?: object[];
      expectedTotals?: { totalAmount: string }[];
    }[];
    if (pieces === undefined) return params;
    return params.map((each) => ({
      ...each,
      lines: Array.from({ length: pieces }, (_, piece) => ({ ...each.lines?.[0], metadata: { piece } })),
      expectedTotals: each.expectedTotals?.map((total) => ({
        ...total,
        totalAmount: (Number(total.totalAmount) * pieces).toFixed(2),
      })),
    }));
  }

  const askers = new Map<string, Asker>();

  /** Prepares an operation and gives it to the work, in a transaction that leaves nothing behind. */
  async function withOperation<R>(name: string, work: (operation: Ready) => Promise<R>): Promise<R> {
    const operation = operations[name];
    if (operation === undefined) throw new Error(`${name} is not an operation`);
    const { query: queryName } = operation;
    const query = all.find((each) => each.name === queryName);
    if (query === undefined) throw new Error(`${queryName} is not a query`);
    const [door] = [cases[queryName][0]].flat();
    if (door === undefined) throw new Error(`nobody runs ${queryName}`);
    const asker = askers.get(name) ?? (await stage.asker(door));
    askers.set(name, asker);
    await client.query('begin');
    try {
      await enter(client, asker);
      const params = await paramsOf(operation);
      const { text } = query.statement({ ...params[0], tenantId });
      const run = async () => {
        for (const each of params) await tx.run(query, each);
      };
      return await work({ asker, text, run });
    } finally {
      await client.query('rollback');
    }
  }

  return { client, tenantId, withOperation };
}
