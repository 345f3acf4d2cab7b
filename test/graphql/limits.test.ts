import { readFile } from 'node:fs/promises';
import { buildSchema, getNamedType, isEnumType, isObjectType } from 'postgraphile/graphql';
import t from 'tap';
import { examples } from '../../src/graphql/examples.ts';
import { limits } from '../../src/graphql/limits.ts';
import { startServer } from '../../src/graphql/server.ts';
import { camelCase } from '../../src/model/spelling.ts';
import { signToken } from '../../src/operations/token.ts';
import { bearer, client, codeOf, getIntrospectionQuery, jwtSecret, setStage } from './support.ts';

/** How much one request may ask for, and what the schema shows. */
const { db, server, ours } = await setStage(t);
const { ask } = ours;

t.test('pages have an end', async (t) => {
  await db.installer.query(
    `insert into commerce.customer (tenant_id, display_name)
     select $1, 'Customer ' || n from generate_series(1, 150) as n`,
    [ours.tenantId],
  );
  const count = async (args: string, variables = {}) =>
    (
      await ask(
        `query ($n: Int) { customers${args} { nodes { id } pageInfo { hasNextPage endCursor } } }`,
        variables,
      )
    ).data?.customers?.nodes.length;
  t.equal(await count('(offset: $n)', { n: 0 }), 50);
  t.equal(await count('(first: $n)', { n: null }), 50);
  t.equal(await count('(first: $n)', { n: 100 }), 100);
  for (const args of ['(first: 101)', '(first: -1)', '(offset: 10001)']) {
    t.equal(codeOf(await ask(`{ customers${args} { nodes { id } } }`)), 'INVALID_INPUT', args);
  }
  t.equal(codeOf(await ask('{ customers(last: 1000) { nodes { id } } }')), 'INVALID_QUERY', 'nor backwards');

  const page =
    'query ($after: Cursor) { customers(first: 100, after: $after) { nodes { id } pageInfo { endCursor } } }';
  const first = (await ask(page)).data.customers;
  const second = (await ask(page, { after: first.pageInfo.endCursor })).data.customers;
  const ids = [...first.nodes, ...second.nodes].map(({ id }) => id);
  t.equal(new Set(ids).size, ids.length, 'the next page continues');
  t.ok(ids.length > 150);
});

type Row = Record<string, string | boolean | null> & { id: string };

t.test('in whatever order, the pages of a list hold every row once', async (t) => {
  const schema = buildSchema(await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8'));
  const tried = new Set<string>();
  for (const { name, args, type } of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    const page = getNamedType(type);
    const nodes = isObjectType(page) ? page.getFields().nodes : undefined;
    const row = nodes && getNamedType(nodes.type);
    const orderBy = args.find((arg) => arg.name === 'orderBy');
    const orders = orderBy && getNamedType(orderBy.type);
    if (!isObjectType(row) || !row.getFields().id || !isEnumType(orders)) continue;
    for (const order of orders.getValues()) {
      const field = camelCase(order.name.replace(/_(ASC|DESC)$/, '').toLowerCase());
      const needed = /Needs a condition on (\w+)/.exec(order.description ?? '')?.[1];
      const { data } = await ask(`{ ${name}(first: 100) { nodes { id ${field} ${needed ?? ''} } } }`);
      const rows: Row[] = data[name].nodes;
      if (rows.length < 2 || rows.length === 100) continue;
      const value = needed === undefined ? undefined : rows[0]?.[needed];
      const condition = needed === undefined ? {} : { [needed]: value };
      const wanted = rows
        .filter((each) => each[field] !== null && (needed === undefined || each[needed] === value))
        .map(({ id }) => id);
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const query = `query ($after: Cursor, $condition: ${row.name}Condition) {
          ${name}(first: ${Math.ceil(wanted.length / 4)}, orderBy: ${order.name}, after: $after, condition: $condition) {
            nodes { id } pageInfo { hasNextPage endCursor }
          }
        }`;
        const next: { nodes: Row[]; pageInfo: { hasNextPage: boolean; endCursor: string } } = (
          await ask(query, { after, condition })
        ).data[name];
        seen.push(...next.nodes.map(({ id }) => id));
        after = next.pageInfo.hasNextPage ? next.pageInfo.endCursor : null;
      } while (after !== null && seen.length <= wanted.length);
      t.same(seen.toSorted(), wanted.toSorted(), `${name} by ${order.name}`);
      tried.add(field);
    }
  }
  t.ok(tried.size > 8, [...tried].join(' '));
});

