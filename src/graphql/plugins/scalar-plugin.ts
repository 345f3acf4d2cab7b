import {
  type FloatValueNode,
  GraphQLError,
  type GraphQLScalarTypeConfig,
  type IntValueNode,
  Kind,
  type ValueNode,
  visit,
} from 'postgraphile/graphql';
import { isIsoDay, isIsoMoment } from '../../database/value-faults.ts';
import { faultOfNumber, roundedIn } from '../../model/numbers.ts';

type Form = { is(text: string): boolean; words: string };

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const forms: Readonly<Record<string, Form>> = {
  UUID: { is: (text) => uuid.test(text), words: 'a UUID of 36 characters' },
  Date: { is: isIsoDay, words: 'a day as in ISO 8601, such as 2026-11-29' },
  Datetime: {
    is: isIsoMoment,
    words: 'a point in time as in ISO 8601, such as 2026-11-29T08:30:00Z; without a zone it is in UTC',
  },
};

/** JSON in whose numbers no digit was lost on the way: neither by JSON in variables, nor by reading a literal. */
function exactJson<T extends Readonly<GraphQLScalarTypeConfig<unknown, unknown>>>(type: T): T {
  const read = (value: unknown): unknown => {
    const rounded = roundedIn(value, 'JSON');
    if (rounded === null) return value;
    throw new GraphQLError(`${rounded.field} ${rounded.fault}`);
  };
  const check = (node: IntValueNode | FloatValueNode) => {
    const fault = faultOfNumber(node.value);
    if (fault !== null) throw new GraphQLError(`JSON: ${node.value} ${fault}`, { nodes: node });
  };
  return {
    ...type,
    parseValue: read,
    parseLiteral: (node, variables) => {
      visit(node, { IntValue: check, FloatValue: check });
      return read(type.parseLiteral?.(node, variables));
    },
  };
}

/** Values from outside are what they say: PostgreSQL would take `tomorrow`, `infinity` and years before Christ. */
export const ScalarPlugin: GraphileConfig.Plugin = {
  name: 'CommerceScalarPlugin',
  schema: {
    hooks: {
      GraphQLScalarType(type) {
        if (type.name === 'JSON') return exactJson(type);
        const form = forms[type.name];
        if (form === undefined) return type;
        const read = (value: unknown, node?: ValueNode): string => {
          if (typeof value === 'string' && form.is(value)) return value;
          throw new GraphQLError(`${type.name} must be ${form.words}`, { nodes: node ?? null });
        };
        return {
          ...type,
          description: `${form.words.replace(/^a/, 'A')}.`,
          parseValue: (value: unknown) => read(value),
          parseLiteral: (node: ValueNode) => read(node.kind === Kind.STRING ? node.value : undefined, node),
        };
      },
      /** A value that a newer release has added to a closed set is passed on, as text: the rows around it are whole. */
      finalize(schema, { graphql: { isEnumType } }) {
        for (const type of Object.values(schema.getTypeMap())) {
          if (!isEnumType(type)) continue;
          const serialize = type.serialize.bind(type);
          const known = new Set(type.getValues().map(({ value }) => value));
          type.serialize = (value) =>
            typeof value === 'string' && !known.has(value) ? value : serialize(value);
        }
        return schema;
      },
    },
  },
};
