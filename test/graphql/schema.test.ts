import '../../src/graphql/environment.ts';
import { readFile } from 'node:fs/promises';
import {
  buildSchema,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isObjectType,
} from 'postgraphile/graphql';
import t from 'tap';
import { readClosedSets, typeName } from '../../src/model/closed-set-names.ts';
import { camelCase } from '../../src/model/spelling.ts';
import { createTestDatabase } from '../support/database.ts';

/** The committed schema, read once through with the eyes of somebody who writes a client. */
const text = await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8');
const schema = buildSchema(text);
const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));

type Member = { path: string; field: GraphQLField<unknown, unknown> | GraphQLInputField };
const members: Member[] = types
  .filter((type) => isObjectType(type) || isInputObjectType(type))
  .flatMap((type) =>
    Object.values(type.getFields()).map((field) => ({ path: `${type.name}.${field.name}`, field })),
  );
const argumentsOf = ({ field }: Member) => ('args' in field ? field.args : []);

const db = await createTestDatabase(t, { template: 'empty' });
const clients = ['commerce_member', 'commerce_buyer', 'commerce_anonymous'];

t.test('everything is described', async (t) => {
  const undescribed = [
    ...types.filter(({ description }) => !description).map(({ name }) => name),
    ...members.flatMap((member) => [
      ...(member.field.description ? [] : [member.path]),
      ...argumentsOf(member)
        .filter(({ name, description }) => !description && name !== 'input')
        .map(({ name }) => `${member.path}(${name})`),
    ]),
  ];
  t.same(undescribed, []);
  const values = types.flatMap((type) => (isEnumType(type) ? type.getValues() : []));
  t.ok(values.length > 600, `${values.length} values of enums`);
  t.same(
    values.filter(({ description }) => !description).map(({ name }) => name),
    [],
  );

  const names = new Set([...types, ...members.map(({ field }) => field)].map(({ name }) => name));
  const texts = [...types, ...members.flatMap((member) => [member.field, ...argumentsOf(member)])];
  const words = texts.flatMap(({ description }) => description?.match(/\b[a-z]+(_[a-z]+)+\b/g) ?? []);
  t.same(
    words.filter((word) => names.has(camelCase(word))),
    [],
    "in the schema's own words",
  );
});

t.test('no text stands at two fields of one type, nor at a row and at what leads to it', (t) => {
  const repeated = types
    .filter((type) => isObjectType(type) || isInputObjectType(type))
    .flatMap((type) => {
      const fields = Object.values(type.getFields());
      const rivals = fields.filter(({ name, description }) =>
        fields.some((other) => other.name !== name && other.description === description),
      );
      const leafOf = ({ type: of }: (typeof fields)[number]): GraphQLNamedType =>
        getNamedType(of as GraphQLType);
      const echoes = fields.filter((field) => leafOf(field).description === field.description);
      // A list of the root is the rows themselves; a value of a closed set is what the set is.
      const isEcho = (field: (typeof fields)[number]) => type.name !== 'Query' && isObjectType(leafOf(field));
      return [...rivals, ...echoes.filter(isEcho)].map(({ name }) => `${type.name}.${name}`);
    });
  t.same(repeated, []);
  t.end();
});

