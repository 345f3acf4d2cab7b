import { UserError } from './command.ts';

const packages = 'postgraphile @graphile/depth-limit @grafserv/persisted graphql-ws ws pino prom-client';

/**
 * Modules of the endpoint. They come late because PostGraphile takes a second to load and needs a newer
 * Node than the other commands, and may be missing: a project that uses the typed queries alone has not installed it.
 */
async function load<T>(modules: () => Promise<T>, needed: string): Promise<T> {
  try {
    return await modules();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new UserError(needed, { cause: error });
  }
}

export function loadGraphqlServer() {
  return load(async () => {
    const [{ startServer }, { readSettings }] = await Promise.all([
      import('../graphql/server.ts'),
      import('../graphql/settings.ts'),
    ]);
    return { startServer, readSettings };
  }, `GraphQL needs more packages: npm install ${packages}`);
}

export function loadSchemaWriter() {
  return load(async () => {
    const { writeSchema } = await import('../graphql/write-schema.ts');
    return writeSchema;
  }, `ccdb schema needs more packages: npm install ${packages} graphile-export`);
}
