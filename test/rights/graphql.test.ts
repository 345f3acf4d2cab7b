import t, { type Test } from 'tap';
import { startServer } from '../../src/graphql/server.ts';
import { camelCase } from '../../src/model/spelling.ts';
import { signToken } from '../../src/operations/token.ts';
import { connect, countAsleep, type Stream } from '../graphql/subscriber.ts';
import { type Answer, type Ask, bearer, client, codeOf, jwtSecret } from '../graphql/support.ts';
import { createTestDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { asMember, asWorker } from '../support/session.ts';
import { type Allowed, allowed, allowedInViews } from './oracle.ts';
import { choosers, isCalled, isKnownById, otherParents, type Path, type RowType, rowTypes } from './paths.ts';
import { fieldRights, rights } from './rights.ts';
import { type Person, setScene } from './scene.ts';

/**
 * The endpoint, held to the written list of rights.md: every relation of every type that leads to rows, every
 * root field, and the subscriptions. Which rows a path leads to is learned from the same database with its
 * policies off; which of them a person may see, from the list alone.
 */
const db = await createTestDatabase(t);
const scene = await setScene(db);
const { people, sessionOf, tenantId } = scene;
const { clerk, vendor, ann, visitor } = people;

/** All rows of a table fit into one page. */
const page = 60;

/** As the installer, without triggers. */
async function quietly(sql: string): Promise<void> {
  const installer = await db.installer.connect();
  await installer.query(
    `set session_replication_role = replica; ${sql}; set session_replication_role = origin`,
  );
  installer.release();
}

const { rows: views } = await db.installer.query<{ view: string; name: string; isTable: boolean }>(
  `select v.relname as view, t.oid is not null as "isTable",
          coalesce(substring(obj_description(v.oid, 'pg_class') from '@name (\\w+)'), v.relname) as name
     from pg_class as v
     left join pg_class as t on t.relnamespace = 'commerce'::regnamespace and t.relname = v.relname
    where v.relnamespace = 'api'::regnamespace and v.relkind = 'v'
      -- Selections of a table are conditions of its list.
      and coalesce(obj_description(v.oid, 'pg_class'), '') !~ '@behavior -\\*'
    order by 1`,
);
const viewOf = new Map(
  rowTypes.flatMap(({ name }) => {
    const found = views.find((view) => isCalled(name, view.name));
    return found === undefined ? [] : [[name, found.view]];
  }),
);
// A few rows of each merchant are enough; the scene's own, whose ids are of version 4, stay.
for (const { view, isTable } of views) {
  if (!isTable || !rights.some(({ table }) => table === view)) continue;
  const { rows } = await db.installer.query(
    `select from pg_attribute where attrelid = $1::regclass and attname in ('id', 'tenant_id') having count(*) = 2`,
    [`commerce.${view}`],
  );
  if (rows.length === 0) continue;
  await quietly(`
    delete from commerce.${view} where id in (
      select id from (select id, row_number() over (partition by tenant_id order by id) as n from commerce.${view}
                       where substr(id::text, 15, 1) = '7') as r where n > 8)`);
}

// What is optional is there as well, for one's own and for the other person.
for (const [sale, seller, buyer] of [
  [scene.sale, vendor.userId, ann.userId],
  [scene.otherSale, scene.sellers.otherVendor.userId, scene.otherBuyer.userId],
] as const) {
  await quietly(`
    update commerce.buyer_profile set default_currency = 'NGN' where user_id = '${buyer}';
    update commerce.complaints set assigned_member_id = '${scene.clerkMember}', product_id = '${sale.product}', thread_id = '${sale.thread}'
     where id = '${sale.complaint}';
    update commerce.conversation_event set actor_user_id = '${clerk.userId}', product_id = '${sale.product}'
     where thread_id = '${sale.thread}';
    update commerce.conversation_history set order_id = '${sale.order}' where id = '${sale.message}';
    update commerce.inventory_movement set created_by = '${seller}',
           return_item_id = (select id from commerce.order_return_items where order_return_id = '${sale.return}')
     where order_item_id = '${sale.item}';
    update commerce.order_status_history set changed_by = '${seller}' where order_id = '${sale.order}';
    update commerce.payment set verified_by = '${seller}',
           saved_payment_method_id = (select id from commerce.saved_payment_method where user_id = '${buyer}')
     where id = '${sale.payment}'`);
}

// The log has a change that a person made.
await asMember(db, { tenantId, userId: vendor.userId, subject: vendor.name }, (member) =>
  member.query(`update api.products set name = 'Renamed', version = version where id = $1`, [
    scene.sale.product,
  ]),
);

const server = await startServer({
  connectionString: db.urls.DATABASE_API_URL,
  authConnectionString: db.urls.DATABASE_AUTH_URL,
  jwtSecret,
  host: '127.0.0.1',
  port: 0,
  logLevel: 'silent',
});
t.teardown(() => server.close());

const tokenOf = ({ role, name }: Person) => signToken({ role, tenantId, subject: name }, jwtSecret, '1h');
async function clientOf(person: Person): Promise<Ask> {
  return client(server.url, bearer(await tokenOf(person)));
}

// biome-ignore lint/suspicious/noExplicitAny: a row as the query asks for it
type Row = any;
const keyOf = ({ key }: RowType, row: Row): string => key.map((name) => row[name]).join(':');
const typeOf = (name: string) => rowTypes.find((type) => type.name === name) as RowType;

function selection({ field, child, isList }: Path): string {
  const key = typeOf(child).key.join(' ');
  return isList ? `${field}(first: ${page}) { nodes { ${key} } }` : `${field} { ${key} }`;
}

/** What one page of a type shows: the keys of its rows, and of the rows to which its paths lead from each. */
type Seen = { rows: Set<string>; pairs: Map<Path, Set<string>>; code: string | undefined };

async function look(ask: Ask, type: RowType, paths: readonly Path[]): Promise<Seen> {
  const seen: Seen = {
    rows: new Set(),
    pairs: new Map(paths.map((path) => [path, new Set()])),
    code: undefined,
  };
  // So many at once that the limit of an operation's cost lets them pass.
  for (let from = 0; from < Math.max(paths.length, 1); from += 4) {
    const some = paths.slice(from, from + 4);
    const fields = [...type.key, ...some.map(selection)].join(' ');
    const answer = await ask(`{ ${type.list}(first: ${page}) { nodes { ${fields} } } }`);
    const code = refusalOf(answer);
    if (code !== undefined) return { ...seen, code };
    for (const row of answer.data[type.list]?.nodes ?? []) {
      seen.rows.add(keyOf(type, row));
      for (const path of some) {
        const found: Row[] = path.isList
          ? row[path.field].nodes
          : [row[path.field]].filter((each) => each !== null);
        for (const each of found)
          seen.pairs.get(path)?.add(`${keyOf(type, row)} ${keyOf(typeOf(path.child), each)}`);
      }
    }
  }
  return seen;
}

function refusalOf(answer: Answer): string | undefined {
  return answer.errors === undefined ? undefined : (codeOf(answer) ?? 'several');
}

const sorted = (keys: Iterable<string> | undefined) => [...(keys ?? [])].sort();

const { rows: codes } = await db.installer.query<{ code: string }>(
  'select code from commerce.permission order by code',
);
const permissions = codes.map(({ code }) => code);

/** Everything that there is, of both merchants, as the endpoint shows it when no policy holds. */
async function lookWithoutPolicies(): Promise<Map<string, Seen>> {
  const each = (what: string) =>
    views
      .filter(({ isTable }) => isTable)
      .map(({ view }) => `alter table commerce.${view} ${what}`)
      .join(';');
  await sessionOf(clerk, permissions);
  await db.installer.query(each('disable row level security'));
  const ask = await clientOf(clerk);
  const all = new Map<string, Seen>();
  for (const type of rowTypes) all.set(type.name, await look(ask, type, type.paths));
  await db.installer.query(each('enable row level security'));
  return all;
}

const open = await lookWithoutPolicies();

/** Ways in that are no lists: calls of functions whose results lead to rows. */
const entrances: Record<string, string> = {
  ListedComplaint: `listComplaints(first: ${page})`,
  ListedMember: `listTeam(first: ${page})`,
  ListedPayment: `listPayments(first: ${page})`,
  ListedProduct: `listProducts(first: ${page})`,
  ListedRefund: `listRefunds(first: ${page})`,
  ListedReturn: `listReturns(first: ${page})`,
  ListedThread: `listThreads(first: ${page})`,
  LoggedChange: `listAuditLog(first: ${page})`,
  CustomerMatch: `searchCustomers(term: "${await aName()}", first: ${page})`,
  InventoryDiscrepancy: 'checkInventory',
  OrderMatch: `listOrders(first: ${page})`,
  MessageMatch: `searchMessages(query: "${await aWord()}", first: ${page})`,
  ProductMatch: `searchProducts(first: ${page})`,
  RecordChange: `recordHistory(table: products, rowId: "${scene.sale.product}")`,
};
/** Results of mutations, which stand in the test of functions, what `me` says of oneself, and events, which are below. */
const elsewhere = [
  'ImportResult',
  'Me',
  'Membership',
  'MessageAddedEvent',
  'MessageChangedEvent',
  'NewTeamInvite',
  'OrderChangedEvent',
  'RenewedTeamInvite',
];

/** A word that several messages have. */
async function aWord(): Promise<string> {
  const { rows } = await db.installer.query<{ word: string }>(
    `select (regexp_match(message, '\\w{4,}'))[1] as word from commerce.conversation_history as t
      where tenant_id = $1 and message ~ '\\w{4,}' order by id limit 1`,
    [tenantId],
  );
  return rows[0]?.word ?? '';
}

/** A part of a name that a customer has. */
async function aName(): Promise<string> {
  const { rows } = await db.installer.query<{ name: string }>(
    `select left(display_name, 3) as name from commerce.customer as t
      where tenant_id = $1 and length(display_name) > 3 order by id limit 1`,
    [tenantId],
  );
  return rows[0]?.name ?? '';
}

/** The rows of every table, to find by which column one leads to another. */
const contents = new Map<string, Map<string, Record<string, unknown>>>();
for (const { name, key } of rowTypes) {
  const view = viewOf.get(name) ?? '';
  if (!isKnownById(key)) continue;
  const { rows } = await db.installer.query<{ id: string; row: Record<string, unknown> }>(
    `select t.id, to_jsonb(t) as row from ${views.some((each) => each.view === view && each.isTable) ? 'commerce' : 'api'}.${view} as t`,
  );
  contents.set(name, new Map(rows.map(({ id, row }) => [id, row])));
}

t.test('nobody narrows or sorts a list by what they may not see', async (t) => {
  const { rows: columns } = await db.installer.query<{ view: string; names: string[] }>(
    `select c.relname as view, array_agg(a.attname::text) as names
       from pg_class as c join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0
      where c.relnamespace = 'api'::regnamespace and c.relkind = 'v' group by 1`,
  );
  let hidden = 0;
  for (const person of [ann, visitor]) {
    const ask = await clientOf(person);
    for (const { type, field, argument } of choosers) {
      const view = viewOf.get(type);
      if (view === undefined || !mayKnow(type, person)) continue;
      const all = columns.find((each) => each.view === view)?.names ?? [];
      const column = all.find((name) =>
        ['', 'Id'].some((end) => camelCase(name) + end === field.replace(/^rowId$/, 'id')),
      );
      if (!t.ok(column, `${type}.${field} is a column of ${view}`)) continue;
      const isHidden = hiddenColumns(view, person, all).includes(column as string);
      hidden += Number(isHidden);
      const answer = await ask(
        `{ ${typeOf(type).list}(first: 1, ${argument}) { nodes { ${typeOf(type).key[0]} } } }`,
      );
      const code = refusalOf(answer);
      // Some orders are refused without a condition, before anybody looks at what they are by.
      const isRefused = code === 'FORBIDDEN' || (isHidden && code === 'INVALID_INPUT');
      t.equal(
        isRefused,
        isHidden,
        `${person.name}: ${typeOf(type).list}(${argument}): ${code ?? 'answered'}`,
      );
    }
  }
  t.ok(hidden > 0, `${hidden} of them are of hidden columns`);
});

t.test('every way to rows is known', async (t) => {
  t.strictSame(
    sorted(new Set(viewOf.values())),
    views.map(({ view }) => view),
    'a type for each table and view: what clients call it otherwise, its view says by @name',
  );
  t.strictSame(
    sorted(otherParents.keys()),
    sorted([...Object.keys(entrances), ...elsewhere]),
    'a function whose result leads to rows: add a call of it to `entrances`, or a mutation to `elsewhere`',
  );
  for (const [type, { rows, code }] of open) {
    t.equal(code, undefined, `${type} can be read in full`);
    // What all merchants share may be more.
    t.ok(rows.size < page || !isKnownById(typeOf(type).key), `${type} fits into a page`);
  }
  const dead = [...open.values()].flatMap(({ pairs }) => [...pairs].filter(([, found]) => found.size === 0));
  t.strictSame(
    sorted(dead.map(([{ parent, field }]) => `${parent}.${field}`)),
    [],
    'every relation leads to something',
  );
});

/** What the list gives to a person, by types. */
async function allowedTypes(person: Person, held: readonly string[]): Promise<Allowed> {
  const tables = await allowed(db.installer, scene, person, 'see', held);
  // The views over several tables are for the staff.
  const selections =
    person.role === 'member' ? await allowedInViews(db.installer, tables) : new Map<string, Set<string>>();
  return new Map(
    rowTypes.map(({ name }) => [
      name,
      tables.get(viewOf.get(name) ?? '') ?? selections.get(viewOf.get(name) ?? '') ?? new Set(),
    ]),
  );
}

/** The columns of a table that are hidden from the person. */
function hiddenColumns(view: string, { role, who }: Person, all: readonly string[]): string[] {
  if (role === 'member') return [];
  const fields = fieldRights
    .filter((line) => line.table === view && line.may === 'see' && line.who === who[0])
    .flatMap((line) => line.fields.split(' '));
  return fields[0] === 'everything' ? fields.slice(2) : all.filter((column) => !fields.includes(column));
}

/** Whether the list hides from the person the column by which one row leads to the other. */
function isCut(path: Path, person: Person): boolean {
  const pairs = [...(open.get(path.parent)?.pairs.get(path) ?? [])].map((pair) => pair.split(' '));
  const cut = (type: string, from: 0 | 1) => {
    const rows = contents.get(type);
    const [row] = rows?.values() ?? [];
    if (rows === undefined || row === undefined) return false;
    return hiddenColumns(viewOf.get(type) ?? '', person, Object.keys(row)).some(
      (column) =>
        pairs.length > 0 && pairs.every((pair) => rows.get(pair[from] ?? '')?.[column] === pair[1 - from]),
    );
  };
  return cut(path.parent, 0) || cut(path.child, 1);
}

/** Whether the list gives this kind of person anything of a type at all. */
const mayKnow = (type: string, { who }: Person): boolean =>
  rights.some(
    (line) =>
      line.table === viewOf.get(type) && line.may === 'see' && (who as readonly string[]).includes(line.who),
  );

/** The types of which a permission decides, those of the views over several tables among them. */
const decidedBy = (code: string): string[] =>
  rowTypes
    .map(({ name }) => name)
    .filter((name) => {
      const table = viewOf.get(name);
      return (
        !rights.some((line) => line.table === table) ||
        rights.some((line) => line.table === table && line.permissions.includes(code))
      );
    });

/** Reaches exactly what the list gives, by every path from and to these types. */
async function reachesWhatIsWritten(
  t: Test,
  person: Person,
  held: readonly string[],
  label: string,
  types?: string[],
): Promise<void> {
  await sessionOf(person, held);
  const ask = await clientOf(person);
  const may = await allowedTypes(person, held);
  for (const type of rowTypes) {
    const paths = type.paths.filter(
      (path) => types === undefined || types.includes(type.name) || types.includes(path.child),
    );
    const isAsked = types === undefined || types.includes(type.name);
    const expected = may.get(type.name);
    if (person.role === 'member') {
      if (!isAsked && paths.length === 0) continue;
      const seen = await look(ask, type, paths);
      t.equal(seen.code, undefined, `${label} may ask for ${type.list}`);
      checkRows(t, type, seen, expected, label);
      for (const path of paths) checkPairs(t, path, seen, may, label);
      continue;
    }
    const seen = await look(ask, type, []);
    t.equal(
      seen.code,
      mayKnow(type.name, person) ? undefined : 'FORBIDDEN',
      `${label} asks for ${type.list}`,
    );
    checkRows(t, type, seen, expected, label);
    // What is refused takes the whole answer with it, so that each path is asked by itself.
    for (const path of paths) {
      const alone = await look(ask, type, [path]);
      const isClosed = !mayKnow(type.name, person) || !mayKnow(path.child, person) || isCut(path, person);
      t.equal(
        alone.code,
        isClosed ? 'FORBIDDEN' : undefined,
        `${label} asks for ${path.parent}.${path.field}`,
      );
      if (!isClosed) checkPairs(t, path, alone, may, label);
    }
  }
}

function checkRows(
  t: Test,
  type: RowType,
  seen: Seen,
  expected: ReadonlySet<string> | undefined,
  label: string,
): void {
  const all = open.get(type.name)?.rows ?? new Set();
  t.strictSame(
    sorted(seen.rows),
    sorted(all).filter((key) => expected?.has(key)),
    `${label} reads ${type.list}`,
  );
}

function checkPairs(t: Test, path: Path, seen: Seen, may: Allowed, label: string): void {
  const all = open.get(path.parent)?.pairs.get(path) ?? new Set();
  const expected = sorted(all).filter((pair) => {
    const [parent = '', child = ''] = pair.split(' ');
    return may.get(path.parent)?.has(parent) && may.get(path.child)?.has(child);
  });
  t.strictSame(
    sorted(seen.pairs.get(path)),
    expected,
    `${label} reaches ${expected.length} rows by ${path.parent}.${path.field}`,
  );
}

t.test('relations, to a clerk', async (t) => {
  await reachesWhatIsWritten(t, clerk, [], 'a clerk without permissions');
  await reachesWhatIsWritten(t, clerk, permissions, 'a clerk with every permission');
  for (const code of permissions.filter((each) =>
    rights.some((line) => line.may === 'see' && line.permissions.includes(each)),
  )) {
    const types = process.env.LONG ? undefined : decidedBy(code);
    const others = permissions.filter((other) => other !== code);
    await reachesWhatIsWritten(t, clerk, [code], `a clerk to whom ${code} was given`, types);
    await reachesWhatIsWritten(t, clerk, others, `a clerk from whom ${code} was taken`, types);
  }
});

t.test('relations, to sellers, shoppers and visitors', async (t) => {
  await reachesWhatIsWritten(t, vendor, [], 'a seller');
  await reachesWhatIsWritten(t, ann, [], 'a shopper');
  await reachesWhatIsWritten(t, visitor, [], 'a visitor');
});

t.test('root fields that find one row by a key', async (t) => {
  /** Some rows of each kind that matters: one's own and others' of the merchant, and the other merchant's. */
  const some = ({ name }: RowType, may: Allowed): string[] => {
    const all = sorted(open.get(name)?.rows);
    const isOurs = (key: string) => contents.get(name)?.get(key)?.tenant_id === tenantId;
    const kinds = [
      all.filter((key) => may.get(name)?.has(key)),
      all.filter((key) => !may.get(name)?.has(key) && isOurs(key)),
      all.filter((key) => !may.get(name)?.has(key) && !isOurs(key)),
    ];
    return kinds.flatMap((keys) => keys.slice(0, 8));
  };
  for (const [person, held] of [
    [clerk, []],
    [clerk, permissions],
    [vendor, []],
    [ann, []],
    [visitor, []],
  ] as const) {
    await sessionOf(person, held);
    const ask = await clientOf(person);
    const may = await allowedTypes(person, held);
    for (const type of rowTypes.filter(({ key, finders }) => key[0] === 'rowId' && finders.length > 0)) {
      const label = `${person.name} with ${held.length} permissions`;
      for (const { field, args } of type.finders.filter(({ args }) => args.length === 1)) {
        const [arg = ''] = args;
        // What clients call a column is its name, for the columns that find a row.
        const column = arg.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
        const keys = some(type, may).filter((key) => contents.get(type.name)?.get(key)?.[column] != null);
        if (keys.length === 0) continue;
        const asked = keys.map((key, n) => {
          const value = JSON.stringify(contents.get(type.name)?.get(key)?.[column]);
          return `f${n}: ${field}(${arg}: ${value}) { id: rowId }`;
        });
        const answer = await ask(`{ ${asked.join(' ')} }`);
        const isClosed = !mayKnow(type.name, person) && person.role !== 'member';
        t.equal(refusalOf(answer), isClosed ? 'FORBIDDEN' : undefined, `${label} asks for ${field}`);
        if (isClosed) continue;
        t.strictSame(
          // Another merchant may have given the same number.
          keys.filter((key, n) => answer.data[`f${n}`]?.id === key),
          keys.filter((key) => may.get(type.name)?.has(key)),
          `${label} finds by ${field}(${arg}) what the list gives`,
        );
      }
    }
  }
});

t.test('rows that results of functions lead to', async (t) => {
  const reach = async (ask: Ask, call: string, path: Path): Promise<Set<string> | undefined> => {
    const answer = await ask(`{ found: ${call} { ${selection(path)} } }`);
    if (answer.errors !== undefined) return undefined;
    const rows: Row[] = answer.data.found
      .map((each: Row) => each[path.field])
      .filter((each: Row) => each !== null);
    return new Set(rows.map((row) => keyOf(typeOf(path.child), row)));
  };
  const sets = permissions.flatMap((code) => [[code], permissions.filter((other) => other !== code)]);
  for (const held of [permissions, [], ...sets]) {
    await sessionOf(clerk, held);
    const ask = await clientOf(clerk);
    const may = await allowedTypes(clerk, held);
    for (const [type, call] of Object.entries(entrances)) {
      for (const path of otherParents.get(type) ?? []) {
        const reached = await reach(ask, call, path);
        const beyond = sorted(reached).filter((key) => !may.get(path.child)?.has(key));
        t.strictSame(
          beyond,
          [],
          `${type}.${path.field} leads a clerk with ${held.length} permissions to nothing else`,
        );
        if (held === permissions) t.ok(reached?.size, `${type}.${path.field} leads to something`);
      }
    }
  }
  for (const person of [vendor, ann, visitor]) {
    const ask = await clientOf(person);
    const may = await allowedTypes(person, []);
    for (const path of otherParents.get('ProductMatch') ?? []) {
      const reached = await reach(ask, entrances.ProductMatch ?? '', path);
      t.ok(reached?.size, `${person.name} finds products`);
      t.strictSame(
        sorted(reached).filter((key) => !may.get(path.child)?.has(key)),
        [],
        'and nothing else',
      );
    }
  }
});

t.test('subscriptions, and what their events lead to', async (t) => {
  /** With all relations of the event's row that the person may ask for: one that is refused takes the row with it. */
  const queryOf = (root: string, field: string, type: string, person: Person) => {
    const paths = typeOf(type).paths.filter(
      (path) => person.role === 'member' || (mayKnow(path.child, person) && !isCut(path, person)),
    );
    return `subscription { ${root} { ${field} { id: rowId rowId ${paths.map(selection).join(' ')} } } }`;
  };
  const { rows: identities } = await db.installer.query<{ user: string; account: string; type: string }>(
    `select i.external_user_id as user, c.external_account_id as account, c.channel_type as type
       from commerce.customer_identity as i join commerce.channel as c on c.id = i.channel_id
      where i.external_user_id in ('ann', 'ben')
      union all
     select * from (select 'stranger', external_account_id, channel_type from commerce.channel
                     where tenant_id = '${scene.otherTenantId}' and is_active order by id limit 1) as other`,
  );
  let round = 0;
  const { rows: orders } = await db.installer.query<{ id: string; tenant: string }>(
    `select id, tenant_id as tenant from commerce.orders where id = any ($1)
      union all (select id, tenant_id from commerce.orders where tenant_id = $2 order by id limit 1)`,
    [[scene.sale.order, scene.otherSale.order], scene.otherTenantId],
  );

  /** A message to each and a change of each order: of one's own, of another person, of another merchant. */
  async function happen(): Promise<{ Message: string[]; OrderStatusChange: string[] }> {
    round += 1;
    const messages: string[] = [];
    for (const { user, account, type } of identities) {
      const { rows } = await asWorker(db, (worker) =>
        worker.query<{ message_id: string }>(
          'select message_id from internal.receive_message($1, $2, $3, $4, $5)',
          [type, account, user, `wamid.${user}.${round}`, 'a message'],
        ),
      );
      messages.push(rows[0]?.message_id ?? '');
    }
    const { rows: changes } = await db.installer.query<{ id: string }>(
      `insert into commerce.order_status_history (tenant_id, order_id, customer_id, seller_id, field, from_value, to_value)
       select tenant_id, id, customer_id, seller_id, 'status', 'confirmed', 'processing' from commerce.orders where id = any ($1)
       returning id`,
      [orders.map(({ id }) => id)],
    );
    return { Message: messages, OrderStatusChange: changes.map(({ id }) => id) };
  }
  t.equal(identities.length, 3, 'messages of one, of another person and of another merchant');
  t.equal(orders.length, 3, 'and orders');

  const told = ['conversations.read', 'orders.read'];
  const rounds: [Person, readonly string[]][] = [
    [clerk, []],
    [clerk, permissions],
    ...told.flatMap((code): [Person, readonly string[]][] => [
      [clerk, [code]],
      [clerk, permissions.filter((other) => other !== code)],
    ]),
    [vendor, []],
    [ann, []],
  ];
  for (const [person, held] of rounds) {
    const label = `${person.name} with ${held.length} permissions`;
    await sessionOf(person, held);
    const connection = connect(server.url, await tokenOf(person));
    const streams: [string, Stream][] = [
      ['Message', connection.subscribe(queryOf('messageAdded', 'message', 'Message', person))],
      [
        'OrderStatusChange',
        connection.subscribe(queryOf('orderChanged', 'change', 'OrderStatusChange', person)),
      ],
    ];
    t.ok(await eventually(async () => (await countAsleep(db)) === streams.length), `${label} waits`);
    const isTold = new Set<string>();
    const happened = await happen();
    const may = await allowedTypes(person, held);
    for (const [type, stream] of streams) {
      const rowOf = (event: Row) => event.message ?? event.change;
      const all = happened[type as keyof typeof happened];
      const expected = all.filter((id) => may.get(type)?.has(id));
      await eventually(() => stream.events.length >= expected.length, 5_000);
      // An event that must not come has as long to come as the others took, and a little more.
      await new Promise((resolve) => setTimeout(resolve, 300));
      t.strictSame(stream.errors, [], `${label} may subscribe`);
      const events = stream.events.map(rowOf).filter((row) => row !== null && all.includes(row.id));
      t.strictSame(
        sorted(events.map(({ id }) => id)),
        sorted(expected),
        `${label} hears of ${expected.length} of ${type}`,
      );
      for (const path of typeOf(type).paths) {
        const reached = events.flatMap((row) =>
          path.isList ? (row[path.field]?.nodes ?? []) : [row[path.field]].filter((each) => each != null),
        );
        const beyond = reached
          .map((row) => keyOf(typeOf(path.child), row))
          .filter((key) => !may.get(path.child)?.has(key));
        t.strictSame(beyond, [], `${label} gets no further by ${type}.${path.field}`);
        if (reached.length > 0) isTold.add(path.field);
      }
    }
    if (held === permissions)
      t.ok(isTold.has('thread') && isTold.has('order'), 'events lead to their thread and order');
    await connection.close();
    t.ok(await eventually(async () => (await countAsleep(db)) === 0));
  }
});