t.test('names of one kind, and nothing of the database that is not for clients', async (t) => {
  const names = [
    ...members.map(({ path }) => path),
    ...members.flatMap((member) => argumentsOf(member).map(({ name }) => `${member.path}(${name})`)),
  ];
  const odd =
    /_|clientMutationId|nodeId|Histories|Metas\b|Infos\b|(\w{4,})\1|[a-z]By[A-Z]\w+And|Opens\b|Datas\b/;
  t.same(
    names.filter((name) => odd.test(name.replace(/^\w+\./, ''))),
    [],
  );
  const secret =
    /secret|token|hash|cipher|password|envelope|internal|isDeleted|authSubject|idempotencyKeys|searchVector/i;
  t.same(
    [...names, ...types.map(({ name }) => name)].filter(
      (name) =>
        secret.test(name) &&
        !/idempotencyKey$|^StorefrontTheme\w*\.tokens$|TeamInvite(Input)?\.token$/.test(name),
    ),
    [],
  );
  // Which tenants a person may ask a token for, and which one the token names.
  t.same(
    names.filter((name) => /tenantId/i.test(name)),
    ['Me.tenantId', 'Membership.tenantId', 'MyTenant.tenantId'],
  );
  t.notMatch(text, /\bSC[A-Z]{3}\b/, 'errors are named by the codes that clients get');
  t.notMatch(text, /\bp_\w+|@[a-z]\w+ /, 'tags are not shown');
  t.notMatch(text, /exclusive input argument|Reads a single|Reads and enables|Checks for equality|of our `/);
});

t.test('closed sets are enums, in columns, arguments and results', async (t) => {
  const client = await db.installer.connect();
  t.teardown(() => client.release());
  const sets = await readClosedSets(client);
  const { rows } = await client.query<{ home: string; name: string }>(
    `select 'commerce.' || v.relname || '.' || a.attname as home, a.attname as name
       from pg_class as v
       join pg_attribute as a on a.attrelid = v.oid and a.attnum > 0
      where v.relnamespace = 'api'::regnamespace and v.relkind = 'v'`,
  );
  const inSets = rows.filter(({ home }) => sets.some(({ columns }) => columns.includes(home)));
  t.ok(inSets.length > 40);
  for (const { home, name } of inSets) {
    const set = sets.find(({ columns }) => columns.includes(home));
    const wanted = set === undefined ? '' : typeName(set);
    t.ok(
      members.some(
        ({ path, field }) => path.endsWith(`.${camelCase(name)}`) && getNamedType(field.type).name === wanted,
      ),
      `${home} is ${wanted}`,
    );
  }
  // What is an enum in every row is no text elsewhere either.
  const isRow = (path: string) => schema.getType(path.replace(/\..*/, 'Connection')) !== undefined;
  const named = (type: 'String' | 'enum') =>
    members
      .filter(({ path }) => isRow(path))
      .filter(({ field }) => {
        const leaf = getNamedType(field.type);
        return type === 'enum' ? isEnumType(leaf) : leaf.name === type;
      })
      .map(({ field }) => field.name);
  const texts = new Set(named('String'));
  const enums = new Set(named('enum').filter((name) => !texts.has(name)));
  t.ok(enums.size > 20);
  const written = [
    ...members,
    ...members.flatMap((member) =>
      argumentsOf(member).map((field) => ({ path: `${member.path}.${field.name}`, field })),
    ),
  ]
    .filter(({ field }) => enums.has(field.name) && getNamedType(field.type).name === 'String')
    .map(({ path }) => path);
  // The name of a field of the input; the status of a change, a payment, a refund, a return or a message.
  t.same(written, ['ImportResult.field', 'MoneyToSettleRow.kind', 'TimelineEntry.status']);
  // A text that a function checks against a set would be refused at run time only.
  const { rows: checked } = await client.query<{ name: string; argument: string }>(
    `select p.proname as name, m[1] as argument
       from pg_proc as p, regexp_matches(p.prosrc, '(?:require_in_set|set_fault)\\(\\s*''[^'']*'',\\s*p_(\\w+)', 'g') as m
      where p.pronamespace = 'api'::regnamespace`,
  );
  t.ok(checked.length > 10);
  for (const { name, argument } of checked) {
    const input = schema.getType(`${camelCase(`_${name}`)}Input`);
    if (!isInputObjectType(input)) continue;
    const type = input.getFields()[camelCase(argument)]?.type;
    t.ok(type && isEnumType(getNamedType(type)), `${name}(${argument})`);
  }
});

/**
 * For the application's own server, not for browsers: what they take or give is encrypted or signed by it. The first
 * is what the subscription messageChanged asks, the last a step of undo_change.
 */
const forServers = [
  'message_changes',
  'open_kyc_document',
  'reveal_kyc_info',
  'save_kyc_info',
  'save_payment_method',
  'values_before',
];

t.test('every function that a client may call is a query, a mutation or a field', async (t) => {
  const { rows } = await db.installer.query<{ name: string; field: string | null }>(
    `select p.proname as name, substring(obj_description(p.oid, 'pg_proc') from '@field \\w+\\.(\\w+)') as field
       from pg_proc as p
      where p.pronamespace = 'api'::regnamespace and p.prorettype <> 'trigger'::regtype
        and exists (select from unnest($1::text[]) as r where has_function_privilege(r, p.oid, 'execute'))`,
    [clients],
  );
  t.ok(rows.length > 50);
  const roots = { ...schema.getQueryType()?.getFields(), ...schema.getMutationType()?.getFields() };
  const missing = rows
    .filter(({ name, field }) =>
      field === null
        ? roots[camelCase(name)] === undefined
        : !members.some(({ path }) => path.endsWith(`.${camelCase(field)}`)),
    )
    .map(({ name }) => name);
  t.same(missing.sort(), forServers);
});

t.test('what can be written is what a client is granted, and no state', async (t) => {
  const { rows } = await db.installer.query<{
    view: string;
    column: string;
    insert: boolean;
    update: boolean;
  }>(
    `select v.relname as view, a.attname as column,
            exists (select from unnest($1::text[]) as r where has_column_privilege(r, v.oid, a.attnum, 'insert')) as insert,
            exists (select from unnest($1::text[]) as r where has_column_privilege(r, v.oid, a.attnum, 'update')) as update
       from pg_class as v
       join pg_attribute as a on a.attrelid = v.oid and a.attnum > 0
      where v.relnamespace = 'api'::regnamespace and v.relkind = 'v'`,
    [clients],
  );
  const granted = (kind: 'insert' | 'update') =>
    rows
      .filter((row) => row[kind] && row.column !== 'is_deleted')
      .map(({ column }) => camelCase(column))
      .sort();
  const inputs = (suffix: string) =>
    types
      .filter((type) => isInputObjectType(type))
      .filter(({ name }) => types.some((type) => `${type.name}${suffix}` === name && isObjectType(type)))
      .flatMap((type) => Object.keys(type.getFields()))
      .sort();
  t.same(inputs('Input'), granted('insert'), 'in every createX');
  t.same(inputs('Patch'), granted('update'), 'in every updateX');

  const states =
    /^(id|createdAt|updatedAt|status|paymentStatus|inventoryCount|totalAmount|paidAmount|isVerified|role|permissions)$/;
  t.same(
    [...inputs('Input'), ...inputs('Patch')].filter((name) => states.test(name)),
    [],
  );
  for (const type of types) {
    if (!type.name.endsWith('Patch') || !isInputObjectType(type)) continue;
    const row = schema.getType(type.name.replace(/Patch$/, ''));
    const isVersioned = isObjectType(row) && row.getFields().version !== undefined;
    if (isVersioned) t.equal(String(type.getFields().version?.type), 'Int!', type.name);
  }
});
