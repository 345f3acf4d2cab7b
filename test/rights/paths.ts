import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isObjectType,
} from 'postgraphile/graphql';

/** The ways through the GraphQL schema that lead to rows, derived from schema.graphql. */

type Field = GraphQLField<unknown, unknown>;

/** A field of one type whose value is a row or a list of rows. */
export type Path = {
  readonly parent: string;
  readonly field: string;
  readonly child: string;
  readonly isList: boolean;
};

/** A type of rows, with the root fields that list them and that find one by a key. */
export type RowType = {
  readonly name: string;
  readonly list: string;
  readonly key: readonly string[];
  readonly finders: readonly { readonly field: string; readonly args: readonly string[] }[];
  readonly paths: readonly Path[];
};

const schema = buildSchema(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'));
const roots: Field[] = Object.values(schema.getQueryType()?.getFields() ?? {});
/** Functions have their rights in a list of their own: functions.md. */
const listedFunctions = new Set(
  [...readFileSync(new URL('functions.md', import.meta.url), 'utf8').matchAll(/^\| (\w+) \|/gm)].map(
    ([, name = '']) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
  ),
);
const pageArguments = ['after', 'before', 'condition', 'first', 'last', 'offset', 'orderBy'];

const objects = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type));
const named = ({ type }: Field) => getNamedType(type);
const fieldsOf = (type: GraphQLObjectType): Field[] => Object.values(type.getFields());

/** What a connection lists. */
function itemOf({ type }: Field): string | undefined {
  const connection = getNamedType(type);
  const nodes =
    isObjectType(connection) && connection.name.endsWith('Connection') && connection.getFields().nodes;
  return nodes ? getNamedType(nodes.type).name : undefined;
}

const lists = new Map(
  roots
    .filter((field) => field.args.every(({ name }) => pageArguments.includes(name)))
    .flatMap((field) => {
      const item = itemOf(field);
      return item === undefined ? [] : [[item, field.name]];
    }),
);

function pathsOf(type: GraphQLObjectType): Path[] {
  return fieldsOf(type).flatMap((field) => {
    const item = itemOf(field);
    const child = item ?? named(field).name;
    return lists.has(child)
      ? [{ parent: type.name, field: field.name, child, isList: item !== undefined }]
      : [];
  });
}

/** Rows without a key of their own: sums of a row, and what a role may, as the list of rights writes it. */
const otherKeys: Readonly<Record<string, readonly string[]>> = {
  CustomerValue: ['customerId'],
  ProductSalesTotal: ['productId'],
  RolePermission: ['role', 'permissionCode'],
};

/** By what a row is known: its key, its code, or else what is written above. */
function keyOf(type: GraphQLObjectType): readonly string[] {
  const fields = type.getFields();
  for (const name of ['rowId', 'code']) if (fields[name] && isLeafType(named(fields[name]))) return [name];
  const key = otherKeys[type.name];
  if (key === undefined) throw new Error(`${type.name} has neither rowId nor code: add its key to otherKeys`);
  return key;
}

/** Whether a row is known by its own id, or by the id of the row that it sums up. */
export const isKnownById = (key: readonly string[]): boolean => key.length === 1 && key[0] !== 'code';

export const rowTypes: readonly RowType[] = objects
  .filter(({ name }) => lists.has(name))
  .map((type) => {
    const finders = roots
      .filter((field) => named(field) === type && field.args.length > 0 && !listedFunctions.has(field.name))
      .map((field) => ({ field: field.name, args: field.args.map(({ name }) => name) }));
    const list = lists.get(type.name) ?? '';
    return { name: type.name, list, key: keyOf(type), finders, paths: pathsOf(type) };
  });

/** Types that are no rows, and lead to some: results of functions and events. */
export const otherParents: ReadonlyMap<string, readonly Path[]> = new Map(
  objects
    .filter(({ name }) => !lists.has(name) && !/(Connection|Edge|Payload)$|^(Query|Mutation)$/.test(name))
    .map((type) => [type.name, pathsOf(type)] as const)
    .filter(([, paths]) => paths.length > 0),
);

const singular = (name: string) =>
  name
    .replace(/ies$/, 'y')
    .replace(/(ss|x|ch)es$/, '$1')
    .replace(/([^s])s$/, '$1');

/** Whether a type is what clients call the rows of a view: `order_items` are OrderItem. */
export const isCalled = (type: string, viewName: string): boolean =>
  singular(viewName).replaceAll('_', '') === type.toLowerCase();

/** What a root list may be narrowed by and put in order by: fields, each with a value that fits or a name of the order. */
export type Chooser = { readonly type: string; readonly field: string; readonly argument: string };

const values: Record<string, string> = {
  Boolean: 'true',
  Date: '"2026-01-01"',
  Datetime: '"2026-01-01T00:00:00Z"',
  Int: '1',
  String: '"x"',
  UUID: '"0191b0d6-0000-7000-8000-000000000000"',
};

/** Every condition and order of every root list. */
export const choosers: readonly Chooser[] = roots.flatMap((root) => {
  const type = itemOf(root);
  if (type === undefined) return [];
  return root.args.flatMap((argument): Chooser[] => {
    const input = getNamedType(argument.type);
    if (argument.name === 'condition' && isInputObjectType(input)) {
      return Object.values(input.getFields()).map((field) => {
        const of = getNamedType(field.type);
        const value = isEnumType(of) ? of.getValues()[0]?.name : values[of.name];
        if (value === undefined) throw new Error(`no value of ${of.name} is known`);
        return { type, field: field.name, argument: `condition: { ${field.name}: ${value} }` };
      });
    }
    if (argument.name !== 'orderBy' || !isEnumType(input)) return [];
    return input.getValues().map(({ name }) => ({
      type,
      field: name
        .replace(/_(ASC|DESC)$/, '')
        .toLowerCase()
        .replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
      argument: `orderBy: [${name}]`,
    }));
  });
});
