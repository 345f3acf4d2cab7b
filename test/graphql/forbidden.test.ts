import { readFile } from 'node:fs/promises';
import {
  buildSchema,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLObjectType,
  getNamedType,
  isEnumType,
  isInputObjectType,
} from 'postgraphile/graphql';
import t from 'tap';
import { signToken } from '../../src/operations/token.ts';
import { rights, type Who } from '../rights/rights.ts';
import { literalOf, sampleOf } from './samples.ts';
import { type Answer, type Ask, bearer, client, jwtSecret, setStage } from './support.ts';

/**
 * Who may not do something is told which right is missing: for every mutation of a row, and for every condition and order by
 * a column. What the rights are is in the list that is written by hand (test/rights/rights.md), and in the grants.
 */
const schema = buildSchema(await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8'));
const { db, server, ours, theirs } = await setStage(t);

const as = async (role: 'member' | 'buyer' | 'anonymous', subject?: string): Promise<Ask> =>
  client(server.url, bearer(await signToken({ role, tenantId: ours.tenantId, subject }, jwtSecret, '1h')));
const viewer = await as('member', 'demo-viewer-1');
const buyer = await as('buyer', 'demo-buyer-1');
const visitor = await as('anonymous');

const told = ({ errors = [] }: Answer) => {
  const [error] = errors;
  const extensions: Record<string, unknown> = error?.extensions ?? {};
  const { code = 'none', field = null, permission = null } = extensions;
  return { code, field, permission, path: error?.path };
};

/** The table of a type; of most the name says it. */
const findTable = (type: string): string | undefined => {
  const name = type.replace(/(?<!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
  const tables = new Set(rights.map(({ table }) => table));
  return [name, `${name}s`, `${name}_book`].find((each) => tables.has(each));
};

const tableOf = (type: string): string => {
  const table = findTable(type);
  if (table === undefined) throw new Error(`rights.md has no table for ${type}`);
  return table;
};

const nobody = '00000000-0000-4000-8000-000000000000';
const { rows: themes } = await db.installer.query<{ id: string }>(
  `select theme_id as id from commerce.storefront where tenant_id = $1`,
  [ours.tenantId],
);
/** A new row of each type that staff may add, of which nothing is wrong. */
const newRows: Record<string, object> = {
  Customer: { displayName: 'New' },
  Discount: { code: 'NEW', rate: '0.1' },
  NotificationPreference: { notificationType: 'marketing' },
  Product: { sellerId: nobody, name: 'New', price: '1', currencyCode: 'NGN' },
  SellerProfile: { userId: nobody, businessName: 'New', slug: 'new' },
  StorefrontAsset: { fileName: 'a.png', fileType: 'image', url: 'https://files.example/a.png' },
  StorefrontBanner: { storefrontId: nobody, title: 'New' },
  StorefrontDraft: { storefrontId: nobody, themeId: themes[0]?.id, name: 'New' },
  StorefrontTheme: { name: 'New' },
};

type Mutation = {
  name: string;
  type: string;
  table: string;
  may: 'add' | 'change' | 'remove';
  input: string;
};
const verbs = { create: 'add', update: 'change', delete: 'remove' } as const;

/** The mutations that write one row of a view; others are functions. */
const mutations: Mutation[] = Object.values(schema.getMutationType()?.getFields() ?? {}).flatMap(
  ({ name, args }) => {
    const [, verb, type = ''] = /^(create|update|delete)(\w+)$/.exec(name) ?? [];
    const input = getNamedType(args[0]?.type) as GraphQLInputObjectType | undefined;
    const own = Object.keys(input?.getFields() ?? {}).join();
    const row = type.charAt(0).toLowerCase() + type.slice(1);
    if (input === undefined || ![row, 'patch,rowId', 'rowId,version', 'rowId'].includes(own)) return [];
    return [{ name, type, table: tableOf(type), may: verbs[verb as keyof typeof verbs], input: input.name }];
  },
);

type Row = { id: string; version: number | null };

/** A row of one of the merchants, or of nobody. */
async function rowOf({ table }: Mutation, tenantId: string | null): Promise<Row> {
  const { rows } = await db.installer.query<Row>(
    `select t.id, (to_jsonb(t) ->> 'version')::integer as version from commerce.${table} as t
      where $1::uuid is null or ${table === 'tenant' ? 'id' : 'tenant_id'} = $1
      order by (to_jsonb(t) ->> 'is_deleted')::boolean, t.id limit 1`,
    [tenantId],
  );
  const [row] = rows;
  if (row === undefined) throw new Error(`there is no row of ${table}`);
  return tenantId === null ? { ...row, id: nobody } : row;
}

/** The input of a mutation of a row. */
function inputOf({ type, may }: Mutation, { id: rowId, version }: Row): object {
  if (may === 'add') {
    const row = newRows[type];
    if (row === undefined) throw new Error(`there is no new ${type}`);
    return { [type.charAt(0).toLowerCase() + type.slice(1)]: row };
  }
  if (may === 'remove') return { rowId, ...(version !== null && { version }) };
  return { rowId, patch: version === null ? { emailEnabled: true } : { version } };
}

const send = (ask: Ask, mutation: Mutation, row: Row) =>
  ask(`mutation ($input: ${mutation.input}!) { ${mutation.name}(input: $input) { __typename } }`, {
    input: inputOf(mutation, row),
  });

const mayAtAll = (who: Who, { table, may }: Mutation) =>
  rights.some((line) => line.table === table && line.may === may && line.who === who);

t.test('a mutation that a kind of person has no right to names who has', async (t) => {
  t.ok(mutations.length > 35, `${mutations.length} mutations of rows`);
  let refused = 0;
  for (const mutation of mutations) {
    const kinds = [
      ['shopper', buyer],
      ['visitor', visitor],
      ['staff', ours.ask],
    ] as const;
    const permission = [
      ...(mayAtAll('staff', mutation) || mayAtAll('seller', mutation) ? ['member'] : []),
      ...(mayAtAll('shopper', mutation) ? ['buyer'] : []),
    ].join(' or ');
    for (const [who, ask] of kinds) {
      const isFor = mayAtAll(who, mutation) || (who === 'staff' && mayAtAll('seller', mutation));
      if (isFor) continue;
      refused += 1;
      const { name } = mutation;
      t.same(
        told(await send(ask, mutation, await rowOf(mutation, null))),
        { code: 'FORBIDDEN', field: name, permission, path: [name] },
        `${name} of a ${who}`,
      );
    }
  }
  t.ok(refused > 60, `${refused} refused`);
});

t.test('a mutation that a member lacks a permission for names the permission', async (t) => {
  const { rows } = await db.installer.query<{ code: string }>(
    `select permission_code as code from commerce.role_permission where role = 'viewer'`,
  );
  const held = rows.map(({ code }) => code);
  let refused = 0;
  for (const mutation of mutations) {
    const { name, table, may } = mutation;
    const lines = rights.filter((line) => line.table === table && line.may === may && line.who === 'staff');
    const needed = lines.flatMap(({ permissions }) => permissions);
    const isOpen = lines.length === 0 || lines.some(({ permissions }) => permissions.length === 0);
    if (isOpen || needed.some((code) => held.includes(code))) continue;
    // One's own user and profile are everybody's to change, so that another's is as none.
    if (table === 'users' || (table === 'seller_profile' && may === 'change')) continue;
    const row = may === 'add' ? { id: nobody, version: null } : await rowOf(mutation, ours.tenantId);
    refused += 1;
    const { code, permission } = told(await send(viewer, mutation, row));
    // Who may not see a row is told of none.
    const isSeen = rights.some(
      (line) =>
        line.table === table &&
        line.may === 'see' &&
        line.who === 'staff' &&
        (line.permissions.length === 0 || line.permissions.some((each) => held.includes(each))),
    );
    if (may === 'remove' && !isSeen) t.equal(code, 'NOT_FOUND', `${name}`);
    else {
      t.equal(code, 'FORBIDDEN', `${name}`);
      t.ok(needed.includes(String(permission)), `${name}: ${permission}`);
    }
  }
  t.ok(refused > 20, `${refused} refused`);
});

t.test('what is not there is named by the id, and another merchant’s is not there', async (t) => {
  for (const mutation of mutations.filter(({ may }) => may !== 'add')) {
    const { name } = mutation;
    const isOfStaff = mayAtAll('staff', mutation) || mayAtAll('seller', mutation);
    const who = isOfStaff ? [ours.ask, viewer] : [buyer];
    for (const ask of who) {
      const none = await send(ask, mutation, await rowOf(mutation, null));
      const other = await send(ask, mutation, await rowOf(mutation, theirs.tenantId));
      t.same(told(other), told(none), name);
      if (ask !== viewer) {
        t.same(told(none), { code: 'NOT_FOUND', field: 'rowId', permission: null, path: [name] }, name);
      }
    }
  }
});

/** The lists of the root, with the type of their rows. */
const lists = Object.values(schema.getQueryType()?.getFields() ?? {}).filter(({ type }) =>
  getNamedType(type).name.endsWith('Connection'),
);
const rowType = ({ type }: GraphQLField<unknown, unknown>): string => {
  const connection = getNamedType(type) as GraphQLObjectType;
  return `${connection.getFields().nodes?.type}`.replace(/\W/g, '');
};

/** The columns of the views that a role may not read. */
async function hidden(role: string): Promise<Set<string>> {
  const { rows } = await db.installer.query<{ name: string }>(
    `select v.relname || '.' || a.attname as name
       from pg_class as v
       join pg_attribute as a on a.attrelid = v.oid and a.attnum > 0
      where v.relnamespace = 'api'::regnamespace and v.relkind = 'v'
        and has_any_column_privilege($1, v.oid, 'select') and not has_column_privilege($1, v.oid, a.attnum, 'select')`,
    [role],
  );
  return new Set(rows.map(({ name }) => name));
}

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

t.test('a condition and an order by a column that is not shown name it', async (t) => {
  const notShown = await hidden('commerce_buyer');
  let refused = 0;
  for (const list of lists) {
    const condition = getNamedType(list.args.find(({ name }) => name === 'condition')?.type);
    const orderBy = getNamedType(list.args.find(({ name }) => name === 'orderBy')?.type);
    const table = findTable(rowType(list));
    const isHidden = (field: string) => notShown.has(`${table}.${snake(field)}`);
    const asked: [field: string, args: string][] = [
      ...(isInputObjectType(condition) ? Object.values(condition.getFields()) : []).map(
        ({ name, type }): [string, string] => [
          name,
          `condition: { ${name}: ${literalOf(sampleOf(type), type)} }`,
        ],
      ),
      ...(isEnumType(orderBy) ? orderBy.getValues() : []).map(({ name }): [string, string] => [
        name
          .replace(/_(ASC|DESC)$/, '')
          .toLowerCase()
          .replace(/_(\w)/g, (_, letter) => letter.toUpperCase()),
        `orderBy: ${name}`,
      ]),
    ];
    for (const [field, args] of asked.filter(([field]) => isHidden(field))) {
      refused += 1;
      const answer = await buyer(`{ ${list.name}(first: 1, ${args}) { nodes { __typename } } }`);
      const { code, permission, field: named } = told(answer);
      t.same(
        { code, permission, named },
        { code: 'FORBIDDEN', permission: 'member', named: field },
        `${list.name} ${args}`,
      );
    }
  }
  t.ok(refused > 10, `${refused} refused`);
});
