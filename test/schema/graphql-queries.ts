import {
  type GraphQLEnumType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'postgraphile/graphql';
import { literalOf, sampleOf } from '../graphql/samples.ts';

type Field = GraphQLField<unknown, unknown>;
type Row = Record<string, unknown>;

/** A query, and where it is about a page the one that follows. */
export type GraphqlQuery = {
  name: string;
  /** Whether it reads a page of rows, and not those of known keys. */
  isList: boolean;
  query: string;
  following?: (cursor: string) => string;
};

/** Small pages, of which there are more. */
const page = 'first: 10';

const fieldsOf = (type: GraphQLNamedType): Field[] =>
  isObjectType(type) ? Object.values(type.getFields()) : [];

const fieldOf = (type: GraphQLNamedType, name: string): Field | undefined =>
  isObjectType(type) ? type.getFields()[name] : undefined;

/** The type of the rows of a field that is a connection. */
function rowsOf({ type }: Field): GraphQLNamedType | undefined {
  const nodes = fieldOf(getNamedType(type), 'nodes');
  return nodes && getNamedType(nodes.type);
}

const isAlone = ({ args }: Field) => !args.some(isRequiredArgument);

/** What a row is asked for that needs no other row. */
function leavesOf(type: GraphQLNamedType): string[] {
  return fieldsOf(type)
    .filter((field) => isAlone(field) && isLeafType(getNamedType(field.type)))
    .map(({ name }) => name);
}

const orders = (list: Field): string[] => {
  const type = list.args.find(({ name }) => name === 'orderBy')?.type;
  const named = type && getNamedType(type);
  return isEnumType(named) ? (named as GraphQLEnumType).getValues().map(({ name }) => name) : [];
};

/** For each column that a list can be limited by, the condition by the value of a row, and by one that no row has. */
function conditions(list: Field, row: Row): [column: string, condition: string][] {
  const type = list.args.find(({ name }) => name === 'condition')?.type;
  const named = type && getNamedType(type);
  if (!isInputObjectType(named)) return [];
  return Object.values(named.getFields()).flatMap(({ name, type }) =>
    [row[name], sampleOf(type)]
      .filter((value) => value !== null && value !== undefined)
      .map((value): [string, string] => [name, `${name}: ${literalOf(value, type)}`]),
  );
}

/** `Needs a condition on customer and status, or seller.` → the lists of columns. */
function neededBy(list: Field, order: string): string[][] {
  const type = getNamedType(list.args.find(({ name }) => name === 'orderBy')?.type as never);
  const description = isEnumType(type) ? type.getValue(order)?.description : undefined;
  const [, lists] = /Needs a condition on ([^.]+)\./.exec(description ?? '') ?? [];
  return lists?.split(', or ').map((each) => each.split(' and ')) ?? [[]];
}

function ofList(list: Field, row: Row): GraphqlQuery[] {
  const type = rowsOf(list);
  if (type === undefined) return [];
  const leaves = leavesOf(type).join(' ');
  const ask = (args: string) =>
    `{ ${list.name}(${args}) { nodes { ${leaves} } pageInfo { endCursor hasNextPage } } }`;
  const given = new Map(conditions(list, row));
  const paged = (name: string, args: string): GraphqlQuery => ({
    name,
    isList: true,
    query: ask(args),
    following: (cursor) => ask(`${args}, after: ${JSON.stringify(cursor)}`),
  });
  return [
    paged(list.name, page),
    ...conditions(list, row).map(([column, condition]) =>
      paged(`${list.name} by ${column}`, `${page}, condition: { ${condition} }`),
    ),
    ...orders(list).flatMap((order) =>
      neededBy(list, order).map((columns) => {
        const condition = columns.map((column) => given.get(column) ?? '').join(', ');
        const limited = condition === '' ? '' : `, condition: { ${condition} }`;
        return paged(
          `${list.name} by ${[...columns, order].join(', ')}`,
          `${page}${limited}, orderBy: ${order}`,
        );
      }),
    ),
  ];
}

/** What hangs on a row: other rows, and what functions say of it. */
function ofRow(list: Field, one: Field | undefined, { id }: Row): GraphqlQuery[] {
  const type = rowsOf(list);
  if (type === undefined) return [];
  const isKnown = one !== undefined && id !== undefined;
  const rowWith = (fields: string) =>
    isKnown
      ? `{ ${one.name}(id: ${JSON.stringify(id)}) { ${fields} } }`
      : `{ ${list.name}(first: 3) { nodes { ${fields} } } }`;
  return fieldsOf(type).flatMap((field) => {
    const named = getNamedType(field.type);
    if (!isAlone(field) || isLeafType(named)) return [];
    const rows = rowsOf(field);
    const inner = rows
      ? `(${page}) { nodes { ${leavesOf(rows).join(' ')} } }`
      : `{ ${leavesOf(named).join(' ') || '__typename'} }`;
    const query = rowWith(`${field.name} ${inner}`);
    return [{ name: `${type.name}.${field.name}`, isList: rows !== undefined || !isKnown, query }];
  });
}

/** `order(id)`: one row of a list. */
function ofOne(one: Field, row: Row): GraphqlQuery {
  const leaves = leavesOf(getNamedType(one.type)).join(' ');
  return {
    name: one.name,
    isList: false,
    query: `{ ${one.name}(id: ${JSON.stringify(row.id)}) { ${leaves} } }`,
  };
}

export type Ask = (query: string) => Promise<{ data?: Record<string, unknown> | null }>;

/** Lists, their rows one by one, what hangs on them, and every condition and order that the schema offers. */
export async function graphqlQueries(schema: GraphQLSchema, ask: Ask): Promise<GraphqlQuery[]> {
  const root = schema.getQueryType();
  const queries: GraphqlQuery[] = [];
  for (const list of root ? fieldsOf(root) : []) {
    const type = rowsOf(list);
    if (root === undefined || root === null || type === undefined) continue;
    const { data } = await ask(`{ ${list.name}(first: 1) { nodes { ${leavesOf(type).join(' ')} } } }`);
    const [row = {}] = (data?.[list.name] as { nodes: Row[] } | null)?.nodes ?? [];
    const one = fieldsOf(root).find(
      (field) => getNamedType(field.type) === type && field.args.map(({ name }) => name).join() === 'id',
    );
    queries.push(
      ...ofList(list, row),
      ...ofRow(list, one, row),
      ...(one && 'id' in row ? [ofOne(one, row)] : []),
    );
  }
  return queries;
}