t.test('orders that an index serves only within a value ask for it', async (t) => {
  const inbox = (args: string) =>
    ask(`{ conversationThreads(${args}) { nodes { id lastMessageAt } pageInfo { endCursor } } }`);
  const unserved = await inbox('orderBy: LAST_MESSAGE_AT_DESC');
  t.match(unserved.errors, [{ extensions: { code: 'INVALID_INPUT', field: 'orderBy' } }]);
  t.match(unserved.errors?.[0]?.message, /needs a condition on status/);
  t.equal(codeOf(await inbox('orderBy: LAST_MESSAGE_AT_DESC, condition: { status: null }')), 'INVALID_INPUT');
  const { data } = await inbox('orderBy: LAST_MESSAGE_AT_DESC, condition: { status: open }');
  const times = data.conversationThreads.nodes.map(
    ({ lastMessageAt }: { lastMessageAt: string }) => lastMessageAt,
  );
  t.same(times, times.toSorted().reverse());
  t.equal(
    (
      await ask(
        '{ customers { nodes { messages(orderBy: OCCURRED_AT_DESC, first: 2) { nodes { text } } } } }',
      )
    ).errors,
    undefined,
    'a relation is a condition',
  );
});

t.test('deep and wide operations are refused before they run', async (t) => {
  const nested = (depth: number): string =>
    depth === 0 ? 'id' : `id orders { nodes { customer { ${nested(depth - 1)} } } }`;
  t.equal(codeOf(await ask(`{ customers { nodes { ${nested(4)} } } }`)), 'TOO_COMPLEX', 'deep');

  const aliases = Array.from({ length: 300 }, (_, n) => `a${n}: products(first: 1) { nodes { id } }`);
  t.equal(codeOf(await ask(`{ ${aliases.join(' ')} }`)), 'TOO_COMPLEX', 'aliases');

  const fragments = Array.from(
    { length: 20 },
    (_, n) => `fragment f${n} on Query { ...f${n + 1} ...f${n + 1} }`,
  );
  const bomb = `{ ...f0 } ${fragments.join(' ')} fragment f20 on Query { currencies { nodes { code } } }`;
  t.equal(codeOf(await ask(bomb)), 'TOO_COMPLEX', 'fragments');

  const wide =
    '{ orders(first: 100) { nodes { items(first: 100) { nodes { id product { id name price sku } } } } } }';
  t.equal(codeOf(await ask(wide)), 'TOO_COMPLEX', 'lists in lists');
  const variable = wide.replace('{ orders', 'query ($n: Int) { orders').replaceAll('100', '$n');
  t.equal(codeOf(await ask(variable, { n: 1 })), 'TOO_COMPLEX', 'a variable counts as all that it may hold');

  const names = Array.from({ length: 600 }, (_, n) => `a${n}: __typename`);
  t.equal(
    codeOf(await ask(`{ products { nodes { ${names.join(' ')} } } }`)),
    'TOO_COMPLEX',
    'names of types',
  );

  const directives = Array.from({ length: 500 }, () => '@include(if: true) @skip(if: false)').join(' ');
  for (const query of [
    `{ products { nodes { id ${directives} } } }`,
    `{ products { ... ${directives} { nodes { id } } } }`,
    `{ products { nodes { ...f @skip(if: true) } } } fragment f on Product { ${names.join(' ')} }`,
  ]) {
    const { errors = [] } = await ask(query);
    t.ok(
      errors.some(({ extensions }) => extensions.code === 'TOO_COMPLEX'),
      query.slice(0, 60),
    );
  }
  const cyclic =
    '{ products { nodes { ...f } } } fragment f on Product { seller { products { nodes { ...f } } } }';
  t.equal((await ask(cyclic)).status, 400, 'a fragment within itself');
  const unpaged =
    '{ orders(first: 100) { nodes { timeline { detail kind status recordId occurredAt a: detail b: detail c: kind d: kind e: status } } } }';
  t.equal(codeOf(await ask(unpaged)), 'TOO_COMPLEX', 'a list without pages counts as a page');

  const long = await client(server.url)(`{ __typename } #${' '.repeat(20_000)}`);
  t.same([long.status, codeOf(long)], [400, 'TOO_COMPLEX'], 'a long query is not even read');

  const variables = JSON.parse(`${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}`) as Record<string, unknown>;
  t.equal(codeOf(await ask('{ __typename }', variables)), 'TOO_COMPLEX', 'deep variables');

  const roots = (n: number) =>
    `{ ${Array.from({ length: n }, (_, i) => `a${i}: hasPermission(code: "x")`).join(' ')} }`;
  t.equal((await ask(roots(limits.maxRootFields))).status, 200);
  for (const query of [
    roots(limits.maxRootFields + 1),
    `{ ...f } fragment f on Query ${roots(limits.maxRootFields + 1)}`,
    roots(limits.maxRootFields + 1)
      .replace('{', 'mutation {')
      .replaceAll('hasPermission(code: "x")', '__typename'),
  ]) {
    t.equal(codeOf(await ask(query)), 'TOO_COMPLEX', query.slice(0, 30));
  }
  for (const nested of [
    `{ products(condition: ${'['.repeat(9_000)}${']'.repeat(9_000)}) { nodes { id } } }`,
    `query ($a: ${'['.repeat(5_000)}Int${']'.repeat(5_000)}) { __typename }`,
    `{ products(condition: ${'["]",'.repeat(2_500)}1${']'.repeat(2_500)}) { nodes { id } } }`,
    `{ __typename } #${']'.repeat(9_000)}\nfragment f on Query ${'{ a '.repeat(2_500)}`,
  ]) {
    t.equal(codeOf(await ask(nested)), 'TOO_COMPLEX', 'brackets');
  }
  const quoted = `{ product(id: "${'['.repeat(300)}") { id } }`;
  t.equal(codeOf(await ask(quoted)), 'INVALID_INPUT', 'brackets of a text are none');

  const board = `{ orders { nodes { id orderNumber status totalAmount customer { displayName }
                    items(first: 10) { nodes { quantity unitPrice productName } } } } }`;
  t.equal((await ask(board)).status, 200, 'what a page needs is allowed');
});

