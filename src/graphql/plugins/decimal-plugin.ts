import { GraphQLError, type ValueNode } from 'postgraphile/graphql';

const decimal = /^[+-]?\d{1,40}(\.\d{1,40})?$/;

function read(value: unknown): string {
  const text = String(value);
  if (decimal.test(text)) return text;
  throw new GraphQLError('Decimal must be a number in decimal notation, such as "1234.50"');
}

/** A number written without quotes is taken as it is written: no floating point number lies between. */
function readLiteral(node: ValueNode): string {
  return read('value' in node ? node.value : undefined);
}

/** Amounts and rates: exact, and text on their way. */
export const DecimalPlugin: GraphileConfig.Plugin = {
  name: 'CommerceDecimalPlugin',
  schema: {
    hooks: {
      GraphQLScalarType(type) {
        if (type.name !== 'Decimal') return type;
        return {
          ...type,
          description: 'An exact decimal number as text, such as "1234.5000".',
          parseValue: read,
          parseLiteral: readLiteral,
        };
      },
    },
  },
};
