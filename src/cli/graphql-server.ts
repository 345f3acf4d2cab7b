import { UserError } from './command.ts';

/**
 * The module of the endpoint. It comes late because PostGraphile takes a second to load and needs a newer
 * Node than the other commands, and may be missing: who uses the typed queries alone has not installed it.
 */
export async function loadGraphqlServer(): Promise<typeof import('../graphql/server.ts')> {
  try {
    return await import('../graphql/server.ts');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new UserError('GraphQL needs two more packages: npm install postgraphile @graphile/depth-limit', {
      cause: error,
    });
  }
}
