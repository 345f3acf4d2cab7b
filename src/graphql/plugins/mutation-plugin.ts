import { constant, type FieldArgs } from 'postgraphile/grafast';

/** Arguments that stand for themselves, for a plan that looks for them in `input`. */
function asInput(args: FieldArgs): FieldArgs {
  const inner = (path: string | readonly (string | number)[]) => [path].flat().slice(1);
  return {
    ...args,
    getRaw: (path = []) => args.getRaw(inner(path) as string[]),
    apply: () => {},
  } as FieldArgs;
}

/**
 * Inputs and payloads hold what the operation is about and nothing else: requests that must not be done
 * twice have an idempotencyKey, and no answer needs a clientMutationId to be told apart. A deletion needs no
 * input object: `deleteProduct(id, version)`.
 */
export const MutationPlugin: GraphileConfig.Plugin = {
  name: 'CommerceMutationPlugin',
  after: ['CommerceMissingRowPlugin'],
  schema: {
    hooks: {
      GraphQLInputObjectType_fields(fields, _build, { scope: { isMutationInput } }) {
        if (!isMutationInput) return fields;
        const { clientMutationId: _, ...rest } = fields;
        return rest;
      },
      GraphQLObjectType_fields(fields, build, { scope: { isMutationPayload }, fieldWithHooks }) {
        if (!isMutationPayload) return fields;
        const { clientMutationId: _, ...rest } = fields;
        const { GraphQLBoolean, GraphQLNonNull } = build.graphql;
        if (Object.keys(rest).length > 0) return rest;
        return {
          ok: fieldWithHooks(
            { fieldName: 'ok' },
            {
              type: new GraphQLNonNull(GraphQLBoolean),
              description: 'Always true: what is refused is an error.',
              plan: () => constant(true),
            },
          ),
        };
      },
      GraphQLObjectType_fields_field(field, build, { scope: { fieldName, isPgDeleteMutation }, Self }) {
        const { plan } = field;
        const input = isPgDeleteMutation && build.graphql.getNamedType(field.args?.input?.type);
        if (plan && build.graphql.isInputObjectType(input)) {
          const args = Object.values(input.getFields()).map(({ name, type, description }) => [
            name,
            { type, description },
          ]);
          return {
            ...field,
            args: Object.fromEntries(args),
            plan: (parent, given, info) => plan(parent, asInput(given), info),
          };
        }
        if (!Self.name.endsWith('Payload') || fieldName === 'ok' || field.description) return field;
        const { name } = build.graphql.getNamedType(field.type);
        return { ...field, description: `The \`${name}\` as it is now.` };
      },
    },
  },
};
