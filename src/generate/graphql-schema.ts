import '../graphql/environment.ts';
import { lexicographicSortSchema, printSchema } from 'postgraphile/graphql';
import { createPool } from '../database/pool.ts';
import { buildSchema } from '../graphql/schema-preset.ts';
import type { Generator } from './generator.ts';

/** The GraphQL schema, for clients' code generators and for reviews. */
export const graphqlSchema: Generator = {
  owns: ['schema.graphql'],
  async generate({ urls }) {
    const pool = createPool({ connectionString: urls.DATABASE_API_URL });
    try {
      const schema = await buildSchema(pool);
      return { 'schema.graphql': `${printSchema(lexicographicSortSchema(schema))}\n` };
    } finally {
      await pool.end();
    }
  },
};
