import { succeeded } from '../plans/rows.ts';

/**
 * Inputs and payloads hold what the operation is about and nothing else: requests that must not be done
 * twice have an idempotencyKey, and no answer needs a clientMutationId to be recognised. The
 * result of a mutation is never null: a refusal is an error.
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
              plan: succeeded,
            },
          ),
        };
      },
      GraphQLObjectType_fields_field(field, build, { scope, Self }) {
        if (!Self.name.endsWith('Payload') || scope.fieldName === 'ok') return field;
        const { GraphQLNonNull, getNamedType, getNullableType } = build.graphql;
        const { name } = getNamedType(field.type);
        return {
          ...field,
          type: new GraphQLNonNull(getNullableType(field.type)),
          description: field.description ?? `The \`${name}\` as it is now.`,
        };
      },
    },
  },
};
