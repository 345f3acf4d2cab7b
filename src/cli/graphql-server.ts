import { UserError } from './command.ts';

const packages = 'postgraphile @graphile/depth-limit @grafserv/persisted graphql-ws ws pino prom-client';

/**
 * The modules of the endpoint. They come late because PostGraphile takes a second to load and needs a newer
 * Node than the other commands, and may be missing: a project that uses the typed queries alone has not installed it.
 */
export async function loadGraphqlServer() {
  try {
    const [{ startServer }, { readSettings }] = await Promise.all([
      import('../graphql/server.ts'),
      import('../graphql/settings.ts'),
    ]);
    return { startServer, readSettings };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new UserError(`GraphQL needs more packages: npm install ${packages}`, { cause: error });
  }
}
