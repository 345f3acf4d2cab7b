import type {
  PgCodec,
  PgCodecWithAttributes,
  PgResource,
  PgSelectQueryBuilder,
} from 'postgraphile/@dataplan/pg';
import { SafeError } from 'postgraphile/grafast';
import { sql } from 'postgraphile/pg-sql2';

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

type Apply = (query: PgSelectQueryBuilder) => void;

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
      return (['asc', 'desc'] as const).map((variant): [string, Apply] => [
        build.inflection.orderByAttributeEnum({ codec, attributeName, variant }),
        (query) => {
          if (!notNull) query.where(sql`${query.alias}.${sql.identifier(attributeName)} is not null`);
          query.orderBy({
            attribute: attributeName,
            direction: variant === 'asc' ? 'ASC' : 'DESC',
            callback: (expression) => [expression, column, false],
          });
          if (isUnique) query.setOrderIsUnique();
        },
      ]);
    }),
  );
}

/** What a client should know of each order. */
function describe(build: GraphileBuild.Build, codec: PgCodecWithAttributes): Map<string, string> {
  const nameOf = (attributeName: string) => build.inflection.attribute({ attributeName, codec });
  const needed = requirements(build, codec);
  return new Map(
    Object.entries(codec.attributes).flatMap(([attributeName, { notNull }]) =>
      (['asc', 'desc'] as const).map((variant) => {
        const order = build.inflection.orderByAttributeEnum({ codec, attributeName, variant });
        const lists = needed.get(order)?.map((list) => list.map(nameOf).join(' and '));
        const sentences = [
          ...(lists ? [`Needs a condition on ${lists.join(', or ')}.`] : []),
          ...(notNull ? [] : ['Leaves out the rows that have none.']),
        ];
        return [order, sentences.join(' ')];
      }),
    ),
  );
}

/** Refuses an order that would sort every row of the tenant: `first` lambda of the connection it guards. */
export function orderGuard(
  build: GraphileBuild.Build,
  { pgFieldResource, pgRelationDetails }: ConnectionScope,
): (orderBy: unknown, condition: unknown) => void {
  const { codec } = pgFieldResource as PgResource<string, PgCodecWithAttributes>;
  let needed: ReturnType<typeof requirements> | undefined;
  const relation =
    pgRelationDetails?.registry.pgRelations[pgRelationDetails.codec.name]?.[pgRelationDetails.relationName];
  const bound: readonly string[] = relation?.remoteAttributes ?? [];
  const nameOf = (attributeName: string) => build.inflection.attribute({ attributeName, codec });
  return (orderBy, condition) => {
    const given = (condition ?? {}) as Record<string, unknown>;
    const isGiven = (column: string) => bound.includes(column) || (given[nameOf(column)] ?? null) !== null;
    const [order] = [orderBy ?? []].flat() as string[];
    // Most lists of a schema are asked for by nobody.
    needed ??= requirements(build, codec);
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
