import { type PgResource, type PgSelectSingleStep, TYPES } from 'postgraphile/@dataplan/pg';
import { constant, type Step } from 'postgraphile/grafast';

declare global {
  namespace GraphileBuild {
    interface Build {
      /** The resource of a view of schema api. */
      commerceView(view: string): PgResource | undefined;
    }
  }
}

/** `@field orders.timeline` → the view and the field that the function is for. */
function fieldOf({ extensions }: PgResource): [view: string, field: string] | undefined {
  const [view, field] = String(extensions?.tags?.field ?? '').split('.');
  return view && field ? [view, field] : undefined;
}

/**
 * Fields of a row that are no columns: what a function tells of the row whose id it takes (`@field
 * orders.timeline` in its comment), and the latest message of a thread. Each is one statement, or part of
 * one, for all rows of a page.
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
      build(build) {
        return build.extend(
          build,
          {
            commerceView: (view: string) =>
              (Object.values(build.pgResources ?? {}) as PgResource[]).find(
                ({ parameters, extensions }) => parameters === undefined && extensions?.pg?.name === view,
              ),
          },
          'the views of schema api',
        );
      },
      GraphQLObjectType_fields(fields, build, { scope: { isPgClassType, pgCodec }, Self, fieldWithHooks }) {
        const view = pgCodec?.extensions?.pg?.name;
        if (!isPgClassType || view === undefined) return fields;
        const { GraphQLList, GraphQLNonNull } = build.graphql;
        const resources = Object.values(build.pgResources) as PgResource[];
        let all = fields;
        for (const resource of resources) {
          const [of, column = ''] = fieldOf(resource) ?? [];
          const codec = resource.codec.arrayOfCodec ?? resource.codec;
          const type = of === view ? build.getGraphQLTypeByPgCodec(codec, 'output') : null;
          if (!build.graphql.isOutputType(type)) continue;
          const fieldName = build.inflection.camelCase(column);
          const field = fieldWithHooks(
            { fieldName },
            {
              type: resource.isUnique ? type : new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(type))),
              description: resource.description,
              plan: ($row: PgSelectSingleStep) =>
                resource.execute([{ step: $row.get('id'), pgCodec: TYPES.uuid }]) as Step,
            },
          );
          all = build.extend(all, { [fieldName]: field }, `${Self.name}.${fieldName} of ${resource.name}`);
        }
        const messages = build.commerceView('conversation_history');
        const type = messages && build.getGraphQLTypeByPgCodec(messages.codec, 'output');
        if (view !== 'conversation_thread' || messages === undefined || !build.graphql.isOutputType(type))
          return all;
        const lastMessage = fieldWithHooks(
          { fieldName: 'lastMessage' },
          {
            type,
            description: 'The latest message.',
            plan: ($thread: PgSelectSingleStep) => {
              const $messages = messages.find({ thread_id: $thread.get('id') });
              for (const attribute of ['occurred_at', 'id'])
                $messages.orderBy({ attribute, direction: 'DESC' });
              $messages.setFirst(constant(1));
              return $messages.single();
            },
          },
        );
        return build.extend(all, { lastMessage }, 'ConversationThread.lastMessage');
      },
    },
  },
};
