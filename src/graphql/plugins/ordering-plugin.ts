import type { PgCodec, PgCodecWithAttributes } from 'postgraphile/@dataplan/pg';
import { orderBy } from '../plans/ordering.ts';
import type { OrderNeeds } from '../plans/paging.ts';
import { call } from './call.ts';

const needsOf = new WeakMap<PgCodecWithAttributes, OrderNeeds>();

/** For each order that an index serves only within others, the lists of fields of which one must be given. */
export function orderNeeds(build: GraphileBuild.Build, codec: PgCodecWithAttributes): OrderNeeds {
  const known = needsOf.get(codec);
  if (known !== undefined) return known;
  const nameOf = (attributeName: string) => build.inflection.attribute({ attributeName, codec });
  const needs = Object.fromEntries(
    Object.entries(codec.attributes).flatMap(([attributeName, { extensions }]) => {
      const lists = [extensions?.tags?.orderedWithin ?? []].flat().map((list) => String(list).split(','));
      if (lists.some(([first]) => first === '')) return [];
      return ['asc', 'desc'].map((variant) => {
        const name = build.inflection.orderByAttributeEnum({ codec, attributeName, variant } as never);
        return [name, lists.map((list) => list.map(nameOf))] as const;
      });
    }),
  );
  needsOf.set(codec, needs);
  return needs;
}

type Apply = ReturnType<typeof orderBy>;

/**
 * What each order does, in the place of PgOrderAllAttributesPlugin, whose pages lose rows: it takes a column
 * for unique that only begins a key, and its cursors (in 5.1.5) look for the rows without a value on the
 * wrong side. So those are left out where a list is ordered by what they do not have.
 */
function applications(build: GraphileBuild.Build, codec: PgCodecWithAttributes): Map<string, Apply> {
  const uniques = build.pgTableResource(codec)?.uniques ?? [];
  return new Map(
    Object.entries(codec.attributes).flatMap(([attributeName, { notNull, codec: column }]) => {
      const isUnique = uniques.some(({ attributes }) => `${attributes}` === attributeName);
      const order = { attribute: attributeName, isNullable: !notNull, isUnique };
      return (['asc', 'desc'] as const).map((variant): [string, Apply] => [
        build.inflection.orderByAttributeEnum({ codec, attributeName, variant }),
        call(orderBy, column, { ...order, direction: variant === 'asc' ? 'ASC' : 'DESC' }),
      ]);
    }),
  );
}

/** What a client should know of each order. */
function describe(build: GraphileBuild.Build, codec: PgCodecWithAttributes): Map<string, string> {
  const needs = orderNeeds(build, codec);
  return new Map(
    Object.entries(codec.attributes).flatMap(([attributeName, { notNull }]) =>
      (['asc', 'desc'] as const).map((variant) => {
        const order = build.inflection.orderByAttributeEnum({ codec, attributeName, variant });
        const lists = needs[order]?.map((list) => list.join(' and '));
        const sentences = [
          ...(lists ? [`Needs a condition on ${lists.join(', or ')}.`] : []),
          ...(notNull ? [] : ['Leaves out the rows that have none.']),
        ];
        return [order, sentences.join(' ')];
      }),
    ),
  );
}

/**
 * One name for each order, and the key as default: no other is there for every list. What an index only
 * orders within the rows of one value says so.
 */
export const OrderingPlugin: GraphileConfig.Plugin = {
  name: 'CommerceOrderingPlugin',
  after: ['PgOrderAllAttributesPlugin', 'PgOrderByPrimaryKeyPlugin'],
  schema: {
    hooks: {
      GraphQLEnumType_values(values, build, { scope: { isPgRowSortEnum, pgCodec } }) {
        if (!isPgRowSortEnum || pgCodec?.attributes === undefined) return values;
        const codec = pgCodec as PgCodecWithAttributes;
        const { NATURAL: _, ...rest } = values;
        if (keyOrder(build, codec) in rest) {
          delete rest.PRIMARY_KEY_ASC;
          delete rest.PRIMARY_KEY_DESC;
        }
        const descriptions = describe(build, codec);
        for (const [name, apply] of applications(build, codec)) {
          const description = descriptions.get(name);
          if (rest[name])
            rest[name] = { extensions: { grafast: { apply } }, ...(description && { description }) };
        }
        return rest;
      },
      GraphQLObjectType_fields_field_args_arg(arg, build, { scope }) {
        const { argName, isPgFieldConnection, pgFieldResource } = scope;
        if (argName !== 'orderBy' || !isPgFieldConnection || !pgFieldResource) return arg;
        const type = build.graphql.getNamedType(arg.type);
        if (!build.graphql.isEnumType(type)) return arg;
        const value =
          type.getValue(keyOrder(build, pgFieldResource.codec)) ?? type.getValue('PRIMARY_KEY_ASC');
        return value ? { ...arg, defaultValue: [value.value] } : arg;
      },
    },
  },
};

/** `ID_ASC`, where the key is one column. */
function keyOrder(build: GraphileBuild.Build, codec: PgCodec): string {
  const uniques = build.pgTableResource(codec as never)?.uniques ?? [];
  const [attributeName, ...others] = uniques.find(({ isPrimary }) => isPrimary)?.attributes ?? [];
  if (attributeName === undefined || others.length > 0) return 'PRIMARY_KEY_ASC';
  return build.inflection.orderByAttributeEnum({ codec, attributeName, variant: 'asc' } as never);
}
