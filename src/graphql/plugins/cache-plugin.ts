import { limits } from '../limits.ts';

/** How many operations, and plans of each, are kept. */
export const CachePlugin: GraphileConfig.Plugin = {
  name: 'CommerceCachePlugin',
  schema: {
    hooks: {
      GraphQLSchema(config) {
        const caches = {
          queryCacheMaxLength: limits.plannedOperations,
          operationsCacheMaxLength: limits.plannedOperations,
          operationOperationPlansCacheMaxLength: limits.plansOfOperation,
        };
        const { extensions } = config;
        return { ...config, extensions: { ...extensions, grafast: { ...extensions?.grafast, ...caches } } };
      },
    },
  },
};
