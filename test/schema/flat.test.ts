import '../../src/graphql/environment.ts';
import type pg from 'pg';
import { makeSchema } from 'postgraphile';
import type { PgClientQuery } from 'postgraphile/@dataplan/pg';
import { execute } from 'postgraphile/grafast';
import { type ExecutionResult, parse } from 'postgraphile/graphql';
import t from 'tap';
import { createPool, endPool } from '../../src/database/pool.ts';
import { schemaPreset } from '../../src/graphql/schema-preset.ts';
import { planMode } from '../../src/graphql/transaction.ts';
import type { PreparedQuery } from '../../src/index.ts';
import * as queries from '../../src/queries/index.ts';
import { makeCases, type QueryName } from '../queries/cases.ts';
import { openStage, type Tx } from '../queries/stage.ts';
import { crowd } from './crowd.ts';
import { withoutTenant } from './declared.ts';
import { type GraphqlQuery, graphqlQueries } from './graphql-queries.ts';
import { type Asker, enter, type Plan, readersOf, statementsRun } from './plan-nodes.ts';

type AnyQuery = PreparedQuery<object, object, unknown>;

/**
 * What a statement reads does not grow with the shop. Every typed query, and every list, row, relation, condition and
 * order of GraphQL, runs on a merchant who has grown, among other merchants, and every plan of it is looked at: its own,
 * and those of its views, functions, triggers and foreign keys.
 */
const size = Number(process.env.ROWS ?? (process.env.LONG ? 300_000 : 10_000));
/** More than a page of a list and what belongs to its rows, and far less than a table or an index. */
const most = { rows: 1_200, pages: 600 };
/** The rows of all other merchants together: as many, unless OTHERS says otherwise. */
const ofOthers = Number(process.env.OTHERS ?? size);

/** The statements of a query whose cost grows with what it is asked for, and why. */
type Growing = Partial<Record<QueryName, [statement: RegExp, reason: string]>>;
const grows: Growing = {
  checkInventory: [/inventory_count/, 'it compares the stock of every product with its ledger'],
  closeTenant: [/^delete from internal\.session/, 'it ends every session of the merchant'],
  expireUnpaidOrders: [
    /l\.locked|commerce\.products/,
    'it looks at what is not paid, as a third of the copies are',
  ],
  importProducts: [/^select count/, 'it counts the products that the plan allows'],
  listAuditLog: [
    /^select l\.id/,
    'it walks the log from its end until the page is full of what was asked for',
  ],
  listLowStock: [/^select p\.id/, 'an index of its own would be paid for by each sale'],
  listMoneyToSettle: [/^select [lm]\./, 'it lists all that waits, as a third of the copies do'],
  listOrders: [/^select o\.id, o\.listed_at/, 'its term stands in a third of the copies'],
  listSalesDaily: [/o\.placed_at at time zone/, 'it adds up every order of its days'],
  purgeDeleted: [/^with recursive recoverable/, 'it takes a batch of what was deleted'],
  searchCustomers: [/^select c\.id, c\.last_activity_at/, 'its term stands in a third of the copies'],
  searchProducts: [/^select f\.id/, 'it ranks every product that matches, as a third of the copies do'],
  sealAuditLog: [/audit\.log|d\.tenant_key/, 'it seals a batch of rows'],
  suspendTenant: [/^delete from internal\.session/, 'it ends every session of the merchant'],
  verifyAuditLog: [/audit\./, 'it reads every row that is sealed'],
};

/** Those for which a planner that has not counted yet takes the wrong one of two indexes, until autovacuum comes. */
const growsUncounted: Growing = {
  acceptTeamInvite: [
    /^delete from internal\.session/,
    'the sessions of a person are looked for among those of the merchant',
  ],
  beginConversation: [
    /commerce\.customer_identity/,
    'the identities of a customer are looked for among those of the channel',
  ],
  claimMessages: [/commerce\.conversation_history/, 'the queue is guessed to be long'],
  expirePayments: [/commerce\.payment/, 'what is due is looked for among what is not paid'],
  transferOwnership: [
    /^delete from internal\.session/,
    'the sessions of a person are looked for among those of the merchant',
  ],
};