t.test('production shows neither its schema nor Ruru', async (t) => {
  t.equal(codeOf(await ask('{ __schema { queryType { name } } }')), 'INVALID_QUERY');
  const misspelt = [
    await ask('{ product { nodes { idd } } }'),
    await ask('{ products { nodes { pricee } } }'),
    await ask('{ orders(condition: { status: pendin }) { nodes { id } } }'),
    await ask('query ($s: OrderStatus!) { orders(condition: { status: $s }) { nodes { id } } }', {
      s: 'pendin',
    }),
    await ask('query ($c: OrderCondition!) { orders(condition: $c) { nodes { id } } }', {
      c: { statu: 'pending' },
    }),
  ];
  for (const { status, errors } of misspelt) {
    t.match(errors?.[0], { message: String, extensions: { code: 'INVALID_QUERY' } }, `${status}`);
    t.notMatch(JSON.stringify(errors), /Did you mean|\bprice\b|OrderStatus.*pending"/);
  }
  const page = await fetch(new URL('/', server.url), { headers: { accept: 'text/html' } });
  t.equal(page.status, 404);
});

t.test('development shows both, to anyone', async (t) => {
  const development = await startServer({
    connectionString: db.urls.DATABASE_API_URL,
    authConnectionString: db.urls.DATABASE_AUTH_URL,
    jwtSecret,
    host: '127.0.0.1',
    port: 0,
    development: {},
    logLevel: 'silent',
  });
  t.teardown(() => development.close());
  const { status, data } = await client(development.url)(getIntrospectionQuery());
  t.equal(status, 200);
  t.equal(data.__schema.queryType.name, 'Query');
  for (const path of ['/', '/graphql']) {
    const page = await fetch(new URL(path, development.url), { headers: { accept: 'text/html' } });
    t.equal(page.status, 200, path);
    t.match(await page.text(), /query Board/, path);
  }
  t.match(await ask(examples, {}, 'Board'), { status: 200, errors: undefined }, "Ruru's example runs");
});

t.test('a busy port is refused by name', async (t) => {
  const { port } = new URL(server.url);
  const options = {
    connectionString: db.urls.DATABASE_API_URL,
    authConnectionString: db.urls.DATABASE_AUTH_URL,
    jwtSecret,
    host: '127.0.0.1',
    port: Number(port),
  };
  await t.rejects(startServer(options), {
    message: `cannot listen on port ${port} of 127.0.0.1: it is in use`,
  });
});

t.test('requests that are not GraphQL have a code as well', async (t) => {
  t.equal(codeOf(await ask('{ products {')), 'INVALID_QUERY');
  t.equal(codeOf(await ask('{ nothing }')), 'INVALID_QUERY');
  t.equal(codeOf(await ask('query ($id: ID!) { product(id: $id) { id } }')), 'INVALID_QUERY');
  t.equal(codeOf(await ask('subscription { products { nodes { id } } }')), 'INVALID_QUERY');
  t.equal(codeOf(await ask('{ products(after: "abc") { nodes { id } } }')), 'INVALID_INPUT');

  const body = JSON.stringify({ query: '{ __typename }' });
  const json = { 'content-type': 'application/json' };
  const requests: [status: number, request: RequestInit, headers?: Record<string, string>][] = [
    [400, { method: 'POST', body: `[${body}]`, headers: json }],
    [400, { method: 'POST', body: '{', headers: json }],
    [
      401,
      { method: 'POST', body, headers: { ...json, authorization: 'Bearer x' } },
      { 'www-authenticate': 'Bearer' },
    ],
    [405, { method: 'GET' }, { allow: 'POST' }],
    [413, { method: 'POST', body: ' '.repeat(300_000), headers: json }],
    [415, { method: 'POST', body, headers: { 'content-type': 'text/plain' } }],
  ];
  for (const [status, request, headers = {}] of requests) {
    const response = await fetch(server.url, request);
    t.equal(response.status, status);
    t.match(Object.fromEntries(response.headers), headers);
    const code = status === 401 ? 'INVALID_SESSION' : 'INVALID_REQUEST';
    t.match(await response.json(), { errors: [{ extensions: { code } }] });
  }
});

t.test('amounts are exact, and nothing but numbers', async (t) => {
  const sellers = await ask('{ sellerProfiles(first: 1) { nodes { id: rowId } } }');
  const create = (price: string, variables?: { price: unknown }) =>
    ask(
      `mutation ${variables === undefined ? '' : '($price: Decimal!)'} {
         createProduct(input: { product: {
           sellerId: "${sellers.data.sellerProfiles.nodes[0].id}", name: "Exact", currencyCode: "NGN", price: ${price}
         } }) { product { price } }
       }`,
      variables,
    );
  const exact = '90071992547409.93';
  for (const literal of [exact, `"${exact}"`]) {
    const { data } = await create(literal);
    t.equal(data.createProduct.product.price, exact, literal);
  }
  for (const price of ['NaN', 'Infinity', '1e9', '', ' 1', '1'.repeat(50), { a: 1 }, [1, 2], true]) {
    t.equal(codeOf(await create('$price', { price })), 'INVALID_QUERY', JSON.stringify(price));
  }
  t.equal(codeOf(await create('1e9')), 'INVALID_QUERY');
  const { errors } = await create('"1.99999"');
  t.match(errors, [{ extensions: { code: 'INVALID_AMOUNT', field: 'price' } }], 'nothing is rounded away');
  t.equal((await create('"1.500000"')).status, 200, 'zeros are nothing');
});

t.test('times that there are not are bad input', async (t) => {
  for (const at of ['2026-01-01T00:00:00+99:00', '2026-01-01 Foo/Bar', 'never']) {
    const { errors } = await ask(
      'query ($at: Datetime!) { customers(condition: { lastActivityAt: $at }) { nodes { id } } }',
      { at },
    );
    t.match(errors, [{ extensions: { code: 'INVALID_QUERY', field: 'at' } }], at);
  }
});

t.test('a statement ends before long', async (t) => {
  const token = await signToken(
    { role: 'member', tenantId: ours.tenantId, subject: ours.ownerSubject },
    jwtSecret,
    '1h',
  );
  await db.installer.query(
    `create or replace function api.has_permission(p_code text) returns boolean language sql stable as
     $$ select current_setting('statement_timeout') = '10s' $$`,
  );
  const { data } = await client(server.url, bearer(token))('{ hasPermission(code: "x") }');
  t.same(data, { hasPermission: true });
});
