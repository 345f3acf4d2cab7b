import type { GrafastInputFieldConfig } from 'postgraphile/grafast';
import { gatherConfig } from 'postgraphile/graphile-build';
import { decimalLiteral, decimalValue, withinScale } from '../plans/scalars.ts';
import { call } from './call.ts';

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

const numericType = '1700';

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
          parseValue: decimalValue,
          parseLiteral: decimalLiteral,
        };
      },
      GraphQLInputObjectType_fields_field(field, _build, { scope: { pgAttribute, fieldName } }) {
        const scale = pgAttribute?.extensions?.scale;
        const { apply } = field as GrafastInputFieldConfig;
        if (scale === undefined || !apply) return field;
        return { ...field, apply: call(withinScale, apply, fieldName, scale) };
      },
    },
  },
};