/** Queries of GraphQL that grow, and why. */
const growsInGraphql: [names: RegExp, reason: string][] = [
  [/^customerValues\b/, 'it adds up what each customer has ordered'],
  [/^productSalesTotals\b/, 'it adds up what each product has sold'],
  [/^products by isLowStock$/, 'as listLowStock'],
];

/** Lists of a row's rows without a condition, whose plan for any merchant takes an average one, of whom few rows match. */
const matchMany = [
  'Channel.customerIdentities',
  'Channel.orderChannelDetails',
  'TeamMember.conversationThreads',
];

/** Of each value at most a thousand rows are counted, of as many as it takes to find them. */
const counts = /count\(|^select o\.id, o\.listed_at/;

/** The page of a list: a few rows are guessed, and sorted, where the index has their order. Not what belongs to them. */
const isPage = (text: string) => !/\bapi\.(list|search)_/.test(text);

/** Whether a statement of the query may read more as the shop grows. */
function mayGrow(name: QueryName, isCounted: boolean, text: string): boolean {
  const listed = [grows[name], isCounted ? undefined : growsUncounted[name]];
  return (
    listed.some((each) => each?.[0].test(text)) ||
    (name.startsWith('count') && counts.test(text)) ||
    (name.startsWith('list') && !isCounted && isPage(text))
  );
}

const stage = await openStage(t);
const cases = makeCases(stage);
const all = Object.values(queries) as unknown as AnyQuery[];
const client = await stage.scene.installer.connect();
t.teardown(() => client.release());
await client.query(`load 'auto_explain'`);
await crowd(client, stage.tenantId, size, { ofOthers });

const modes = ['force_custom_plan', 'force_generic_plan'] as const;
/** The catalogue and the reference tables grow with releases, not with shops. */
const growsWithShops = ({ 'Relation Name': name = '' }: Plan) =>
  !name.startsWith('pg_') && !withoutTenant.includes(name);

/** A shop that is new has no statistics; a plan is made for a call, or once for all. */
const settings = (['uncounted', 'analyzed'] as const).flatMap((each) =>
  modes.map((mode) => [each, mode] as const),
);

const { tenantId } = stage;
const tx: Tx = {
  run: (query, params) => query.run({ ...params, tenantId } as never, client),
  sql: async <R extends pg.QueryResultRow>(text: string, values?: unknown[]) =>
    (await client.query<R>(text, values)).rows,
};

/** The nodes that read too much, of what the work runs in a transaction, each with its statement, unless it may. */
async function readersIn(
  asker: Asker,
  mode: string,
  may: (text: string) => boolean,
  prepare: () => Promise<() => Promise<unknown>>,
): Promise<string[]> {
  await client.query('begin');
  try {
    await enter(client, asker);
    const work = await prepare();
    await client.query(`reset role; set local plan_cache_mode = ${mode}`);
    const runs = await statementsRun(client, asker, work);
    if (runs.length === 0) throw new Error('it ran no statement');
    return runs.flatMap(({ text, nodes }) => {
      const statement = text.replace(/\s+/g, ' ').trim();
      if (may(statement)) return [];
      return readersOf(nodes.filter(growsWithShops), most).map(
        (reader) => `${reader}: ${statement.slice(0, 200)}`,
      );
    });
  } finally {
    await client.query('rollback');
  }
}

const readersOfQuery = (query: AnyQuery, asker: Asker, mode: string, may: (text: string) => boolean) =>
  readersIn(asker, mode, may, async () => {
    const params = [await cases[query.name as QueryName][1](tx)].flat();
    return async () => {
      for (const each of params) await tx.run(query, each);
    };
  });

/** PostGraphile's statements, on the connection whose plans are looked at, planned as the server has them planned. */
const pgClient = {
  async query({ text, values, arrayMode }: PgClientQuery) {
    const { rows } = await client.query<{ mode: string }>(
      `select current_setting('plan_cache_mode') as mode`,
    );
    const given = rows[0]?.mode;
    const set = (mode: string | undefined) => client.query(`set local plan_cache_mode = ${mode}`);
    await set(planMode(text) === 'auto' ? given : planMode(text));
    const result = await client.query({
      text,
      values: [...(values ?? [])],
      ...(arrayMode && { rowMode: 'array' }),
    } as pg.QueryConfig);
    await set(given);
    return result;
  },
  withTransaction: (work: (tx: unknown) => unknown) => work(pgClient),
};

type Schema = Awaited<ReturnType<typeof makeSchema>>;

async function makeGraphqlSchema(): Promise<Schema> {
  const pool = createPool({ connectionString: stage.scene.urls.DATABASE_API_URL });
  try {
    return await makeSchema(schemaPreset(pool));
  } finally {
    await endPool(pool, 1_000);
  }
}

async function askGraphql(
  { schema, resolvedPreset }: Schema,
  asker: Asker,
  query: string,
): Promise<ExecutionResult> {
  const withPgClient = (_: unknown, work: (tx: unknown) => unknown) => work(pgClient);
  const contextValue = { pgSettings: { role: asker.role, session: { tenantId } }, withPgClient };
  const result = await execute({ schema, document: parse(query), contextValue, resolvedPreset } as never);
  return result as ExecutionResult;
}

/** The page, and the one behind it. */
const readersOfGraphql = (schema: Schema, { query, following }: GraphqlQuery, asker: Asker, mode: string) =>
  readersIn(
    asker,
    mode,
    () => false,
    async () => async () => {
      const { data, errors = [] } = await askGraphql(schema, asker, query);
      const refused = errors.find(({ originalError }) => !isForbidden(originalError));
      if (refused) throw refused;
      const cursor = /"endCursor":"([^"]+)"/.exec(JSON.stringify(data))?.[1];
      if (cursor && following) await askGraphql(schema, asker, following(cursor));
    },
  );

