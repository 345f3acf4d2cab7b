import { readFile } from 'node:fs/promises';
import {
  buildSchema,
  getNamedType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'postgraphile/graphql';
import t from 'tap';
import { errorTable } from '../../src/database/errors.ts';
import { seedDemo } from '../../src/operations/seed-demo.ts';
import { signToken } from '../../src/operations/token.ts';
import { diceOf } from '../support/dice.ts';
import { Author, type MayAsk } from './random.ts';
import { literalOf, sampleOf } from './samples.ts';
import { type Answer, type Ask, bearer, client, jwtSecret, setStage } from './support.ts';

/**
 * Operations written by chance from the schema, sent as every kind of caller. Any may be refused, with a
 * code; none may fail for a reason of ours, and none may show or touch anything of the other merchant.
 */
const long = Boolean(process.env.LONG);
const queries = long ? 20_000 : 1_000;
const roundsOfMutations = long ? 40 : 2;
const seed = Number(process.env.PROPERTY_SEED ?? 20_261_123);
const clientsAtOnce = 4;

const { db, server, ours, theirs } = await setStage(t);
await seedDemo({ connectionString: db.urls.DATABASE_WORKER_URL, scale: 2 });

const schema = buildSchema(await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8'));
const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {});

/** Stands in every text of the other merchant that the checks let it stand in. */
const mark = 'theirs-and-nobody-elses';

const { rows: tables } = await db.installer.query<{ name: string; texts: string[] }>(
  `select c.oid::regclass::text as name,
          array(select t.attname::text from pg_attribute as t where t.attrelid = c.oid and t.attnum > 0
                   and t.atttypid = 'text'::regtype and not t.attisdropped and t.attgenerated = '') as texts
     from pg_class as c
     join pg_attribute as a on a.attrelid = c.oid and a.attname = 'tenant_id'
    where c.relnamespace = 'commerce'::regnamespace and c.relkind in ('r', 'p')
    order by 1`,
);

async function markTheirs(): Promise<number> {
  const superuser = await db.installer.connect();
  let marked = 0;
  try {
    await superuser.query("set session_replication_role = 'replica'");
    for (const { name, texts } of tables) {
      for (const column of texts) {
        const sql = `update ${name} set ${column} = left(${column}, 20) || '${mark}' where tenant_id = $1 and ${column} is not null`;
        // A check may want another form, and a key no second value.
        const { rowCount } = await superuser.query(sql, [theirs.tenantId]).catch(() => ({ rowCount: 0 }));
        if (rowCount) marked += 1;
      }
    }
    return marked;
  } finally {
    await superuser.query('reset session_replication_role');
    superuser.release();
  }
}
const queryFields = Object.values(schema.getQueryType()?.getFields() ?? {});

/** The root lists of rows, by the type of the row. */
const lists = new Map(
  queryFields.flatMap(({ name, type }) => {
    const page = getNamedType(type);
    const nodes = isObjectType(page) ? page.getFields().nodes : undefined;
    return nodes ? [[getNamedType(nodes.type).name, name] as const] : [];
  }),
);

/** The ids of a merchant's rows, by their type, as far as its owner sees them. */
async function idsOf({ tenantId, ask }: { tenantId: string; ask: Ask }): Promise<Map<string, string[]>> {
  const ids = new Map([['Tenant', [tenantId]]]);
  for (const [type, list] of lists) {
    const row = schema.getType(type);
    if (!isObjectType(row) || row.getFields().rowId?.type.toString() !== 'UUID!') continue;
    const { data } = await ask(`{ ${list}(first: 60) { nodes { id: rowId } } }`);
    ids.set(
      type,
      data[list].nodes.map(({ id }: { id: string }) => id),
    );
  }
  return ids;
}

/** Every id of a merchant's, seen or not. */
async function allIdsOf(tenantId: string): Promise<string[]> {
  const all = await Promise.all(
    tables.map(({ name }) =>
      db.installer.query<{ id: string }>(
        `select to_jsonb(t) ->> 'id' as id from ${name} as t where tenant_id = $1 and to_jsonb(t) ? 'id'`,
        [tenantId],
      ),
    ),
  );
  return [tenantId, ...all.flatMap(({ rows }) => rows.map(({ id }) => id))];
}

/** Which fields a kind of caller is not forbidden, asked one by one of each type's list, and of the root. */
async function allowedTo(ask: Ask): Promise<MayAsk> {
  const forbidden = new Set<string>();
  for (const [type, list] of lists) {
    const row = schema.getType(type);
    const fields = isObjectType(row) ? Object.values(row.getFields()) : [];
    const one = ({ name, type: fieldType }: (typeof fields)[number]) => {
      const named = getNamedType(fieldType);
      if (isLeafType(named)) return name;
      return `${name} { ${named.name.endsWith('Connection') ? 'nodes { __typename }' : '__typename'} }`;
    };
    const asked = fields.map((field) => `${field.name}: ${list}(first: 1) { nodes { ${one(field)} } }`);
    // An operation has at most thirty fields of the root.
    for (let from = 0; from < asked.length; from += 30) {
      const { errors = [] } = await ask(`{ ${asked.slice(from, from + 30).join('\n')} }`);
      for (const { path } of errors) forbidden.add(`${type}.${path?.[0]}`);
    }
  }
  for (const { name, args, type } of queryFields) {
    const needed = args.filter(isRequiredArgument);
    const given = needed.map((arg) => `${arg.name}: ${literalOf(sampleOf(arg.type), arg.type)}`);
    const selection = isLeafType(getNamedType(type)) ? '' : '{ __typename }';
    const { errors = [] } = await ask(`{ ${name}${given.length > 0 ? `(${given})` : ''} ${selection} }`);
    if (errors.some(({ extensions }) => extensions.code === 'FORBIDDEN')) forbidden.add(`Query.${name}`);
  }
  return (type, field) => !forbidden.has(`${type}.${field}`);
}

/** Everything of a merchant's rows, as one value. */
async function stateOf(tenantId: string): Promise<string[]> {
  const sums = await Promise.all(
    tables.map(({ name }) =>
      db.installer.query<{ sum: string }>(
        `select $2 || ' ' || count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') as sum
           from ${name} as t where tenant_id = $1`,
        [tenantId, name],
      ),
    ),
  );
  return sums.map(({ rows }) => rows[0]?.sum ?? '');
}

const [ourIds, theirIds, allOfTheirs] = await Promise.all([
  idsOf(ours),
  idsOf(theirs),
  allIdsOf(theirs.tenantId),
]);
const marked = await markTheirs();
const { rows: ourTexts } = await db.installer.query<{ text: string }>(
  `select order_number as text from commerce.orders where tenant_id = $1 and order_number is not null
   union all select sku from commerce.products where tenant_id = $1 and sku is not null
   union all select name from commerce.products where tenant_id = $1
   union all select email from commerce.users where tenant_id = $1 and email is not null limit 200`,
  [ours.tenantId],
);
const texts = ourTexts.map(({ text }) => text);
const unknownIds = allOfTheirs.map((_, n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`);

async function as(role: 'member' | 'buyer', subject: string): Promise<Ask> {
  return client(
    server.url,
    bearer(await signToken({ role, tenantId: ours.tenantId, subject }, jwtSecret, '12h')),
  );
}
const { rows: sellers } = await db.installer.query<{ subject: string }>(
  `select u.auth_subject as subject
     from commerce.seller_profile as s
     join commerce.users as u on u.id = s.user_id
    where s.tenant_id = $1 and u.auth_subject is not null
      and not exists (select from commerce.team_members as m where m.user_id = u.id)`,
  [ours.tenantId],
);
const callers: Record<string, Ask> = {
  owner: ours.ask,
  viewer: await as('member', 'demo-viewer-1'),
  buyer: await as('buyer', 'demo-buyer-1'),
  anonymous: client(server.url, { host: 'demo-1.example' }),
  ...(sellers[0] && { seller: await as('member', sellers[0].subject) }),
};

const codes = new Set([...Object.values(errorTable).map(({ code }) => code as string), 'TOO_COMPLEX']);
const forbidden = new RegExp([mark, ...allOfTheirs].join('|'));

/** What is wrong with an answer, whatever was asked. */
function faultOf({ status, data, errors = [] }: Answer): string | undefined {
  const strange = errors.find(({ extensions }) => !codes.has(extensions?.code));
  if (strange !== undefined) return `an error of ours: ${JSON.stringify(strange)}`;
  // A mutation of before may have put the caller out of the team: then the whole request is refused.
  const refusals = ['TOO_COMPLEX', 'INVALID_SESSION', 'FORBIDDEN'];
  const isRefused = errors.some(({ extensions }) => refusals.includes(extensions.code));
  if (status >= 500 || (status !== 200 && !isRefused)) return `HTTP ${status}`;
  const seen = forbidden.exec(JSON.stringify({ data, errors }));
  return seen ? `shows ${seen[0]} of the other merchant` : undefined;
}

/** Does them all, a few at a time, in an order that the seed decides as far as a server can be bound to it. */
async function each<T>(all: Iterable<T>, work: (one: T) => Promise<void>): Promise<void> {
  const rest = all[Symbol.iterator]();
  await Promise.all(
    Array.from({ length: clientsAtOnce }, async () => {
      for (let next = rest.next(); !next.done; next = rest.next()) await work(next.value);
    }),
  );
}

t.test(`${queries} queries, seed ${seed}`, { timeout: 0 }, async (t) => {
  t.ok(callers.seller, 'there is a seller who is not on the team');
  t.ok(marked > 40, `${marked} columns are marked`);
  t.ok(allOfTheirs.length > 500);
  const names = Object.keys(callers);
  const mayAsk = new Map(
    await Promise.all(names.map(async (name) => [name, await allowedTo(callers[name] as Ask)] as const)),
  );
  // One id in four is the other merchant's.
  const ids = new Map(
    [...ourIds].map(([type, own]) => [
      type,
      [...own, ...(theirIds.get(type) ?? []).slice(0, own.length / 3)],
    ]),
  );
  const author = new Author(schema, diceOf(seed), { ids, texts });
  const answered = new Map<string, number>(names.map((name) => [name, 0]));
  const faults: unknown[] = [];
  await each(
    Array.from({ length: queries }, (_, n) => n),
    async (n) => {
      const name = names[n % names.length] as string;
      const operation = author.query(mayAsk.get(name));
      const answer = await (callers[name] as Ask)(operation.query, operation.variables);
      const fault = faultOf(answer);
      if (fault !== undefined) faults.push({ n, name, fault, ...operation });
      else if (answer.errors === undefined) answered.set(name, (answered.get(name) ?? 0) + 1);
    },
  );
  t.same(faults.slice(0, 3), []);
  for (const [name, count] of answered)
    t.ok(count > queries / names.length / 4, `${name}: ${count} without a refusal`);
  t.same(
    queryFields.map(({ name }) => name).filter((name) => !author.asked.has(`Query.${name}`)),
    [],
    `${author.asked.size} fields were asked for`,
  );
});

/** The same value with each of some ids in the place of another. */
function exchange<T>(value: T, from: readonly string[], to: readonly string[]): T {
  const text = JSON.stringify(value).replace(
    /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g,
    (id) => to[from.indexOf(id)] ?? id,
  );
  return JSON.parse(text) as T;
}

t.test(
  'mutations with what the other merchant has, answered as what nobody has',
  { timeout: 0 },
  async (t) => {
    const before = await stateOf(theirs.tenantId);
    const author = new Author(schema, diceOf(seed + 1), { ids: theirIds, texts });
    const faults: unknown[] = [];
    const counts: Record<string, number> = {};
    const attempts = Object.keys(callers).flatMap((name) =>
      mutations.flatMap((mutation) => Array.from({ length: roundsOfMutations }, () => ({ name, mutation }))),
    );
    await each(attempts, async ({ name, mutation }) => {
      const { query, variables } = author.mutation(mutation, { isDeep: false });
      const ask = callers[name] as Ask;
      const known = await ask(query, variables);
      const fault = faultOf(known);
      if (fault !== undefined) faults.push({ name, fault, query, variables });
      const code = known.errors?.[0]?.extensions.code ?? 'done';
      counts[code] = (counts[code] ?? 0) + 1;
      if (known.errors === undefined || !allOfTheirs.some((id) => JSON.stringify(variables).includes(id)))
        return;
      const ofNobody = exchange(variables, allOfTheirs, unknownIds);
      const asIfTheirs = ({ errors }: Answer) => JSON.stringify(exchange(errors, unknownIds, allOfTheirs));
      const unknown = await ask(query, ofNobody);
      // What another client has changed in between is asked about again, on both sides of it.
      const isSame = async () =>
        JSON.stringify((await ask(query, variables)).errors) === asIfTheirs(await ask(query, ofNobody));
      if (JSON.stringify(known.errors) !== asIfTheirs(unknown) && !(await isSame()) && !(await isSame())) {
        faults.push({ name, query, variables, known: known.errors, unknown: unknown.errors });
      }
    });
    t.same(faults.slice(0, 3), []);
    t.ok((counts.NOT_FOUND ?? 0) > 20, JSON.stringify(counts));
    t.same(await stateOf(theirs.tenantId), before, 'nothing of theirs has changed');
  },
);

t.test('mutations with what the merchant has', { timeout: 0 }, async (t) => {
  const before = await stateOf(theirs.tenantId);
  const author = new Author(schema, diceOf(seed + 2), { ids: ourIds, texts });
  const faults: unknown[] = [];
  let done = 0;
  const attempts = Object.keys(callers).flatMap((name) =>
    mutations.flatMap((mutation) => Array.from({ length: roundsOfMutations }, () => ({ name, mutation }))),
  );
  await each(attempts, async ({ name, mutation }) => {
    const { query, variables } = author.mutation(mutation);
    const answer = await (callers[name] as Ask)(query, variables);
    const fault = faultOf(answer);
    if (fault !== undefined) faults.push({ name, fault, query, variables });
    else if (answer.errors === undefined) done += 1;
  });
  t.same(faults.slice(0, 3), []);
  t.ok(done > 20, `${done} were done`);
  t.same(await stateOf(theirs.tenantId), before, 'nothing of theirs has changed');
});
