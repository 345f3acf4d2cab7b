/** Marks the types of rows that belong to a tenant: who has none is told so, and not that there are no rows. */
export const TenantPlugin: GraphileConfig.Plugin = {
  name: 'CommerceTenantPlugin',
  schema: {
    hooks: {
      GraphQLObjectType(type, _build, { scope: { isPgClassType, pgCodec } }) {
        // What a function returns is its own affair: myTenants is asked before there is one.
        const isView = isPgClassType && !pgCodec?.isAnonymous;
        if (!isView || !pgCodec?.attributes || !('tenant_id' in pgCodec.attributes)) return type;
        return { ...type, extensions: { ...type.extensions, needsTenant: true } };
      },
    },
  },
};
