import type { PgCodecAttribute, PgResource, PgSelectSingleStep } from 'postgraphile/@dataplan/pg';
import type { Step } from 'postgraphile/grafast';
import type { GraphQLOutputType } from 'postgraphile/graphql';
import type { Shield } from '../catalogue.ts';
import { latestOf, namedBy, resultOf } from '../plans/rows.ts';
import { call } from './call.ts';

/** `@field orders.timeline` → the view and the field that the function is for. */
function fieldOf({ extensions }: PgResource): [view: string, field: string] | undefined {
  const [view, field] = String(extensions?.tags?.field ?? '').split('.');
  return view && field ? [view, field] : undefined;
}

type RowField = {
  type: GraphQLOutputType;
  description?: string | undefined;
  plan: ($row: PgSelectSingleStep) => Step;
  /** Of what it is made of. */
  shield: Shield | undefined;
};

/** What a function returns for the row whose id it takes. */
function ofFunctions(build: GraphileBuild.Build, view: string): [name: string, field: RowField][] {
  const { GraphQLList, GraphQLNonNull, isOutputType } = build.graphql;
  return (Object.values(build.pgResources) as PgResource[]).flatMap((resource) => {
    const [of, name = ''] = fieldOf(resource) ?? [];
    const type = of === view ? build.getGraphQLTypeByPgCodec(resource.codec, 'output') : null;
    if (!isOutputType(type)) return [];
    const field: RowField = {
      type: resource.isUnique ? type : new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(type))),
      description: resource.description,
      plan: call(resultOf, resource),
      shield: resource.extensions?.shield,
    };
    return [[build.inflection.camelCase(name), field]];
  });
}

function rowsOf(
  build: GraphileBuild.Build,
  view: string,
): { resource: PgResource; type: GraphQLOutputType } | undefined {
  const resource = (Object.values(build.pgResources) as PgResource[]).find(
    ({ parameters, extensions }) => parameters === undefined && extensions?.pg?.name === view,
  );
  const type = resource && build.getGraphQLTypeByPgCodec(resource.codec, 'output');
  return resource && build.graphql.isOutputType(type) ? { resource, type } : undefined;
}

/** The rows that the ids in a function's result name. */
function ofIds(
  build: GraphileBuild.Build,
  attributes: Record<string, PgCodecAttribute>,
): [name: string, field: RowField][] {
  return Object.entries(attributes).flatMap(([column, { extensions }]) => {
    const rows = extensions?.refersTo === undefined ? undefined : rowsOf(build, extensions.refersTo);
    if (rows === undefined) return [];
    const field: RowField = {
      type: rows.type,
      description: `The \`${rows.type}\` that it names.`,
      plan: call(namedBy, column, rows.resource),
      shield: rows.resource.codec.extensions?.shield,
    };
    return [[build.inflection.camelCase(column.replace(/(_user)?_id$/, '')), field]];
  });
}

function ofThread(build: GraphileBuild.Build): [name: string, field: RowField][] {
  const messages = rowsOf(build, 'conversation_history');
  if (messages === undefined) return [];
  const lastMessage: RowField = {
    type: messages.type,
    description: 'The latest message.',
    plan: call(latestOf, messages.resource),
    shield: messages.resource.codec.extensions?.shield,
  };
  return [['lastMessage', lastMessage]];
}

/**
 * Fields of a row that are no columns: what a function returns for the row whose id it takes (`@field
 * orders.timeline` in its comment), the rows that a function's result names by their ids, and the latest
 * message of a thread. Each is one statement, or part of one, for all rows of a page.
 */
export const RowFieldPlugin: GraphileConfig.Plugin = {
  name: 'CommerceRowFieldPlugin',
  schema: {
    entityBehavior: {
      pgResource: {
        override: {
          callback: (behavior, resource) =>
            fieldOf(resource as PgResource) ? [behavior, '-queryField'] : behavior,
        },
      },
    },
    hooks: {
      GraphQLObjectType_fields(fields, build, { scope: { isPgClassType, pgCodec }, Self, fieldWithHooks }) {
        if (!isPgClassType || !pgCodec?.attributes) return fields;
        const view = pgCodec.extensions?.pg?.name ?? '';
        const more = [
          ...ofFunctions(build, view),
          ...(pgCodec.isAnonymous ? ofIds(build, pgCodec.attributes) : []),
          ...(view === 'conversation_thread' ? ofThread(build) : []),
        ];
        const added = more.map(([fieldName, { shield: commerceShield, ...field }]) => [
          fieldName,
          fieldWithHooks({ fieldName, commerceShield }, field),
        ]);
        return build.extend(fields, Object.fromEntries(added), `fields of ${Self.name} that are no columns`);
      },
    },
  },
};
