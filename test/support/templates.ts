import {
  createDatabase,
  createMigratedDatabase,
  databaseUrls,
  openThrowAwayServer,
} from '../../src/embedded/throw-away.ts';
import { loginUrls } from '../../src/operations/login-urls.ts';
import { seedDemo } from '../../src/operations/seed-demo.ts';
import { templateName } from './database.ts';

/**
 * One server for a whole run (DATABASE_URL's, or an embedded one) and the two template databases on it, of
 * which the files of tests copy one each. The work gets the environment that those files need.
 */
export async function withTemplates<T>(
  env: NodeJS.ProcessEnv,
  work: (env: NodeJS.ProcessEnv) => Promise<T>,
): Promise<T> {
  const server = await openThrowAwayServer(env.DATABASE_URL);
  try {
    const empty = templateName(server.prefix, 'empty');
    const demo = templateName(server.prefix, 'demo');
    await createMigratedDatabase(server, empty, env);
    await createDatabase(server.url, demo, empty);
    await seedDemo({ connectionString: databaseUrls(server, demo, env).DATABASE_WORKER_URL });
    return await work({
      ...env,
      // Once for all files: deriving passwords takes its time.
      ...loginUrls(server.url, env),
      DATABASE_URL: server.url,
      TEST_SERVER: env.DATABASE_URL === undefined ? 'embedded' : 'given',
      TEST_DATABASE_PREFIX: server.prefix,
    });
  } finally {
    await server.close();
  }
}
