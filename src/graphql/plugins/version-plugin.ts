/** An edit names the version that it was made from, so that it cannot undo somebody else's unseen. */
export const VersionPlugin: GraphileConfig.Plugin = {
  name: 'CommerceVersionPlugin',
  schema: {
    hooks: {
      GraphQLInputObjectType_fields_field(field, build, { scope: { isPgPatch, fieldName } }) {
        if (!isPgPatch || fieldName !== 'version') return field;
        const { GraphQLNonNull, GraphQLInt } = build.graphql;
        return {
          ...field,
          type: new GraphQLNonNull(GraphQLInt),
          description: 'The version that was read; if there is a newer one, nothing is changed.',
        };
      },
    },
  },
};
