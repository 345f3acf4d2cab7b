import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isObjectType,
} from 'postgraphile/graphql';
import { camelCase } from '../../model/spelling.ts';

type Described = { name: string; description?: string | null | undefined };

/** A type, its fields and their arguments. */
function membersOf(type: GraphQLNamedType): Described[] {
  if (isInputObjectType(type)) return [type, ...Object.values(type.getFields())];
  if (!isObjectType(type)) return [type];
  return [type, ...Object.values(type.getFields()).flatMap((field) => [field, ...field.args])];
}

/** What PostGraphile says of a relation, in words that say whose rows it leads to. */
function describeRelation(field: GraphQLField<unknown, unknown>, type: GraphQLObjectType): string | null {
  const { name, description = '' } = field;
  const target = getNamedType(field.type);
  if (/^Reads a single /.test(description ?? '')) {
    if (type.name === 'Query') return `One \`${target}\`; null where there is none that the caller may see.`;
    const key = [`${name}Id`, `${name}Code`].find((column) => type.getFields()[column]);
    return key ? `The \`${target}\` that \`${key}\` names.` : `The \`${target}\` that belongs to it.`;
  }
  const row = isObjectType(target) ? getNamedType(target.getFields().nodes?.type) : undefined;
  if (row === undefined || !/^Reads and enables /.test(description ?? '')) return description;
  if (type.name === 'Query') return row.description ?? null;
  const [, by] = /By([A-Z]\w+)$/.exec(name) ?? [];
  return `The \`${row}\` rows that name this \`${type}\`${by ? ` as their \`${by[0]?.toLowerCase()}${by.slice(1)}\`` : ''}.`;
}

function describeFields(type: GraphQLObjectType): void {
  for (const field of Object.values(type.getFields())) {
    field.description = describeRelation(field, type);
    if (field.name === 'id' && type.getInterfaces().length > 0) {
      field.description = 'Identifier in the whole schema, for caches and node(id).';
    }
    if (/^deleted\w+Id$/.test(field.name)) field.description = 'The id of the row, for caches to forget.';
    for (const arg of field.args) {
      if (arg.name === 'id' && type.name === 'Query') arg.description = 'Its id, or its key (rowId) alone.';
      if (arg.name === 'input') arg.description = undefined;
      if (arg.name === 'condition') arg.description = 'Only rows that have all of these values.';
      if (arg.name === 'orderBy')
        arg.description = 'The order of the rows; rows that are equal by the first are in that of the next.';
    }
  }
}

/** What PostGraphile says of every condition, input and payload alike says nothing of this one. */
function describeInputs(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    const [, subject = ''] = /^(\w+?)Condition$/.exec(type.name) ?? [];
    const row = schema.getType(subject);
    if (isInputObjectType(type) && isObjectType(row)) {
      type.description = `Which rows of \`${subject}\`: those that have all of these values.`;
      for (const field of Object.values(type.getFields())) {
        field.description = row.getFields()[field.name]?.description;
      }
    }
  }
  for (const { name, args, type } of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const input = args[0] && getNamedType(args[0].type);
    if (input) input.description = `What \`${name}\` takes.`;
    getNamedType(type).description = `What \`${name}\` returns.`;
  }
}

/** `PLACED_AT_DESC` is the order by `placedAt`; what it needs besides is described already. */
function describeOrders(schema: GraphQLSchema): void {
  const orders = Object.values(schema.getTypeMap()).filter((type) => type.name.endsWith('OrderBy'));
  for (const value of orders.flatMap((type) => (isEnumType(type) ? type.getValues() : []))) {
    const [, column = '', way] = /^(\w+)_(ASC|DESC)$/.exec(value.name) ?? [];
    const field = camelCase(column.toLowerCase());
    const words = `By \`${field}\`, ${way === 'ASC' ? 'ascending' : 'descending'}.`;
    value.description = [words, value.description].filter(Boolean).join(' ');
  }
}

/** Comments name columns, arguments and functions as SQL does; a client knows them by other names. */
function translate(schema: GraphQLSchema): void {
  const members = Object.values(schema.getTypeMap()).flatMap(membersOf);
  const names = new Set(members.map(({ name }) => name));
  const inGraphql = (word: string) => (names.has(camelCase(word)) ? camelCase(word) : word);
  for (const member of members) {
    if (member.description?.includes('_')) {
      member.description = member.description.replace(/\b[a-z]+(_[a-z]+)+\b/g, inGraphql);
    }
  }
}

/** Descriptions in the words of the schema, each of what it stands at. */
export const DescriptionPlugin: GraphileConfig.Plugin = {
  name: 'CommerceDescriptionPlugin',
  after: ['CommerceCataloguePlugin'],
  schema: {
    hooks: {
      finalize(schema) {
        for (const type of Object.values(schema.getTypeMap())) {
          if (isObjectType(type)) describeFields(type);
        }
        describeInputs(schema);
        describeOrders(schema);
        translate(schema);
        return schema;
      },
    },
  },
};
