import { startThrowAwayServer } from '../../src/embedded/server.ts';
import {
  createDatabase,
  createMigratedDatabase,
  type DatabaseUrls,
  databaseUrls,
  openThrowAwayServer,
} from '../../src/embedded/throw-away.ts';
import { loginUrls } from '../../src/operations/login-urls.ts';
import { seedDemo } from '../../src/operations/seed-demo.ts';
import { follow, settings } from '../replication/servers.ts';
import { connect, templateName } from './database.ts';

/**
 * One server for a whole run (DATABASE_URL's, or an embedded one) and the two template databases on it, of
 * which the files of tests copy one each. The work gets the environment that those files need. With
 * REPLICATED_FROM, an embedded server of that major version fills them, by logical replication.
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
    const urls = { empty: databaseUrls(server, empty, env), demo: databaseUrls(server, demo, env) };
    if (env.REPLICATED_FROM) await replicate(Number(env.REPLICATED_FROM), urls);
    else await seedDemo({ connectionString: urls.demo.DATABASE_WORKER_URL });
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

/** Fills both templates from a server of another major version, which is then no longer needed. */
async function replicate(major: number, targets: Record<'empty' | 'demo', DatabaseUrls>): Promise<void> {
  const { url, stop } = await startThrowAwayServer({ major, settings });
  try {
    for (const [name, urls] of Object.entries(targets)) {
      const filled = await createMigratedDatabase({ url, prefix: '', close: stop }, name, {});
      if (name === 'demo') await seedDemo({ connectionString: filled.DATABASE_WORKER_URL });
      const [source, target] = [connect(filled), connect(urls)];
      await follow(target, source);
      await target.installer.query('drop subscription everything');
      await Promise.all([source.close(), target.close()]);
    }
  } finally {
    await stop();
  }
}
