import type { PgCodec, PgCodecWithAttributes, PgResource } from 'postgraphile/@dataplan/pg';
import { SafeError } from 'postgraphile/grafast';

type ConnectionScope = Pick<GraphileBuild.ScopeObjectFieldsField, 'pgFieldResource' | 'pgRelationDetails'>;

/** For each order that an index serves only within others, the lists of columns of which one must be given. */
function requirements(build: GraphileBuild.Build, codec: PgCodecWithAttributes): Map<string, string[][]> {
  return new Map(
    Object.entries(codec.attributes).flatMap(([attributeName, { extensions }]) => {
      const lists = [extensions?.tags?.orderedWithin ?? []].flat().map((list) => String(list).split(','));
      if (lists.some(([first]) => first === '')) return [];
      return ['asc', 'desc'].map((variant) => {
        const name = build.inflection.orderByAttributeEnum({ codec, attributeName, variant } as never);
        return [name, lists] as const;
      });
    }),
  );
}

/** Refuses an order that would sort every row of the tenant: `first` lambda of the connection it guards. */
export function orderGuard(
  build: GraphileBuild.Build,
  { pgFieldResource, pgRelationDetails }: ConnectionScope,
): (orderBy: unknown, condition: unknown) => void {
  const { codec } = pgFieldResource as PgResource<string, PgCodecWithAttributes>;
  const needed = requirements(build, codec);
  const relation =
    pgRelationDetails?.registry.pgRelations[pgRelationDetails.codec.name]?.[pgRelationDetails.relationName];
  const bound: readonly string[] = relation?.remoteAttributes ?? [];
  const nameOf = (attributeName: string) => build.inflection.attribute({ attributeName, codec });
  return (orderBy, condition) => {
    const given = (condition ?? {}) as Record<string, unknown>;
    const isGiven = (column: string) => bound.includes(column) || (given[nameOf(column)] ?? null) !== null;
    const [order] = [orderBy ?? []].flat() as string[];
    const lists = order === undefined ? undefined : needed.get(order);
    if (lists === undefined || lists.some((list) => list.every(isGiven))) return;
    const conditions = lists.map((list) => list.map(nameOf).join(' and ')).join(', or ');
    throw new SafeError(`orderBy ${order} needs a condition on ${conditions}`, {
      code: 'INVALID_INPUT',
      field: 'orderBy',
    });
  };
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
        for (const [name, lists] of requirements(build, codec)) {
          const columns = lists.map((list) =>
            list.map((attributeName) => build.inflection.attribute({ attributeName, codec })).join(' and '),
          );
          if (rest[name]) rest[name].description = `Needs a condition on ${columns.join(', or ')}.`;
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
