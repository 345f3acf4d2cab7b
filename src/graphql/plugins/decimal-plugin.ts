import { type GrafastInputFieldConfig, SafeError } from 'postgraphile/grafast';
import { gatherConfig } from 'postgraphile/graphile-build';
import { GraphQLError, type ValueNode } from 'postgraphile/graphql';
import { faultOfNumber } from '../../model/numbers.ts';

declare global {
  namespace DataplanPg {
    interface PgCodecAttributeExtensions {
      /** Decimals that the column keeps; PostgreSQL would round the others away. */
      scale?: number | undefined;
    }
  }
  namespace GraphileConfig {
    interface GatherHelpers {
      commerceDecimals: Record<never, never>;
    }
  }
}

const decimal = /^[+-]?\d{1,40}(\.\d{1,40})?$/;
const numericType = '1700';

function read(value: unknown, node?: ValueNode): string {
  const text = String(value);
  // What JSON writes as a number has been rounded by now.
  if (typeof value === 'number' && faultOfNumber(text) !== null)
    throw new GraphQLError('Decimal with more than 15 digits must be text, such as "12345678901234.99"');
  if (decimal.test(text)) return text;
  throw new GraphQLError('Decimal must be a number in decimal notation, such as "1234.50"', {
    nodes: node ?? null,
  });
}

/** A number written without quotes is taken as it is written: no floating point number lies between. */
function readLiteral(node: ValueNode): string {
  return read('value' in node ? node.value : undefined, node);
}

function scaleOf(value: unknown): number {
  return /\.(\d*?)0*$/.exec(String(value))?.[1]?.length ?? 0;
}

/** Amounts and rates: exact, text on their way, and never rounded without a word. */
export const DecimalPlugin: GraphileConfig.Plugin = {
  name: 'CommerceDecimalPlugin',
  gather: gatherConfig({
    namespace: 'commerceDecimals',
    helpers: {},
    hooks: {
      pgCodecs_attribute(_info, { pgAttribute: { atttypid, atttypmod }, attribute }) {
        if (atttypid !== numericType || atttypmod == null || atttypmod < 0) return;
        // As PostgreSQL packs numeric(precision, scale), four being the length of a header.
        attribute.extensions = { ...attribute.extensions, scale: (atttypmod - 4) & 0x7ff };
      },
    },
  }),
  schema: {
    hooks: {
      GraphQLScalarType(type) {
        if (type.name !== 'Decimal') return type;
        return {
          ...type,
          description: 'An exact decimal number as text, such as "1234.5000".',
          parseValue: (value: unknown) => read(value),
          parseLiteral: readLiteral,
        };
      },
      GraphQLInputObjectType_fields_field(field, _build, { scope: { pgAttribute, fieldName } }) {
        const scale = pgAttribute?.extensions?.scale;
        const { apply } = field as GrafastInputFieldConfig;
        if (scale === undefined || !apply) return field;
        const exact: typeof apply = (target, value, info) => {
          if (scaleOf(value) <= scale) return apply(target, value, info);
          throw new SafeError(`${fieldName} has more than ${scale} decimals`, {
            code: 'INVALID_AMOUNT',
            field: fieldName,
          });
        };
        return { ...field, apply: exact };
      },
    },
  },
};
