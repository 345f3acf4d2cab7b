import { readFile } from 'node:fs/promises';
import {
  buildSchema,
  type GraphQLArgument,
  type GraphQLInputField,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isRequiredArgument,
} from 'postgraphile/graphql';
import t from 'tap';
import { literalOf, sampleOf } from './samples.ts';
import { setStage } from './support.ts';

/**
 * What every field of the root refuses, as a variable and written into the query: a malformed value, an unknown
 * value of a closed set, a page that is too small or too large, a broken cursor, and a missing argument. Which fields
 * and arguments there are is read from the schema; what each gets is written here.
 */
const schema = buildSchema(await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8'));
const { ours } = await setStage(t);

/** Refused before anything runs, because it is no value of its type at all. */
const malformed: Record<string, unknown> = {
  UUID: 'not-a-uuid',
  Date: '2026-02-30',
  Datetime: '2026-11-29T25:00:00Z',
  Int: 1.5,
  Decimal: 'much',
  Boolean: 'perhaps',
};
/** What the argument is refused for although it is a value of its type: a page, and where it begins or ends. */
const outOfBounds: Record<string, unknown[]> = {
  first: [-1, 1_000_000],
  offset: [-1, 1_000_000],
  after: ['broken', 'bm90IGEgY3Vyc29y'],
  before: ['broken'],
};
/** An id is checked where it is read: it may name a row of another type. */
const wrongIds = ['x', 'Nobody|00000000-0000-4000-8000-000000000000'];
/** Whose key may be any text. */
const keyedByText = ['currency', 'permission', 'subscriptionPlan'];
/** What the schema cannot say: without it the search is refused for that alone. */
const neededAsWell: Record<string, string> = { searchMessages: 'query' };

/** `node` has null for what is nobody's id, as Relay wants it. */
const fields = Object.values(schema.getQueryType()?.getFields() ?? {}).filter(
  ({ name, args }) => args.length > 0 && name !== 'node',
);

let malformedCount = 0;
let sets = 0;
let bounds = 0;
let missing = 0;

for (const { name, args, type } of fields) {
  t.test(name, async (t) => {
    const selection = isLeafType(getNamedType(type)) ? '' : '{ __typename }';
    const needed = args.filter((arg) => isRequiredArgument(arg) || arg.name === neededAsWell[name]);

    /** Asks with one argument, given as a variable and as a literal, and the needed others as they should be. */
    const refuses = async (
      arg: GraphQLArgument,
      inner: GraphQLInputField | undefined,
      value: unknown,
      code: string,
      field: string,
    ) => {
      const others = needed.filter((each) => each !== arg);
      const variables = Object.fromEntries(others.map((each) => [each.name, sampleOf(each.type)]));
      const declared = others.map((each) => `$${each.name}: ${each.type}`);
      const passed = others.map((each) => `${each.name}: $${each.name}`);
      const literal = literalOf(value, (inner ?? arg).type);
      const given = inner === undefined ? value : { [inner.name]: value };
      const asked: [string, Record<string, unknown>][] = [
        [
          `query (${[...declared, `$${arg.name}: ${arg.type}`]}) {
            ${name}(${[...passed, `${arg.name}: $${arg.name}`]}) ${selection}
          }`,
          { ...variables, [arg.name]: given },
        ],
        [
          `query ${declared.length > 0 ? `(${declared})` : ''} {
            ${name}(${[...passed, `${arg.name}: ${inner === undefined ? literal : `{ ${inner.name}: ${literal} }`}`]}) ${selection}
          }`,
          variables,
        ],
      ];
      for (const [query, variables] of asked) {
        const { errors = [] } = await ours.ask(query, variables);
        const [error] = errors;
        t.same(
          [error?.extensions.code, error?.extensions.field],
          [code, field],
          `${query} ${JSON.stringify(variables)}: ${error?.message}`,
        );
      }
    };

    /** What is wrong with one argument, or with one key of it. */
    const tryWrong = async (arg: GraphQLArgument, inner?: GraphQLInputField) => {
      const { name: own, type } = inner ?? arg;
      const named = getNamedType(type);
      const isList = isListType(getNullableType(type));
      const value = isEnumType(named) ? 'unheard_of' : malformed[named.name];
      if (value === undefined) return;
      if (isEnumType(named)) sets += 1;
      else malformedCount += 1;
      await refuses(arg, inner, isList ? [value] : value, 'INVALID_QUERY', isList ? `${own}[0]` : own);
    };

    for (const arg of args) {
      const input = getNamedType(arg.type);
      if (isInputObjectType(input)) {
        for (const inner of Object.values(input.getFields())) await tryWrong(arg, inner);
        continue;
      }
      await tryWrong(arg);
      const ids = wrongIds.filter((id) => id.includes('|') || !keyedByText.includes(name));
      const wrong = input.name === 'ID' ? ids : outOfBounds[arg.name];
      for (const value of wrong ?? []) {
        bounds += 1;
        await refuses(arg, undefined, value, 'INVALID_INPUT', arg.name);
      }
    }

    for (const arg of needed.filter(isRequiredArgument)) {
      missing += 1;
      const others = needed.filter((each) => each !== arg);
      const given = others.map((each) => `${each.name}: ${literalOf(sampleOf(each.type), each.type)}`);
      const left = await ours.ask(`{ ${name}${given.length > 0 ? `(${given})` : ''} ${selection} }`);
      const query = `query ($${arg.name}: ${arg.type}) {
        ${name}(${[...given, `${arg.name}: $${arg.name}`]}) ${selection}
      }`;
      for (const answer of [left, await ours.ask(query), await ours.ask(query, { [arg.name]: null })]) {
        const [error] = answer.errors ?? [];
        t.same(
          [error?.extensions.code, error?.extensions.field],
          ['INVALID_QUERY', arg.name],
          `${error?.message}`,
        );
      }
    }
  });
}

/** Where a page of the list ends, ordered in its first and its last order. */
const lists = fields.filter(({ args }) => args.some(({ name }) => name === 'orderBy'));

t.test('a cursor of another list, or of the same list in another order', async (t) => {
  const ends: string[] = [];
  for (const { name } of lists) {
    const { data } = await ours.ask(`{ ${name}(first: 1) { pageInfo { endCursor } } }`);
    ends.push(data?.[name]?.pageInfo.endCursor ?? null);
  }
  let foreign = 0;
  for (const [index, { name }] of lists.entries()) {
    const other = ends.find((end, n) => n > index && end !== null) ?? ends.find((end) => end !== null);
    if (ends[index] === other) continue;
    foreign += 1;
    const query = `query ($after: Cursor) { ${name}(first: 1, after: $after) { nodes { __typename } } }`;
    const [error] = (await ours.ask(query, { after: other })).errors ?? [];
    t.same(
      [error?.extensions.code, error?.extensions.field, error?.message],
      ['INVALID_INPUT', 'after', 'after must be a cursor of the same list'],
      name,
    );
  }
  t.ok(foreign > 30, `${foreign} of another list`);
  const { data } = await ours.ask('{ orders(first: 1, orderBy: LISTED_AT_DESC) { pageInfo { endCursor } } }');
  for (const order of ['ID_DESC', 'ID_ASC', 'ORDER_NUMBER_DESC']) {
    const answer = await ours.ask(
      `query ($after: Cursor) { orders(first: 1, orderBy: ${order}, after: $after) { nodes { id } } }`,
      { after: data.orders.pageInfo.endCursor },
    );
    t.match(answer.errors, [{ extensions: { code: 'INVALID_INPUT', field: 'after' } }], order);
  }
});

t.test('half of a character is named, wherever it stands in the variables', async (t) => {
  const half = 'half \ud83d';
  const asked: [query: string, variables: Record<string, unknown>, field: string][] = [
    ['query ($q: String) { searchProducts(query: $q, first: 1) { cursor } }', { q: half }, 'q'],
    [
      'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { __typename } }',
      { input: { customer: { displayName: 'whole', metadata: { list: ['👍', half] } } } },
      'customer.metadata.list[1]',
    ],
  ];
  for (const [query, variables, field] of asked) {
    const { errors } = await ours.ask(query, variables);
    t.match(errors, [
      { message: `${field} has half of a character in it`, extensions: { code: 'INVALID_INPUT', field } },
    ]);
  }
  const whole =
    'mutation ($n: String) { createCustomer(input: { customer: { displayName: $n } }) { customer { displayName } } }';
  t.match((await ours.ask(whole, { n: '👍' })).data, { createCustomer: { customer: { displayName: '👍' } } });
});

t.test('each of many faults that are written into a query is named', async (t) => {
  const asked = Array.from(
    { length: 29 },
    (_, n) => `a${n}: order(id: ${n % 2 ? 'true' : '{ a: 1 }'}) { id }`,
  );
  const { errors = [] } = await ours.ask(`{ ${asked.join(' ')} }`);
  t.equal(errors.length, 29);
  for (const { extensions } of errors) t.match(extensions, { code: 'INVALID_QUERY', field: 'id' });
});

t.test('there was something to refuse', async (t) => {
  t.ok(
    malformedCount > 300 && sets > 100 && bounds > 300 && missing > 50,
    `${malformedCount} malformed, ${sets} of closed sets, ${bounds} out of bounds, ${missing} missing`,
  );
});
