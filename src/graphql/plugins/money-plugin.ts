import type { PgCodec, PgResource } from 'postgraphile/@dataplan/pg';
import { moneyOf } from '../plans/rows.ts';
import { call } from './call.ts';

/** Attributes of a row that has a currency: all that are numeric, except rates. */
function amountsOf({ attributes = {} }: PgCodec): string[] {
  if (!('currency_code' in attributes)) return [];
  return Object.entries(attributes)
    .filter(([name, { codec }]) => codec.name === 'numeric' && !name.endsWith('_rate'))
    .map(([name]) => name);
}

function currenciesOf(build: GraphileBuild.Build): PgResource {
  const currencies = (Object.values(build.input.pgRegistry.pgResources) as PgResource[]).find(
    ({ parameters, extensions }) => parameters === undefined && extensions?.pg?.name === 'currency',
  );
  if (currencies === undefined) throw new Error('amounts need the view api.currency');
  return currencies;
}

/**
 * An amount is a decimal, which the database keeps with the digits of its currency; beside it stands the same as
 * `Money`, which carries the currency: `totalAmount` and `totalMoney`.
 */
export const MoneyPlugin: GraphileConfig.Plugin = {
  name: 'CommerceMoneyPlugin',
  schema: {
    hooks: {
      init(_, build) {
        const { GraphQLInt, GraphQLNonNull, GraphQLString } = build.graphql;
        const decimal = () => build.getOutputTypeByName(build.inflection.builtin('BigFloat'));
        build.registerObjectType(
          'Money',
          {},
          () => ({
            description: 'An amount and its currency.',
            fields: () => ({
              amount: {
                type: new GraphQLNonNull(decimal()),
                description: 'The amount with the digits of its currency: "2500.00" in USD, "2500" in JPY.',
              },
              currencyCode: { type: new GraphQLNonNull(GraphQLString), description: 'ISO 4217 code.' },
              minorUnit: {
                type: new GraphQLNonNull(GraphQLInt),
                description: 'Decimals that the currency has (ISO 4217): 2 for USD, 0 for JPY, 3 for KWD.',
              },
            }),
          }),
          'CommerceMoneyPlugin',
        );
        return _;
      },
      GraphQLObjectType_fields(fields, build, { scope: { isPgClassType, pgCodec }, Self, fieldWithHooks }) {
        if (!isPgClassType || pgCodec === undefined) return fields;
        const { GraphQLNonNull, isNonNullType } = build.graphql;
        const money = build.getOutputTypeByName('Money');
        const added = amountsOf(pgCodec).flatMap((attributeName) => {
          const name = build.inflection.attribute({ attributeName, codec: pgCodec as never });
          const field = fields[name];
          if (field === undefined) return [];
          const fieldName = `${name.replace(/Amount$|^amount$/, '')}Money`.replace(/^Money/, 'money');
          const type = isNonNullType(field.type) ? new GraphQLNonNull(money as never) : money;
          const description = `\`${name}\` and its currency.`;
          const pgFieldAttribute = pgCodec.attributes?.[attributeName];
          const plan = call(moneyOf, currenciesOf(build), attributeName);
          return [
            [
              fieldName,
              fieldWithHooks({ fieldName, pgFieldAttribute } as never, { type, description, plan } as never),
            ],
          ];
        });
        return build.extend(fields, Object.fromEntries(added), `amounts of ${Self.name} with their currency`);
      },
    },
  },
};
