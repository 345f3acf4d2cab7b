import type { PgCodecWithAttributes } from 'postgraphile/@dataplan/pg';
import { limits } from '../limits.ts';
import { boundedConnection, boundedList, type ListRules, setAfter, setOffset } from '../plans/paging.ts';
import { call } from './call.ts';
import { orderNeeds } from './ordering-plugin.ts';
import { guardedColumns } from './shield-plugin.ts';

type ConnectionScope = Pick<GraphileBuild.ScopeObjectFieldsField, 'pgFieldResource' | 'pgRelationDetails'>;

/** The rules of a list of rows. */
function rulesOf(
  build: GraphileBuild.Build,
  { pgFieldResource, pgRelationDetails }: ConnectionScope,
): ListRules {
  const codec = pgFieldResource?.codec as PgCodecWithAttributes;
  const relation =
    pgRelationDetails?.registry.pgRelations[pgRelationDetails.codec.name]?.[pgRelationDetails.relationName];
  const columns: readonly string[] = relation?.remoteAttributes ?? [];
  return {
    guarded: guardedColumns(build, codec),
    needs: orderNeeds(build, codec),
    bound: columns.map((attributeName) => build.inflection.attribute({ attributeName, codec })),
    isOfTenant: codec.attributes.tenant_id?.notNull === true,
  };
}

/**
 * Pages, forwards only and never without an end, in the place of PgFirstLastBeforeAfterArgsPlugin, which
 * knows no limits. A function that returns a set decides about its own pages (searchProducts has first
 * and after), so it is a plain list to which nothing is added; but its page is no larger than others.
 */
export const PagingPlugin: GraphileConfig.Plugin = {
  name: 'CommercePagingPlugin',
  schema: {
    entityBehavior: {
      pgResource: {
        override: {
          callback: (behavior, resource) =>
            resource.parameters && !resource.isUnique
              ? [behavior, '-queryField:resource:connection', 'queryField:resource:list']
              : behavior,
        },
      },
    },
    hooks: {
      GraphQLObjectType_fields_field(field, build, { scope }) {
        const { plan } = field;
        if (!plan) return field;
        if (scope.isRootQuery && !scope.isPgFieldConnection && field.args?.first !== undefined) {
          return { ...field, plan: call(boundedList, plan) };
        }
        if (!scope.isPgFieldConnection) return field;
        return { ...field, plan: call(boundedConnection, plan, rulesOf(build, scope)) };
      },
      GraphQLObjectType_fields_field_args(args, build, { scope }) {
        if (!scope.isPgFieldConnection) return args;
        const { GraphQLInt } = build.graphql;
        return build.extend(
          args,
          {
            first: {
              type: GraphQLInt,
              defaultValue: limits.defaultPage,
              description: `How many rows, at most ${limits.maxPage}.`,
            },
            after: {
              type: build.getInputTypeByName(build.inflection.builtin('Cursor')),
              description: 'Only rows behind this cursor, the endCursor of the page before.',
              applyPlan: setAfter,
            },
            offset: {
              type: GraphQLInt,
              description: `How many rows to skip, at most ${limits.maxOffset}.`,
              applyPlan: setOffset,
            },
          },
          `paging of ${scope.fieldName}`,
        );
      },
    },
  },
};