const isForbidden = (error: unknown) =>
  (error as { extensions?: { code?: string } } | undefined)?.extensions?.code === 'FORBIDDEN';

/** What the schema offers. It takes minutes to ask for all of it: a long run does. */
async function offeredByGraphql(asker: Asker): Promise<[Schema, GraphqlQuery[]] | []> {
  if (!process.env.LONG) return [];
  const schema = await makeGraphqlSchema();
  await client.query('begin');
  await enter(client, asker);
  const offered = await graphqlQueries(schema.schema, (query) => askGraphql(schema, asker, query) as never);
  await client.query('rollback');
  return [schema, offered];
}

const owner = await stage.asker('owner');
const [schema, offered = []] = await offeredByGraphql(owner);

for (const [statistics, mode] of settings) {
  t.test(`${statistics}, ${mode}`, async (t) => {
    if (statistics === 'analyzed') await client.query('analyze');
    // It has taken long to fill the tables.
    await stage.renew();
    for (const query of all) {
      const name = query.name as QueryName;
      const [door] = [cases[name][0]].flat();
      if (door === undefined) throw new Error(`nobody runs ${name}`);
      const may = (text: string) => mayGrow(name, statistics === 'analyzed', text);
      t.strictSame(await readersOfQuery(query, await stage.asker(door), mode, may), [], name);
    }
    for (const query of offered) {
      const { name } = query;
      const isExcepted =
        growsInGraphql.some(([names]) => names.test(name)) ||
        matchMany.includes(name) ||
        (statistics === 'uncounted' && query.isList);
      if (schema === undefined || isExcepted) continue;
      t.strictSame(await readersOfGraphql(schema, query, owner, mode), [], name);
    }
  });
}
